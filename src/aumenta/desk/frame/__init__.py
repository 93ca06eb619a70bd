"""The frame of an edition at the desk: axes, strategies, what is added and taken out, by proposal and approval."""
