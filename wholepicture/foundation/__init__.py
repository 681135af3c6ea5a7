"""Values every layer shares: dates of uncertain precision, England's working days, actors, authority, refusals.

Nothing here imports Django, reads a clock or touches a database.
"""
