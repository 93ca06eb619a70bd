"""Faults kept as files, planted one by one to see whether the suite notices: docs/how-to/mutants.md."""
