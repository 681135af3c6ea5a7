"""Deciding that two persons are one, and that they are not: decisions about identities, and nothing else moves."""
