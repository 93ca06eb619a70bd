"""Processes, events, tables, entries and themes: what the territory says."""
