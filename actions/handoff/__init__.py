"""The contact form: what a visitor means, and the actions that ask and keep it."""
