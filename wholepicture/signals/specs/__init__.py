"""Each rule as cases: a few entries in, the expected question out, and why.

The cases run as tests and are printed in the reference page, so that a safeguarding lead can read each rule as
examples and say where it is wrong.
"""
