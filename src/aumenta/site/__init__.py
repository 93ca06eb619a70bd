"""The public's door: the plan to read, search and question."""
