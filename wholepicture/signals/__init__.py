"""Signals: questions to named people, raised by pure rules over a family's record (PRACTICE section 10).

A signal is never a score, a threshold decision or an automatic referral. It shows the entries behind it and the
source of its rule, and a person answers it with reasons.
"""
