"""What an auditor asks about: looks at records that fit a pattern, each a question and never a finding."""
