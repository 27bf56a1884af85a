"""The ways in: one gate for all channels, and a module for each of them."""
