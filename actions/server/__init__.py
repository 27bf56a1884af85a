"""The action server: Rasa's, for nobody but the assistant."""
