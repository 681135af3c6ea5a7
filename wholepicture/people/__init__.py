"""People: identities as each agency gave them, persons that group them, relationships and households over time."""
