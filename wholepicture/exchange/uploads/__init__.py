"""Bringing a bundle in by the browser: its page, whose errors name file, line and column."""
