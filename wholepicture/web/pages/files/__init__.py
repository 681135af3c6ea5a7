"""Files beside entries: adding one, opening one, and those in which a virus was found."""
