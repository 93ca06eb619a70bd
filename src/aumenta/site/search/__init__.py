"""One box for the whole site: suggestions while typing, and results in groups."""
