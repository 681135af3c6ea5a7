"""Signing in and out: who is looking is known before anything is shown."""
