"""What whoever runs the assistant sees of it: health, figures, logs; and its action calls."""
