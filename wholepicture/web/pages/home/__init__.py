"""The first page after signing in: the children whom the reader's team is involved with, what is due first."""
