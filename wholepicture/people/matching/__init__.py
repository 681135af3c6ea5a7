"""The first matcher: who a newly named person may already be. It links only where a wrong link is as good as impossible."""
