"""What a second process brings: `python -m bench.processes`."""
