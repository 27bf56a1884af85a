"""Judges messages in a second process, before Rasa asks for it.

Understanding is half of a turn, and Python runs on one core. The second process (`worker.py`,
started and asked by `process.py`) computes the probabilities of a message's readings while the
first loads the conversation or serves somebody else; the first finds them in its models'
memories. What it does not find there it computes, so that nothing depends on the second.
"""
