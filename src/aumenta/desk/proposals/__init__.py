"""Proposals of change and their review."""
