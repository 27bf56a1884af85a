"""Questions that got no answer, or a wrong one: which are kept, where, and for how long."""
