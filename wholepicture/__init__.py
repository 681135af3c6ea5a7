"""Whole Picture: one lawful, live picture of a child and family, shared by those who protect them."""
