"""A synthetic people of any size, and how agencies write them down: to measure matching on, with the truth known."""
