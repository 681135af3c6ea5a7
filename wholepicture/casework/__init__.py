"""Casework: notices, screening and the tasks that go to each role. What a process does is itself an entry."""
