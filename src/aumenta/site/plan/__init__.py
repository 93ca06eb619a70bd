"""The plan from its home to one action."""
