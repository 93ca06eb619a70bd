"""Choosing among the actions of an edition: by words, by filter and by place, as an address says it."""
