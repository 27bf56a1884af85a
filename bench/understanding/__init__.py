"""Compares ways to understand a message, on the clinic's own and on public data sets."""
