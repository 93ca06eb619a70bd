"""What waits, and the activity log."""
