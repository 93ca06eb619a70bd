"""Which actions belong together, how strongly, and why."""

from aumenta.core.connections.ties import Family, Member, Reason, Tie, find_ties

__all__ = ["Family", "Member", "Reason", "Tie", "find_ties"]
