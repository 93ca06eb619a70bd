"""A document that was read and not yet written: kept in the session until it becomes an edition, and shown beside its
source."""

import base64
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.core.extraction import ActionSheet, Chapter, PlanDocument, Problem, ReadPlan
from aumenta.core.extraction.joined_files import JoinedFiles
from aumenta.core.extraction.json_format import document_from_json
from aumenta.core.extraction.lines import BREAKS
from aumenta.core.extraction.sentences import say_problem

KEPT: Final = "desk_edition_read"
AROUND: Final = 2
"""Lines of the source shown before and after the one of a problem."""
MOST_SHOWN: Final = 400
"""Lines of the source shown for one sheet or chapter: more would be read in the document itself."""
KINDS: Final = {
    "foreword": gettext_lazy("foreword"),
    "guide": gettext_lazy("reader's guide"),
    "analysis": gettext_lazy("analysis"),
    "process": gettext_lazy("process"),
    "vision": gettext_lazy("vision"),
    "essay": gettext_lazy("essay"),
}


@dataclass(frozen=True)
class SourceLine:
    """A line of the source: its number in its file, its words, and whether it is the one that is meant."""

    number: int
    text: str
    meant: bool = False


@dataclass(frozen=True)
class TextBesideSource:
    """What was read of one place, as labels with their texts, and the lines of the source it was read from."""

    title: str
    rows: list[tuple[str, list[str]]]
    file: str
    source: list[SourceLine]
    not_shown: int = 0


@dataclass(frozen=True)
class ProblemInSource:
    """One thing to check: where, what is the matter, its words, the lines around it."""

    file: str
    line: int
    name: str
    text: str
    source: list[SourceLine]


class LoadedPlan:
    """A plan that was read, with the text it was read from."""

    def __init__(self, document: PlanDocument, files: JoinedFiles, kept: str = "") -> None:
        self.document = document
        self.files = files
        self.kept = kept
        """What the session holds of it."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of all files, one after the other."""
        return BREAKS.split(self.files.text) if self.files.names else []

    @property
    def name(self) -> str:
        """What a person calls it: the plan's title, or else its files."""
        return self.document.title or ", ".join(self.files.names)

    @property
    def several_files(self) -> bool:
        """Whether a line needs the name of its file beside it."""
        return len(self.files.names) > 1

    @property
    def titles_proposed(self) -> int:
        """How many actions have a title made from their text."""
        return sum(action.title_proposed for action in self.document.actions)

    def place(self, line: int) -> tuple[str, int]:
        """The file (no name where there is one only) and the number of a line in it."""
        if not self.files.names:
            return "", line
        file, number = self.files.place(line)
        return (file if self.several_files else ""), number

    def source(self, first: int, last: int, meant: int = 0) -> list[SourceLine]:
        """The lines from `first` to `last`, as many as there are."""
        numbers = range(max(first, 1), min(last, len(self.lines)) + 1)
        return [SourceLine(self.place(n)[1], self.lines[n - 1].rstrip(), n == meant) for n in numbers]

    def problems(self, some: Iterable[Problem]) -> list[ProblemInSource]:
        """Problems with the lines around them."""
        return [
            ProblemInSource(
                *self.place(one.line),
                say_problem(one, _),
                self.files.own_problem(one).text if self.several_files else one.text,
                self.source(one.line - AROUND, one.line + AROUND, one.line),
            )
            for one in some
        ]

    def outside(self) -> list[SourceLine]:
        """The lines with words that belong to no sheet and no chapter: headings, and what may have been overlooked."""
        places = [each.lines for each in self.document.actions] + [each.lines for each in self.document.chapters]
        inside = {n for first, last in places for n in range(first, last + 1)}
        return [
            SourceLine(self.place(n)[1], line.strip())
            for n, line in enumerate(self.lines, start=1)
            if n not in inside and line.strip()
        ]

    def of_strategy(self, code: str, frameworks: Mapping[str, str]) -> list[TextBesideSource]:
        """The sheets of a strategy beside their source."""
        mine = [action for action in self.document.actions if action.strategy == code]
        return [self._beside(f"{one.code} {one.title}", one.lines, sheet_rows(one, frameworks)) for one in mine]

    def of_chapter(self, chapter: Chapter) -> TextBesideSource:
        """A chapter beside its source."""
        kind = str(KINDS.get(chapter.kind, chapter.kind))
        rows = [(_("Kind"), [kind]), (_("Text"), [part for part in chapter.text.split("\n\n") if part.strip()])]
        return self._beside(chapter.title, chapter.lines, rows)

    def _beside(self, title: str, lines: tuple[int, int], rows: list[tuple[str, list[str]]]) -> TextBesideSource:
        first, last = lines
        shown = self.source(first, min(last, first + MOST_SHOWN - 1)) if self.files.names else []
        left = max(0, last - first + 1 - MOST_SHOWN) if shown else 0
        return TextBesideSource(title, [row for row in rows if row[1]], self.place(first)[0], shown, left)


def sheet_rows(sheet: ActionSheet, frameworks: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """What a sheet holds, field by field; empty fields have no texts. `frameworks` are their names by code."""
    aligned: dict[str, list[str]] = {}
    for entry in sheet.alignments:
        role = "" if entry.role == "primary" else _(" (possible integration)")
        aligned.setdefault(frameworks.get(entry.framework, entry.framework), []).append(entry.code + role)
    return [
        (_("Code in the document"), [sheet.printed_code] if sheet.printed_code else []),
        (_("Title made from the text, to be confirmed"), [sheet.title] if sheet.title_proposed else []),
        (_("Description"), [part for part in sheet.description.split("\n\n") if part.strip()]),
        (_("Examples"), list(sheet.examples)),
        (_("Actors"), ["; ".join(sheet.actors)] if sheet.actors else []),
        *((name, ["; ".join(codes)]) for name, codes in aligned.items()),
        (_("Own instruments"), list(sheet.own_instruments)),
        (_("Instruments of other authorities"), list(sheet.higher_instruments)),
        (_("Links"), list(sheet.links)),
        *((row.label, [row.text]) for row in sheet.rows),
    ]


def keep(session: SessionBase, plan: ReadPlan) -> None:
    """Keep a plan that was read, instead of one read before."""
    data = {"plan": plan.document.to_data(), "files": list(zip(plan.files.names, plan.files.texts, strict=True))}
    session[KEPT] = base64.b64encode(zlib.compress(json.dumps(data, ensure_ascii=False).encode())).decode()


def kept(session: SessionBase) -> LoadedPlan | None:
    """The plan that was read last and is neither written nor left yet."""
    if KEPT not in session:
        return None
    data = json.loads(zlib.decompress(base64.b64decode(session[KEPT])))
    document = document_from_json(json.dumps(data["plan"]))
    return LoadedPlan(document, JoinedFiles([(name, text) for name, text in data["files"]]), session[KEPT])


def forget(session: SessionBase) -> None:
    """Leave what was read."""
    session.pop(KEPT, None)
