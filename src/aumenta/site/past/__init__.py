"""The plan as it was on an earlier day."""
