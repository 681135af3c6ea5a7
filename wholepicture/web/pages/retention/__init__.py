"""What falls due, what holds it, what is decided, and what was destroyed."""
