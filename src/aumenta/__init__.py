"""Aumenta: the working platform of a metropolitan strategic plan."""

__version__ = "0.1.0"
