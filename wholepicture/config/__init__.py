"""How the parts are put together: settings, addresses, the database's roles, and the launcher."""
