"""Contributions that the public sends itself: taken in, numbered, answered for."""
