"""From files to a plan: their text, the layout that fits it best, the plan in it, and whether it is whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from aumenta.core.extraction.blocks import cut_blocks
from aumenta.core.extraction.completeness import Missing, find_missing
from aumenta.core.extraction.document import ExtractionError, PlanDocument, Problem
from aumenta.core.extraction.joined_files import JoinedFiles
from aumenta.core.extraction.json_format import document_from_json
from aumenta.core.extraction.layout import Layout, known_layouts
from aumenta.core.extraction.lines import BREAKS, LineJoiner, clean_lines, squeeze
from aumenta.core.extraction.listing import Listed, read_listing
from aumenta.core.extraction.pages import NO_HEIGHTS, find_headers_and_footers
from aumenta.core.extraction.sheets import Sheets, read_sheets
from aumenta.core.extraction.sources import Source, heights_in, open_source, source_of

# So many labels at the beginning of lines are no chance.
LABELS: Final = 3
# A plan of a thousand pages has as many letters; what is longer would take longer than anybody waits.
MOST_LETTERS: Final = 4_000_000


def read_plan(
    path: Path | str | Sequence[Path | str], *, partial: bool = False, layout: Layout | None = None
) -> PlanDocument:
    """Read a plan from its text, its PDF, its web page or the JSON of `PlanDocument.to_json`; from several files, such
    as one page for each axis, as one plan.

    A document whose numbering has gaps is read, and the gaps are listed in `problems`. One that begins late, breaks
    off, or has fewer sheets than it announces raises `ExtractionError("incomplete")`; with `partial` it is read as far
    as it goes. Without `layout` the known layouts are tried. Other errors: those of `open_source`, of
    `document_from_json`, `no_sheets`, `several_json`, `too_much_text`, and those of `numbering` and `placing`.
    """
    paths = [Path(path)] if isinstance(path, str | Path) else [Path(each) for each in path]
    sources = [open_source(each) for each in paths]
    return _read_sources(list(map(str, paths)), sources, partial=partial, layout=layout).with_own_lines()


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan and the files it was read from; the lines that `document` names count through all of them, from the first
    line of the first file. JSON has no lines: `files` are empty then."""

    document: PlanDocument
    files: JoinedFiles

    def with_own_lines(self) -> PlanDocument:
        """The plan with lines counted in each file, and problems that name theirs."""
        return self.files.with_own_lines(self.document)


def read_contents(
    contents: Sequence[tuple[str, bytes]], *, partial: bool = False, layout: Layout | None = None
) -> ReadPlan:
    """Read a plan from named contents, such as files that were sent: as `read_plan`, with the text it was read from.
    Errors: those of `read_plan`, save those of opening a file."""
    names = [name for name, _content in contents]
    return _read_sources(
        names, [source_of(content, name) for name, content in contents], partial=partial, layout=layout
    )


def _read_sources(paths: list[str], sources: list[Source], *, partial: bool, layout: Layout | None) -> ReadPlan:
    if any(source.kind == "json" for source in sources):
        if len(sources) > 1:
            raise ExtractionError("several_json", path=paths[[s.kind for s in sources].index("json")])
        return ReadPlan(document_from_json(sources[0].text), JoinedFiles([]))
    layouts = [layout] if layout else known_layouts()
    joined = JoinedFiles([(Path(path).name, source.text) for path, source in zip(paths, sources, strict=True)])
    if len(joined.text) > MOST_LETTERS:
        raise ExtractionError("too_much_text", path=", ".join(paths), letters=len(joined.text), most=MOST_LETTERS)
    heights = heights_in(joined, sources)
    document = plan_from_text(joined.text, layouts, partial=partial, path=", ".join(paths), heights=heights)
    notes = [
        Problem(first, "encoding", source.encoding)
        for first, source in zip(joined.first_lines, sources, strict=True)
        if source.encoding
    ]
    return ReadPlan(replace(document, problems=(*notes, *document.problems)), joined)


def plan_from_text(
    text: str,
    layouts: Sequence[Layout],
    *,
    partial: bool = False,
    path: str = "",
    heights: Mapping[int, float] = NO_HEIGHTS,
) -> PlanDocument:
    """The plan that a (mended) text holds, read with the layout that finds most in it; see `read_plan`. `heights` are
    those of lines on their pages, as `Source` has them."""
    if any(_has_labels(text, layout) for layout in layouts):
        # Sheets with labelled rows are no pages of titles and texts: what stands under a label would be lost in them.
        layouts = [layout for layout in layouts if not layout.pages]
    readings, faults = [], []
    for layout in layouts:
        try:
            readings.append(_read(text, layout, heights))
        except ExtractionError as error:
            faults.append(error)
    best = max(readings, key=_worth, default=None)
    if best is None or not best.document.strategies:
        if faults:
            raise faults[0]
        raise ExtractionError("no_sheets", path=path, **_what_it_is(text))
    document, missing = best.document, best.missing
    if missing.is_incomplete and not partial:
        raise ExtractionError("incomplete", path=path, **_params(document, missing))
    return replace(document, problems=(*_missing_problems(document, missing), *document.problems))


@dataclass(frozen=True, slots=True)
class _Reading:
    document: PlanDocument
    missing: Missing
    rows: int


def _has_labels(text: str, layout: Layout) -> bool:
    """Whether lines of the text begin with several labels of a layout, in whatever letters."""
    labels = {row.label.casefold() for row in layout.rows if row.label}
    if len(labels) < LABELS:
        return False
    found = re.findall(rf"^[ \t]*({'|'.join(map(re.escape, labels))})(?!\w)", text.casefold(), re.MULTILINE)
    return len(set(found)) >= LABELS


def _worth(reading: _Reading) -> tuple[bool, int, int, bool, int, int]:
    """What a layout finds, if any of its labels at all: sheets, strategies, then whether the plan is whole, rows; of
    equals, the one with fewer doubts."""
    document = reading.document
    whole = not reading.missing.is_incomplete
    labelled = not reading.missing.no_rows
    return labelled, len(document.actions), len(document.strategies), whole, reading.rows, -len(document.problems)


def _read(text: str, layout: Layout, heights: Mapping[int, float]) -> _Reading:
    left_out, notes = find_headers_and_footers(text, layout.opens, heights)
    lines = clean_lines(text, layout.headers_and_footers, left_out)
    joiner = LineJoiner(text)
    sheets = read_sheets(cut_blocks(lines, layout), layout, joiner)
    found: Sheets | Listed = sheets if sheets.actions else read_listing(lines, layout, joiner)
    document = PlanDocument(
        title=_title(text, layout),
        axes=tuple(found.axes),
        strategies=tuple(found.strategies),
        actions=tuple(sheets.actions),
        problems=tuple(sorted([*notes, *found.problems], key=lambda problem: problem.line)),
        chapters=tuple(sheets.chapters),
    )
    rows = sum(len(fields) for fields in sheets.rows.values())
    return _Reading(document, find_missing(document, text, layout, sheets), rows)


def _what_it_is(text: str) -> dict[str, object]:
    return {"lines": len(BREAKS.split(text)), "words": len(text.split()), "start": squeeze(text[:400])[:60]}


def _title(text: str, layout: Layout) -> str:
    for pattern in layout.title:
        for line in text.splitlines():
            if match := pattern.search(squeeze(line)):
                return match.group()
    return ""


def _params(document: PlanDocument, missing: Missing) -> dict[str, object]:
    last = document.actions[-1].code if document.actions else document.strategies[-1].code
    return {
        "actions": len(document.actions),
        "strategies": len(document.strategies),
        "announced_actions": missing.announced_actions,
        "announced_strategies": missing.announced_strategies,
        "missing": missing.codes,
        "begins": missing.begins,
        "unfinished": missing.unfinished,
        "no_rows": missing.no_rows,
        "last": last,
    }


def _missing_problems(document: PlanDocument, missing: Missing) -> list[Problem]:
    """What a partial reading lacks, each told where the gap is felt: at the last line that was read."""
    end = document.actions[-1].lines[1] if document.actions else 0
    problems = [Problem(end, "missing", code) for code in missing.codes]
    if missing.begins:
        problems.append(Problem(1, "begins_late", missing.begins))
    if missing.no_rows:
        problems.append(Problem(1, "no_rows", ", ".join(missing.no_rows)))
    if missing.unfinished:
        problems.append(Problem(end, "sheet_cut", missing.unfinished))
    if missing.announced_strategies:
        found = f"{len(document.strategies)} / {missing.announced_strategies}"
        problems.append(Problem(end, "fewer_strategies", found))
    if missing.announced_actions:
        problems.append(Problem(end, "fewer_actions", f"{len(document.actions)} / {missing.announced_actions}"))
    return problems
