"""A chronology taken out as Word or CSV: what the reader saw on the page, and an audit row that it left."""
