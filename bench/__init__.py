"""Measurements of methods and of speed; nothing here is loaded by the assistant."""
