"""The clinic team's view of contact requests, on the terminal."""
