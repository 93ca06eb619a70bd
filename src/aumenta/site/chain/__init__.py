"""What became of what was said: the chain of an edition, and the same for programs."""
