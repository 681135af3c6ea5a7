"""Exchange: everything that comes in or goes out as files, feeds, messages or letters. Never sees a page or a model."""
