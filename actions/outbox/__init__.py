"""Tells the clinic of new contact requests, in a process of its own."""
