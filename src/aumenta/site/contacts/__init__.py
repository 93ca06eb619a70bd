"""Writing to the office, and saying how clear a page is."""
