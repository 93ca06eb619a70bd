"""Indicators, readings, implementation and reports: what became of the plan."""
