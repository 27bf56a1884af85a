"""What visitors can know of what is stored about them, and delete."""
