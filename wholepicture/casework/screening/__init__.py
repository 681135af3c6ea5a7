"""Screening: a notice beside its family's history, and a reasoned decision by a named person."""
