"""Search in an edition: what its actions say, the names tied to them, everyday words, places and meaning."""
