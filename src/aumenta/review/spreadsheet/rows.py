"""What one row of a file would do to a sheet, or why it can't."""

from dataclasses import dataclass

from aumenta.plan.models import Action, Strategy
from aumenta.plan.sheet_content import Content


@dataclass(frozen=True)
class RowResult:
    """What one row would do, or why it can't: `changes` are sentences; both empty means that nothing changes.

    `strategy` is that to which a new action would be added; then there is no `action` yet.
    """

    row: int
    code: str
    edition: str
    changes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    content: Content | None = None
    action: Action | None = None
    base: int | None = None
    strategy: Strategy | None = None

    @property
    def proposes(self) -> bool:
        """Whether a proposal can be made of it."""
        return bool(self.changes) and not self.problems
