"""Whether the 200th turn of a conversation costs as much as the first."""
