"""Typed loaders of what the clinic's staff edit in content/."""
