"""What one row of a file would do to a sheet, or why it can't."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from aumenta.plan.models import Action, Strategy
from aumenta.plan.sheet_content import FIELDS, SheetContent, content_with


@dataclass(frozen=True)
class FieldChange:
    """What one row would change in one field, in sentences; a new action is one change, with no field's name."""

    field: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class RowResult:
    """What one row would do, or why it can't: `changes` are sentences; both empty means that nothing changes.

    `parts` are the same sentences field by field, and `held` is what the sheet says now: so some can be left out.
    `strategy` is that to which a new action would be added; then there is no `action` yet.
    """

    row: int
    code: str
    edition: str
    changes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    content: SheetContent | None = None
    action: Action | None = None
    base: int | None = None
    strategy: Strategy | None = None
    parts: tuple[FieldChange, ...] = ()
    held: SheetContent | None = None

    @property
    def proposes(self) -> bool:
        """Whether a proposal can be made of it."""
        return bool(self.changes) and not self.problems

    def only(self, fields: Collection[str]) -> "RowResult":
        """The same row with what it would change in these fields; where none is left it proposes nothing."""
        parts = tuple(part for part in self.parts if part.field in fields)
        content = self.content
        if content is not None and self.held is not None:
            left_out = {part.field for part in self.parts if part.field not in fields}
            content = content_with(content, {name: self.held[name] for name in FIELDS if name in left_out})
        changes = tuple(sentence for part in parts for sentence in part.sentences)
        return replace(self, parts=parts, content=content, changes=changes)
