"""The first matcher: who a newly named person may already be. A link needs what no namesake or twin could show."""
