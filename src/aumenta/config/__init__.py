"""Settings, addresses and entry points that put rooms and doors together."""
