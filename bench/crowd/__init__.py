"""Whether visitors wait for one another: `python -m bench.crowd`."""
