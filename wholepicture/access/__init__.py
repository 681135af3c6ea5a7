"""Access: roles, involvement, purpose, the decisions that allow an act, and the audit of every read and write."""
