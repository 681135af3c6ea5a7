"""Requests for what is held about somebody: the list, one request, its items one by one, and what goes out."""
