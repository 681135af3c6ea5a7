"""Filing: an entry that comes with a file, both kept or neither."""
