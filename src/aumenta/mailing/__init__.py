"""Mails that rooms send: how often a refused one is tried again, and what is kept of each attempt."""
