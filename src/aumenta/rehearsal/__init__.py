"""A rehearsal: a whole invented event, the same again for the same seed, to see and to measure everything with."""
