"""The public pages of indicators."""
