"""Linkage of whole files: who in one list is who in another, by a model that Splink trains and this package scores.

Nothing here reads the store. `rules` holds the line between what may be linked without a person and what may not.
"""
