"""The issues of an edition, the matrix of who speaks of them, and what became of each."""
