"""The sheets: writing, versions, places, names, many at once."""
