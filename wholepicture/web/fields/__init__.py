"""Forms in the design system's markup: fields validate, `templates/fields/macros.html` draws them.

A form that comes back shows what was wrong twice, in a summary at the top and beside the field, and keeps every
value that was typed.
"""
