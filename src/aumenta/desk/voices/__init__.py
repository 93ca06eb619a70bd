"""Written contributions."""
