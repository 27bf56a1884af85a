"""Question sets with labels, and the reports on how well they are understood."""
