"""The three drawings of the child's page: Picture, Family and Growth.

Each `draw_…` is pure: a FamilyRecord and a date in, a frozen view out, drawn by one macro of `templates/drawings/`.
No drawing holds a fact that the list or table beneath it does not, and none needs a script to be read.
"""
