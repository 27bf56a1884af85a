"""What is kept of a conversation, redacted, and for how long."""
