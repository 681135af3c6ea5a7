"""Deciding who is one person, with all that follows: questions judged again, and nobody left without their work."""
