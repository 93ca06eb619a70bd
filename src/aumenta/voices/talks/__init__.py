"""Interviews, focus groups and hearings."""
