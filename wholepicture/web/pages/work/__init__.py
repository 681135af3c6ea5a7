"""What is asked of the viewer's team, and their answers."""
