"""What waits, and for how long: for managers, named nurses and partnership officers."""
