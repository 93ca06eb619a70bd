"""Ties between actions."""
