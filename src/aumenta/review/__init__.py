"""Proposals, versions, decisions and the activity log: how the plan changes."""
