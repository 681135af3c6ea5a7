"""The child's page: who the child is, when they were last seen and heard, what is asked, and the whole record."""
