"""Processes, events, tables, people, reports."""
