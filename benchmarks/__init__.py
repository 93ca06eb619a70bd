"""Speed and memory, measured: `make bench` runs them all, and the figures stand in README.md."""
