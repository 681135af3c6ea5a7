"""A synthetic town for demonstration: invented people only, the same from the same seed; never in production."""
