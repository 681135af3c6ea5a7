"""Families whose story needs noticing: written as practitioners write, each fact in the agency that held it."""
