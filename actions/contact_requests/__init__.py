"""Contact requests: stored encrypted, told to the clinic from an outbox.

The folder is not called `requests`: `rasa run actions` walks the packages by
their bare name, would find the HTTP library of that name and stop.
"""
