"""How long the record is kept, what stops its destruction, and destruction itself: reviewed, confirmed, narrow."""
