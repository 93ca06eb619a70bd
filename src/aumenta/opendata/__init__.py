"""The machines' door: open data and the API."""
