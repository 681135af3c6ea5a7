"""A domestic abuse notice: what the police saw, of whom, and who must now act (Domestic Abuse Act 2021 s3)."""
