"""One file for each pattern: what it asks and why, its numbers, and a pure function over a view of the record.

A rule reads the view and nothing else. It yields a finding for every reason to ask, with the day since which it
stands and the day on which an entry did what closes it. Readings of the triggers are those of the project's
published reading of the rules; where that leaves a choice, the comment in the rule says what was chosen.
"""
