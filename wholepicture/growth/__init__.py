"""How a child grows: every measurement from every agency against the UK-WHO reference (PRACTICE 4; R74).

The only package that imports `rcpchgrowth`, the Royal College of Paediatrics and Child Health's own code, and only
in `references`. Nothing here diagnoses: a fall is a question, and the answer is a measured re-check.
"""
