"""Tasks: what a notice asks of each role, why it matters to them, by when, and what became of it."""
