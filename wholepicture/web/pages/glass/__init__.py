"""Finding out that a record is held, breaking the glass where a child may be at risk, and the independent review."""
