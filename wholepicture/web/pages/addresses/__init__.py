"""Where a family lives, as far as the reader may know; keeping an address from somebody; and its two-person release."""
