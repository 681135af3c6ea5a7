"""Benchmarks: each prints its figures; docs/reference/figures.md holds what they printed and the command."""
