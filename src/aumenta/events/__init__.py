"""Processes, events, who takes part, and what the tables say."""
