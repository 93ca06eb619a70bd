"""Reading the blocks of a plan printed as sheets: strategy headers and action sheets become entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from aumenta.core.extraction.blocks import Block, Blocks
from aumenta.core.extraction.codes import Label, check_labels, read_codes
from aumenta.core.extraction.document import (
    ActionSheet,
    AlignmentEntry,
    AxisEntry,
    Problem,
    StrategyEntry,
)
from aumenta.core.extraction.layout import Layout, Row
from aumenta.core.extraction.lines import Line, Mender
from aumenta.core.extraction.links import Linkable, assign_links
from aumenta.core.extraction.rows import FoundRow, cut_rows
from aumenta.core.extraction.values import read_entries, read_lines, read_list


@dataclass(slots=True)
class Sheets:
    """What the blocks say; `unfinished` are codes of sheets that break off before their last row."""

    axes: list[AxisEntry] = field(default_factory=list)
    strategies: list[StrategyEntry] = field(default_factory=list)
    actions: list[ActionSheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)


def read_sheets(cut: Blocks, layout: Layout, mender: Mender) -> Sheets:
    """Read every block; what is printed again (headers, codes) is compared with its first printing."""
    return _Reader(cut, layout, mender).read()


class _Reader:
    def __init__(self, cut: Blocks, layout: Layout, mender: Mender) -> None:
        self.cut = cut
        self.layout = layout
        self.mender = mender
        self.found = Sheets()
        self.labels: list[Label] = []
        self.axes: dict[int, AxisEntry] = {}
        self.axis_texts: dict[int, list[str]] = {}
        self.strategies: dict[str, StrategyEntry] = {}
        self.actions: dict[str, ActionSheet] = {}
        self.pages: dict[int, list[str]] = {}

    def read(self) -> Sheets:
        for block in self.cut.blocks:
            if block.kind == "axis":
                self._axis(int(block.code), self._text(block.lines))
            elif block.kind == "strategy":
                self._strategy(block)
            else:
                self._action(block)
        self._give_links()
        self._tell_outside()
        self.found.problems += check_labels(self.labels)
        self.found.axes = [self.axes[number] for number in sorted(self.axes)]
        self.found.strategies = list(self.strategies.values())
        self.found.actions = list(self.actions.values())
        self.found.problems.sort(key=lambda problem: problem.line)
        return self.found

    def _text(self, lines: Sequence[Line]) -> str:
        return self.mender.join(lines).text

    def _tell(self, line: int, kind: str, text: str) -> None:
        self.found.problems.append(Problem(line, kind, text))

    def _axis(self, number: int, title: str) -> None:
        known = self.axes.get(number)
        if known is None or not known.title:
            self.axes[number] = AxisEntry(number, title)

    # Strategy headers

    def _strategy(self, block: Block) -> None:
        head, axis_lines, rest = self._cut_header(block)
        entry = self._entry(block, head, rest)
        if axis_lines:
            self._axis_in_header(axis_lines, entry.axis)
        known = self.strategies.setdefault(entry.code, entry)
        self._axis(known.axis, "")
        if known != entry:
            for name in ("title", "purpose", "carta_bologna"):
                printed = getattr(entry, name)
                if printed != getattr(known, name):
                    self._tell(block.line, "header_differs", f"{entry.code} {name}: {printed}")

    def _cut_header(self, block: Block) -> tuple[list[Line], list[Line], list[FoundRow]]:
        head, rows = cut_rows(block.lines, self.layout.header)
        pattern = self.layout.axis_in_header
        for position, line in enumerate(head):
            if pattern is not None and pattern.match(line.text):
                return head[:position], head[position:], rows
        return head, [], rows

    def _entry(self, block: Block, head: Sequence[Line], rows: Sequence[FoundRow]) -> StrategyEntry:
        length = 1
        while length < len(head) and self._title_goes_on(head[length - 1], head[length]):
            length += 1
        goals: tuple[int, ...] = ()
        for found in rows:
            text = self._text(found.lines)
            if found.row.item is not None:
                goals = tuple(int(match["code"]) for match in found.row.item.finditer(text))
            if text and not goals and not self.layout.is_not_available(text):
                self._tell(found.line, "no_place", text)
        return StrategyEntry(
            code=block.code,
            axis=int(block.code.split(".")[0]),
            title=self._text(head[:length]),
            purpose=self._text(head[length:]),
            carta_bologna=goals,
        )

    def _title_goes_on(self, before: Line, line: Line) -> bool:
        """A heading broken over lines: its next line begins small, or the one before can't be the end."""
        return not line.gap and (not line.text[0].isupper() or self.layout.breaks_off(before.text))

    def _axis_in_header(self, lines: Sequence[Line], axis: int) -> None:
        """The axis's name and aim on the sheet: the format has the title of the axis's own heading, so each wording
        found here is told once."""
        match = self.layout.axis_in_header.match(lines[0].text) if self.layout.axis_in_header else None
        if match is None:
            return
        number, name = int(match["number"]), match["title"]
        aim = self._text(lines[1:])
        told = self.axis_texts.setdefault(number, [])
        if number != axis:
            self._tell(lines[0].number, "axis_differs", f"{axis}: {lines[0].text}")
        if (text := f"{number}. {name}. {aim}".strip()) not in told:
            told.append(text)
            if self.axes.get(number, AxisEntry(number, "")).title:
                self._tell(lines[0].number, "axis_text", text)
            else:
                self._axis(number, name)
                if aim:
                    self._tell(lines[0].number, "axis_text", f"{number}. {aim}")

    # Action sheets

    def _action(self, block: Block) -> None:
        strategy = block.code.rpartition(".")[0]
        under = self.cut.blocks[block.header].code if block.header is not None else None
        if under != strategy:
            self._tell(block.line, "other_strategy", f"{block.code}: {under or '–'}")
            if strategy not in self.strategies:
                self.strategies[strategy] = StrategyEntry(strategy, int(strategy.split(".")[0]), strategy)
                self._axis(int(strategy.split(".")[0]), "")
                self._tell(block.line, "strategy_without_header", strategy)
        if block.code in self.actions:
            self._tell(block.line, "repeated_action", f"{block.code} {self._text(block.lines[:1])}")
            return
        head, rows = cut_rows(block.lines, self.layout.rows)
        title, loose = self._title(head, rows)
        values = _Values()
        for found in rows:
            self._value(values, found)
        if loose:
            row = next((each for each in self.layout.rows if each.unlabelled), None)
            if row is not None and not any(found.row.field == row.field for found in rows):
                values.texts[row.field] = self._text(loose)
                self._tell(loose[0].number, "label_missing", f"{block.code} {row.label}")
            else:
                self._tell(loose[0].number, "no_place", self._text(loose))
        self._tell_missing(block, rows, values)
        self.actions[block.code] = ActionSheet(
            code=block.code,
            strategy=strategy,
            title=self._text(title),
            description=values.texts.get("description", ""),
            examples=values.lists.get("examples", ()),
            actors=values.lists.get("actors", ()),
            alignments=tuple(values.alignments),
            own_instruments=values.lists.get("own_instruments", ()),
            higher_instruments=values.lists.get("higher_instruments", ()),
            lines=(block.line, max(line.number for line in block.lines)),
        )
        self.pages.setdefault(block.page, []).append(block.code)

    def _title(self, head: Sequence[Line], rows: Sequence[FoundRow]) -> tuple[Sequence[Line], Sequence[Line]]:
        """The title's lines and those that follow it under no label."""
        unlabelled = {row.field for row in self.layout.rows if row.unlabelled}
        if any(found.row.field in unlabelled for found in rows):
            return head, []
        length = 1
        while length < len(head) and self._title_goes_on(head[length - 1], head[length]):
            length += 1
        return head[:length], head[length:]

    def _value(self, values: _Values, found: FoundRow) -> None:
        row, layout = found.row, self.layout
        passage = self.mender.join(found.lines)
        if row.none and row.none.match(passage.text):
            self._tell(found.line, "no_place", passage.text)
        elif row.read == "codes":
            codes = read_codes(passage, row, layout)
            values.alignments += codes.alignments
            self.labels += codes.labels
            self.found.problems += codes.problems
        elif row.framework:
            items = read_list(passage.text, row, layout)
            values.alignments += [AlignmentEntry(row.framework, item) for item in items]
        elif row.read == "paragraph":
            values.texts[row.field] = "" if layout.is_not_available(passage.text) else passage.text
        else:
            values.lists[row.field] = self._list(row, found, passage.text)

    def _list(self, row: Row, found: FoundRow, text: str) -> tuple[str, ...]:
        if row.read == "list":
            return read_list(text, row, self.layout)
        if row.read == "lines":
            return read_lines(found.lines, row, self.layout, self.mender)
        return read_entries(found.lines, row, self.layout, self.mender)

    def _tell_missing(self, block: Block, rows: Sequence[FoundRow], values: _Values) -> None:
        printed = {found.row.field for found in rows}
        for row in self.layout.rows:
            if row.field not in printed and not (row.unlabelled and values.texts.get(row.field)):
                self._tell(block.line, "row_missing", f"{block.code} {row.label}")
                if row.last:
                    self.found.unfinished.append(block.code)

    # What is left

    def _give_links(self) -> None:
        for page, codes in self.pages.items():
            links = self.cut.pages[page]
            sheets = [Linkable(self.actions[code].title, self.actions[code].examples) for code in codes]
            given, guessed = assign_links(sheets, [link for _, link in links])
            for code, mine in zip(codes, given, strict=True):
                self.actions[code] = replace(self.actions[code], links=tuple(mine))
            for position in guessed:
                self._tell(links[position][0], "link_by_order", links[position][1])

    def _tell_outside(self) -> None:
        for run in self.cut.outside:
            text = " ".join(line.text for line in run[:3])
            excerpt = text if len(text) <= 80 else text[:79] + "…"
            self._tell(run[0].number, "outside_sheets", f"{run[0].number}–{run[-1].number}: {excerpt}")


@dataclass(slots=True)
class _Values:
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    alignments: list[AlignmentEntry] = field(default_factory=list)
