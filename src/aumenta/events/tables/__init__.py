"""The tables of an event: their devices, the log of what they send, and what is worked out from it."""
