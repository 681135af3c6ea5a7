"""What falls due, in the words of the schedule: who, by which line, and what holds it."""
