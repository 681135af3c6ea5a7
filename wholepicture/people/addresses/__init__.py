"""Where people live, kept apart from the record; the shields that keep it from somebody; and its two-person release."""
