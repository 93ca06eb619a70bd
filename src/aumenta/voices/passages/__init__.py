"""Marking passages of what was said and written, and reading a second time without seeing the first."""
