"""From files to a plan: their text, the layout that fits it best, the plan in it, and whether it is whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from aumenta.core.extraction.blocks import cut_blocks
from aumenta.core.extraction.completeness import Missing, find_missing
from aumenta.core.extraction.document import ExtractionError, PlanDocument, Problem
from aumenta.core.extraction.joined_files import JoinedFiles
from aumenta.core.extraction.json_format import document_from_json
from aumenta.core.extraction.layout import Layout, known_layouts
from aumenta.core.extraction.lines import BREAKS, Mender, clean_lines, squeeze
from aumenta.core.extraction.listing import Listed, read_listing
from aumenta.core.extraction.pages import page_furniture
from aumenta.core.extraction.sheets import Sheets, read_sheets
from aumenta.core.extraction.sources import open_source

# So many labels at the beginning of lines are no chance.
LABELS: Final = 3


def read_plan(
    path: Path | str | Sequence[Path | str], *, partial: bool = False, layout: Layout | None = None
) -> PlanDocument:
    """Read a plan from its text, its PDF, its web page or the JSON of `PlanDocument.to_json`; from several files, such
    as one page for each axis, as one plan.

    A document whose numbering has gaps is read, and the gaps are listed in `problems`. One that begins late, breaks
    off, or has fewer sheets than it announces raises `ExtractionError("incomplete")`; with `partial` it is read as far
    as it goes. Without `layout` the known layouts are tried. Other errors: those of `open_source`, of
    `document_from_json`, `no_sheets`, `several_json`, and those of `numbering` and `placing`.
    """
    paths = [Path(path)] if isinstance(path, str | Path) else [Path(each) for each in path]
    sources = [open_source(each) for each in paths]
    if any(source.kind == "json" for source in sources):
        if len(sources) > 1:
            raise ExtractionError("several_json", path=str(paths[[s.kind for s in sources].index("json")]))
        return document_from_json(sources[0].text)
    layouts = [layout] if layout else known_layouts()
    joined = JoinedFiles([(each.name, source.text) for each, source in zip(paths, sources, strict=True)])
    document = plan_from_text(joined.text, layouts, partial=partial, path=", ".join(map(str, paths)))
    notes = [
        Problem(1, "encoding", source.encoding, each.name if len(paths) > 1 else "")
        for each, source in zip(paths, sources, strict=True)
        if source.encoding
    ]
    document = joined.with_own_lines(document)
    return replace(document, problems=(*notes, *document.problems))


def plan_from_text(text: str, layouts: Sequence[Layout], *, partial: bool = False, path: str = "") -> PlanDocument:
    """The plan that a (mended) text holds, read with the layout that finds most in it; see `read_plan`."""
    if any(_has_labels(text, layout) for layout in layouts):
        # Sheets with labelled rows are no pages of titles and texts: what stands under a label would be lost in them.
        layouts = [layout for layout in layouts if not layout.pages]
    readings, faults = [], []
    for layout in layouts:
        try:
            readings.append(_read(text, layout))
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


def _worth(reading: _Reading) -> tuple[int, int, int, int]:
    """What a layout finds: sheets first, then strategies, then labelled rows; of equals, the one with fewer doubts."""
    document = reading.document
    return len(document.actions), len(document.strategies), reading.rows, -len(document.problems)


def _read(text: str, layout: Layout) -> _Reading:
    left_out, notes = page_furniture(text, layout.opens)
    lines = clean_lines(text, layout.furniture, left_out)
    mender = Mender(text)
    sheets = read_sheets(cut_blocks(lines, layout), layout, mender)
    found: Sheets | Listed = sheets if sheets.actions else read_listing(lines, layout, mender)
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
