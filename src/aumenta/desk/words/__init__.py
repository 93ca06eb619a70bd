"""The everyday words that the search understands."""
