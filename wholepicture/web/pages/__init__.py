"""One folder for each journey: its addresses, its views (thin), its presenters and its forms."""
