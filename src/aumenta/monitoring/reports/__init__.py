"""The yearly report on the plan: what it gathers, how it is written and frozen, what changed since the year before."""
