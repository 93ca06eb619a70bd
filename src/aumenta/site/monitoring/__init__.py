"""The public pages of how far actions, objectives and projects have come."""
