"""Indicators, readings, their status, composites and inequality: what became of the plan."""
