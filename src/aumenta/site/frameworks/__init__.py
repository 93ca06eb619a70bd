"""The plan against frameworks and funds, and its gaps."""
