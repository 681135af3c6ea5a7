"""The screening room: what waits, each notice beside the family's history, and the decision."""
