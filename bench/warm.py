"""How long a server is left alone before it is measured."""

SECONDS = 10
"""After its first answers, until what it starts beside itself is ready."""
