"""Municipalities, zones, belts, and what reaches them."""
