"""Two people write different fields of one sheet: each field says what whoever changed it wrote.

A form brings back, beside its text, a mark of every field as it was drawn: so it is known which fields its author
changed, and which she never touched, however often others saved meanwhile. No older state has to be kept for that.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from aumenta.plan.sheet_content import FIELDS, SheetContent, content_hash, content_with, empty_content

REASON: Final = "reason"
_ALL: Final = (*FIELDS, REASON)
_LENGTH: Final = 12


class Texts(NamedTuple):
    """All that a form of a sheet holds: its content and the reason of the change."""

    content: Mapping[str, Any]
    reason: str = ""

    def field(self, name: str) -> Any:
        """One field of it."""
        return self.reason if name == REASON else self.content[name]


class Merged(NamedTuple):
    """Both together, hers where both changed a field; `clashes` names these, `theirs` what comes from the others."""

    texts: Texts
    theirs: list[str]
    clashes: list[str]


def marks_of(texts: Texts) -> str:
    """What a form is drawn with: a short mark of each field, in the sheet's order."""
    return "-".join(_mark(texts, name) for name in _ALL)


def merge(mine: Texts, theirs: Texts, marks: str) -> Merged | None:
    """Her text over theirs, by the marks of what she had before her; None where the marks are not of a sheet."""
    seen = _read(marks)
    if seen is None:
        return None
    merged: dict[str, Any] = {}
    from_them, clashes = [], []
    for name in _ALL:
        merged[name] = mine.field(name)
        if mine.field(name) == theirs.field(name):
            continue
        if _mark(mine, name) == seen[name]:
            merged[name] = theirs.field(name)
            from_them.append(name)
        elif _mark(theirs, name) != seen[name]:
            clashes.append(name)
    reason = merged.pop(REASON)
    return Merged(Texts(merged, reason), from_them, clashes)


def marks_after(marks: str, mine: Texts, saved: Texts) -> str:
    """The marks of a form that was saved but not drawn anew: what others wrote she has still not seen."""
    seen = _read(marks)
    if seen is None:
        return marks_of(saved)
    new = {name: _mark(mine, name) if mine.field(name) == saved.field(name) else seen[name] for name in _ALL}
    return "-".join(new[name] for name in _ALL)


def marks_decided(marks: str, theirs: Texts, clashes: list[str]) -> str:
    """The marks with which she saves once she has seen both texts and keeps hers: where both changed a field she knows
    theirs now; what else they changed stays theirs."""
    seen = _read(marks)
    if seen is None:
        return ""
    return "-".join(_mark(theirs, name) if name in clashes else seen[name] for name in _ALL)


def unseen_fields(mine: Texts, saved: Texts) -> list[str]:
    """The fields in which the draft says something else than the form that was saved into it."""
    return [name for name in _ALL if mine.field(name) != saved.field(name)]


def _mark(texts: Texts, name: str) -> str:
    return content_hash({name: texts.field(name)})[:_LENGTH]


def _read(marks: str) -> Mapping[str, str] | None:
    parts = marks.split("-")
    return dict(zip(_ALL, parts, strict=True)) if len(parts) == len(_ALL) else None


def content_of(texts: Texts) -> SheetContent:
    """The content alone, as the verbs take it."""
    return content_with(empty_content(), {name: texts.content[name] for name in FIELDS})
