"""How the parts of one edition go on in the next, proposed from their texts."""

from aumenta.core.continuation.propose import PlanPart, Proposed, propose

__all__ = ["PlanPart", "Proposed", "propose"]
