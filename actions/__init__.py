"""Custom actions: the "drop by the clinic" handoff, contact requests, privacy."""
