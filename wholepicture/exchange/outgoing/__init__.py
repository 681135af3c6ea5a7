"""Files on their way out: letters as Word, and the opening of any file to search every text in it before it leaves."""
