"""Files beside entries: taken in only as they were made anew, and read by whoever reads the entry."""
