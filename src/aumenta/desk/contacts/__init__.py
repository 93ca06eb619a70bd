"""What the public writes, how pages are rated, and how the authority is reached."""
