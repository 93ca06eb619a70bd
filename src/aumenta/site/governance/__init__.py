"""The public register of acts: a list to search, a page for each act, feed, calendar and machine-readable files."""
