"""The desk's pages of indicators and readings."""
