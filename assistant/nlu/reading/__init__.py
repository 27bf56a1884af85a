"""Whether a message can be read at all, and in which language it is."""
