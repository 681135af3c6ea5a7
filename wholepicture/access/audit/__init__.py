"""The audit's own proof: a chain of hashes per authority, checkpoints for witnesses, a second sink, and its reading.

Rows are added by `access.operations` only, and sealed by the database as they commit. Nothing here changes a row.
"""
