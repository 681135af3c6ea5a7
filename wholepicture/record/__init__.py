"""The record: entries of every kind, about people, append-only, with receipts, corrections and four clocks."""
