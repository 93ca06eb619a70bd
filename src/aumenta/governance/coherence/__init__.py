"""Coherence: instruments with their versions and items, and the matrix of the plan's sheets against them."""
