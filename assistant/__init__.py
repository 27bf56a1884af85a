"""What Rasa loads in process, one folder for each of its extension points."""
