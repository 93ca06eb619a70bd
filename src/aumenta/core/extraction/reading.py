"""From a file to a plan: its text, the layout that fits it best, the plan in it, and whether it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from aumenta.core.extraction.blocks import cut_blocks
from aumenta.core.extraction.completeness import Missing, find_missing
from aumenta.core.extraction.document import ExtractionError, PlanDocument, Problem
from aumenta.core.extraction.layout import Layout, known_layouts
from aumenta.core.extraction.lines import BREAKS, Mender, clean_lines, squeeze
from aumenta.core.extraction.listing import read_listing
from aumenta.core.extraction.pages import page_furniture
from aumenta.core.extraction.sheets import read_sheets
from aumenta.core.extraction.sources import open_source


def read_plan(path: Path | str, *, partial: bool = False, layout: Layout | None = None) -> PlanDocument:
    """Read a plan from its text, its PDF or the JSON of `PlanDocument.to_json`.

    With `partial` a document whose sheets are not all there is read as far as it goes, and what is missing is
    listed in `problems`; without it such a document raises `ExtractionError("incomplete")`. Without `layout` the
    known layouts are tried. Other errors: those of `open_source`, of `PlanDocument.from_json`, and `no_sheets`.
    """
    source = open_source(Path(path))
    if source.kind == "json":
        return PlanDocument.from_json(source.text)
    layouts = [layout] if layout else known_layouts()
    document = plan_from_text(source.text, layouts, partial=partial, path=str(path))
    if source.encoding:
        note = Problem(1, "encoding", source.encoding)
        document = replace(document, problems=(note, *document.problems))
    return document


def plan_from_text(text: str, layouts: Sequence[Layout], *, partial: bool = False, path: str = "") -> PlanDocument:
    """The plan that a text holds, read with the layout that finds most in it; see `read_plan`."""
    readings = [_read(text, layout) for layout in layouts]
    document, missing = max(readings, key=lambda reading: (len(reading[0].actions), len(reading[0].strategies)))
    if not document.strategies:
        lines = len(BREAKS.split(text))
        words = len(text.split())
        start = squeeze(text[:400])[:60]
        raise ExtractionError("no_sheets", path=path, lines=lines, words=words, start=start)
    if missing and not partial:
        raise ExtractionError("incomplete", path=path, **_params(document, missing))
    return replace(document, problems=(*_missing_problems(document, missing), *document.problems))


def _read(text: str, layout: Layout) -> tuple[PlanDocument, Missing]:
    left_out, notes = page_furniture(text, layout.opens)
    lines = clean_lines(text, layout.furniture, left_out)
    mender = Mender(text)
    sheets = read_sheets(cut_blocks(lines, layout), layout, mender)
    found = sheets if sheets.actions else read_listing(lines, layout, mender)
    document = PlanDocument(
        title=_title(text, layout),
        axes=tuple(found.axes),
        strategies=tuple(found.strategies),
        actions=tuple(sheets.actions),
        problems=tuple(sorted([*notes, *found.problems], key=lambda problem: problem.line)),
    )
    return document, find_missing(document, text, layout, sheets.unfinished)


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
        "unfinished": missing.unfinished,
        "last": last,
    }


def _missing_problems(document: PlanDocument, missing: Missing) -> list[Problem]:
    """What a partial reading lacks, each told where the gap is felt: at the last line that was read."""
    end = document.actions[-1].lines[1] if document.actions else 0
    problems = [Problem(end, "missing", code) for code in missing.codes]
    if missing.unfinished:
        problems.append(Problem(end, "sheet_cut", missing.unfinished))
    if missing.announced_strategies:
        found = f"{len(document.strategies)} / {missing.announced_strategies}"
        problems.append(Problem(end, "fewer_strategies", found))
    if missing.announced_actions:
        problems.append(Problem(end, "fewer_actions", f"{len(document.actions)} / {missing.announced_actions}"))
    return problems
