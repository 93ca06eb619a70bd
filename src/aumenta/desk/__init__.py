"""The office's door: writing, reviewing and renewing the plan."""
