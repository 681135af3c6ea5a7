"""What a person who asked is given: a Word document made of what is given, and the same as a table."""
