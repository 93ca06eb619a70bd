"""Editions, axes, strategies, actions and their alignments: the plan as it is adopted."""
