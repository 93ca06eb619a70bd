"""Searching and filtering actions, and taking a selection away."""
