"""What the assistant does next where rules are not enough, as Rasa policies.

A step function reads a `Turn` and either names the next action or has no
opinion. A policy is an ordered list of such functions.
"""
