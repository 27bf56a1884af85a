"""Rasa's own work in a turn, where it can be done with less."""
