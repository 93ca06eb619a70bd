"""Speed and memory, measured: `make bench` runs them all, and the figures stand in README.md."""

import aumenta  # noqa: F401  (before numpy: it says how many threads a product may take)
