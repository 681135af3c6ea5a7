"""What nearly every family's record holds: births, reviews, school, the surgery, a bump, a missed appointment kept."""
