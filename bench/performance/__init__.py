"""Speed and memory beside Rasa's default configuration: `make bench`."""
