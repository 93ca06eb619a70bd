"""Editions: opening, freezing, how things go on."""
