"""Reading the blocks of a plan printed as sheets: strategy headers and action sheets become entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from aumenta.core.extraction.blocks import Block, Blocks
from aumenta.core.extraction.chapters import read_chapter
from aumenta.core.extraction.codes import Label, check_labels, read_codes
from aumenta.core.extraction.document import (
    ActionSheet,
    AlignmentEntry,
    AxisEntry,
    Chapter,
    OtherRow,
    Problem,
    StrategyEntry,
)
from aumenta.core.extraction.layout import Layout, LayoutRow
from aumenta.core.extraction.lines import LineJoiner, PrintedLine
from aumenta.core.extraction.links import Linkable, assign_links
from aumenta.core.extraction.placing import ActionPlace, Placing
from aumenta.core.extraction.rows import FoundRow, cut_rows, labels_in_any_case
from aumenta.core.extraction.titles import has_an_end, short_title, without_torn
from aumenta.core.extraction.values import has_bullets, read_entries, read_lines, read_list

# The longest title there is room for; what a heading goes on with after that is text.
LONGEST_TITLE = 500
MOST_TITLE_LINES = 3
# What a bullet or an indent may take of a line's width.
INDENT = 4


@dataclass(slots=True)
class Sheets:
    """What the blocks say.

    `rows` are the fields of the labelled rows printed on each sheet, by its code; `gaps` what the numbering skips;
    `own_numbers` says that strategies or actions are numbered without the axis's number.
    """

    axes: list[AxisEntry] = field(default_factory=list)
    strategies: list[StrategyEntry] = field(default_factory=list)
    actions: list[ActionSheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, frozenset[str]] = field(default_factory=dict)
    chapters: list[Chapter] = field(default_factory=list)
    gaps: tuple[str, ...] = ()
    own_numbers: bool = False


def read_sheets(cut: Blocks, layout: Layout, joiner: LineJoiner) -> Sheets:
    """Read every block; what is printed again (headers, codes) is compared with its first printing.

    Raises ExtractionError with the codes of `placing` where a code can't be read.
    """
    return _Reader(cut, layout, joiner).read()


class _Reader:
    def __init__(self, cut: Blocks, layout: Layout, joiner: LineJoiner) -> None:
        self.cut = cut
        self.joiner = joiner
        sheets = [block.lines for block in cut.blocks if block.kind == "action"]
        headers = [block.lines for block in cut.blocks if block.kind == "strategy"]
        self.layout = replace(
            layout,
            rows=labels_in_any_case(sheets, layout.rows),
            header=labels_in_any_case(headers, layout.header),
        )
        self.found = Sheets()
        self.labels: list[Label] = []
        self.axes: dict[int, AxisEntry] = {}
        self.axis_texts: dict[int, list[str]] = {}
        self.strategies: dict[str, StrategyEntry] = {}
        self.actions: dict[str, ActionSheet] = {}
        self.pages: dict[int, list[str]] = {}
        self.placing = Placing(layout, two_levels=not headers)
        self.sentences = layout.sentences and self._has_no_texts(
            [block for block in cut.blocks if block.kind == "action"]
        )

    def read(self) -> Sheets:
        for block, following in zip(self.cut.blocks, [*self.cut.blocks[1:], None], strict=False):
            if block.kind == "axis":
                self._axis_heading(block, following)
            elif block.kind == "chapter":
                chapter = read_chapter(block, self.layout, self.joiner, self._title_length(block.lines))
                (self.found.chapters.append(chapter) if chapter else self.cut.outside.append(block.lines))
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
        codes: dict[str, list[str]] = {code: [] for code in self.strategies}
        for action in self.found.actions:
            codes[action.strategy].append(action.code)
        self.found.gaps = self.placing.gaps(codes)
        self.found.own_numbers = bool(self.placing.strategies_alone or self.placing.actions_alone)
        return self.found

    def _text(self, lines: Sequence[PrintedLine]) -> str:
        return self.joiner.join(lines).text

    def _tell(self, line: int, kind: str, text: str) -> None:
        self.found.problems.append(Problem(line, kind, text))

    # Axes

    def _axis_heading(self, block: Block, following: Block | None) -> None:
        """A heading; where the layout has the aim under it, it is an aim only if the axis's own strategies follow."""
        number = self.placing.at_axis(block)
        length = self._title_length(block.lines)
        title, rest = self._text(block.lines[:length]), without_torn(block.lines[length:])
        opens = (
            following is not None and following.kind in {"strategy", "action"} and (number in self._axes_of(following))
        )
        if rest and opens:
            self.axes[number] = AxisEntry(number, title, self._text(rest))
        else:
            self._axis(number, title, firm=opens)
            if rest:
                self.cut.outside.append(rest)

    def _axes_of(self, block: Block) -> set[int]:
        """The axis that a block's code names, or any where it names none."""
        digits = "".join(sign if sign.isdecimal() else " " for sign in block.code).split()
        return {int(digits[0][:4])} if len(digits) > 1 else {self.placing.axis}

    def _axis(self, number: int, title: str, *, firm: bool = False) -> None:
        known = self.axes.get(number)
        if known is None or not known.title or (firm and title and not known.purpose):
            self.axes[number] = AxisEntry(number, title, known.purpose if known else "")

    def _title_length(self, lines: Sequence[PrintedLine]) -> int:
        """How many lines a heading has. On pages, two or three lines before a blank one that close no sentence are one:
        a copied page was broken anew, before capitals too."""
        length = min(1, len(lines))
        while length < len(lines) and self._title_goes_on(lines[length - 1], lines[length]):
            length += 1
        if not self.layout.pages:
            return length
        gap = next((n for n in range(length, min(len(lines), MOST_TITLE_LINES + 1)) if lines[n].gap), 0)
        if gap and lines[gap - 1].text[-1] not in ".;":
            return gap
        return length + has_an_end(lines[length - 1 :]) if length else 0

    # Strategy headers

    def _strategy(self, block: Block) -> None:
        head, axis_lines, rest = self._cut_header(block)
        entry = self._entry(block, self.placing.at_strategy(block), head, rest)
        if axis_lines:
            self._axis_in_header(axis_lines, entry.axis)
        known = self.strategies.setdefault(entry.code, entry)
        self._axis(known.axis, "")
        if known != entry:
            for name in ("title", "purpose", "carta_bologna"):
                printed = getattr(entry, name)
                if printed != getattr(known, name):
                    self._tell(block.line, "header_differs", f"{entry.code} {name}: {printed}")

    def _cut_header(self, block: Block) -> tuple[list[PrintedLine], list[PrintedLine], list[FoundRow]]:
        head, rows = cut_rows(block.lines, self.layout.header)
        pattern = self.layout.axis_in_header
        for position, line in enumerate(head):
            if pattern is not None and pattern.match(line.text):
                return head[:position], head[position:], rows
        return head, [], rows

    def _entry(self, block: Block, code: str, head: Sequence[PrintedLine], rows: Sequence[FoundRow]) -> StrategyEntry:
        length = self._title_length(head)
        goals: tuple[int, ...] = ()
        for found in rows:
            text = self._text(found.lines)
            if found.row.item is not None:
                goals = tuple(int(m["code"]) for m in found.row.item.finditer(text) if m["code"].isdecimal())
            if text and not goals and not self.layout.is_not_available(text):
                self._tell(found.line, "no_place", text)
        return StrategyEntry(
            code=code,
            axis=int(code.split(".")[0]),
            title=self._text(head[:length]) or block.code,
            purpose=self._text(head[length:]),
            carta_bologna=goals,
        )

    def _title_goes_on(self, before: PrintedLine, line: PrintedLine) -> bool:
        """A heading broken over lines: its next line begins small, or the one before can't be the end."""
        return not line.gap and (not line.text[0].isupper() or self.layout.breaks_off(before.text))

    def _axis_in_header(self, lines: Sequence[PrintedLine], axis: int) -> None:
        """The axis's name and aim on the sheet. The heading of the axis has its title, so another name here is told
        once; so is an aim that differs from the one printed first."""
        match = self.layout.axis_in_header.match(lines[0].text) if self.layout.axis_in_header else None
        if match is None or not match["number"].isdecimal():
            return
        number, name = int(match["number"][:4]), match["title"]
        aim = self._text(lines[1:])
        told = self.axis_texts.setdefault(number, [])
        if number != axis:
            self._tell(lines[0].number, "axis_differs", f"{axis}: {lines[0].text}")
        if (text := f"{number}. {name}. {aim}".strip()) not in told:
            told.append(text)
            self._axis(number, name)
            known = self.axes[number]
            if aim and not known.purpose and number == axis:
                self.axes[number] = known = replace(known, purpose=aim)
            if name != known.title or (aim and aim != known.purpose):
                self._tell(lines[0].number, "axis_text", text)

    # Action sheets

    def _action(self, block: Block) -> None:
        place = self.placing.at_action(block)
        self._check_strategy(block, place)
        if place.code in self.actions:
            self._tell(block.line, "repeated_action", f"{place.code} {self._text(block.lines[:1])}")
            return
        head, rows = cut_rows(block.lines, self.layout.rows)
        title, loose = self._title(head, rows)
        values = _Values()
        for found in rows:
            self._value(values, found)
        if loose:
            self._unlabelled(place.code, loose, rows, values)
        self._tell_missing(block.line, place.code, rows, values)
        sheet = ActionSheet(
            code=place.code,
            strategy=place.strategy,
            title=self._text(title) or block.code,
            description=values.texts.get("description", ""),
            examples=values.lists.get("examples", ()),
            actors=values.lists.get("actors", ()),
            alignments=tuple(values.alignments),
            own_instruments=values.lists.get("own_instruments", ()),
            higher_instruments=values.lists.get("higher_instruments", ()),
            lines=(block.line, max([block.line, *(line.number for line in block.lines)])),
            rows=tuple(values.rows),
            printed_code="" if block.code == place.code else block.code,
        )
        self.actions[place.code] = self._with_short_title(sheet)
        self.found.rows[place.code] = frozenset(found.row.field for found in rows)
        self.pages.setdefault(block.page, []).append(place.code)

    def _with_short_title(self, sheet: ActionSheet) -> ActionSheet:
        """One sentence that is title and text at once gets a short title, which waits to be confirmed."""
        if not (self.sentences or len(sheet.title) > LONGEST_TITLE):
            return sheet
        text = f"{sheet.title}\n\n{sheet.description}".strip()
        return replace(
            sheet, title=short_title(sheet.title, self.layout.hanging), description=text, title_proposed=True
        )

    def _check_strategy(self, block: Block, place: ActionPlace) -> None:
        """Make the strategy of an action that has none, and tell where the action stands under another one."""
        axis = int(place.strategy.split(".")[0])
        if place.implied:
            if self.placing.axis != axis:
                self._tell(block.line, "other_strategy", f"{block.code}: {self.placing.axis or '–'}")
            if place.strategy not in self.strategies:
                self._axis(axis, "")
                title = self.axes[axis].title or str(axis)
                self.strategies[place.strategy] = StrategyEntry(place.strategy, axis, title)
                self._tell(block.line, "strategy_implied", f"{place.strategy} {title}")
        elif self.placing.strategy != place.strategy:
            self._tell(block.line, "other_strategy", f"{place.code}: {self.placing.strategy or '–'}")
            if place.strategy not in self.strategies:
                self.strategies[place.strategy] = StrategyEntry(place.strategy, axis, place.strategy)
                self._axis(axis, "")
                self._tell(block.line, "strategy_without_header", place.strategy)

    def _unlabelled(self, code: str, loose: Sequence[PrintedLine], rows: Sequence[FoundRow], values: _Values) -> None:
        """Text after the title under no label: the row that may stand so, or told."""
        row = next((each for each in self.layout.rows if each.unlabelled), None)
        if row is not None and not any(found.row.field == row.field for found in rows):
            values.texts[row.field] = self._text(loose)
            if row.label:
                self._tell(loose[0].number, "label_missing", f"{code} {row.label}")
        else:
            self._tell(loose[0].number, "no_place", self._text(loose))

    def _has_no_texts(self, sheets: Sequence[Block]) -> bool:
        """Whether most actions are one paragraph, title and text at once: nothing follows but lines that go on.

        Text that was broken over lines fills them: a title is a line with room left for the first word of its text.
        """
        width = max((len(line.text) for block in sheets for line in block.lines), default=0)
        described = 0
        for block in sheets:
            length = self._title_length(block.lines)
            rest = block.lines[length:]
            if rest:
                last = block.width if length == 1 else len(block.lines[length - 1].text)
                room = last + 1 + len(rest[0].text.split(" ", 1)[0]) + INDENT < width
                described += rest[0].gap or room
        return described * 2 < len(sheets)

    def _title(
        self, head: Sequence[PrintedLine], rows: Sequence[FoundRow]
    ) -> tuple[Sequence[PrintedLine], Sequence[PrintedLine]]:
        """The title's lines and those that follow it under no label."""
        if self.sentences:
            end = next((n for n, line in enumerate(head) if n and line.gap), len(head))
            if head[end:]:
                self.cut.outside.append(list(head[end:]))
            return head[:end], []
        unlabelled = {row.field for row in self.layout.rows if row.unlabelled}
        if any(found.row.field in unlabelled for found in rows):
            return head, []
        length = self._title_length(head)
        return head[:length], head[length:]

    def _value(self, values: _Values, found: FoundRow) -> None:
        row, layout = found.row, self.layout
        passage = self.joiner.join(found.lines)
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
        elif row.is_other:
            self._other(values, found, passage.text)
        elif row.field == "description":
            if not layout.is_not_available(passage.text):
                before = values.texts.get(row.field, "")
                values.texts[row.field] = f"{before}\n\n{passage.text}".strip()
        else:
            items = self._list(row, found, passage.text)
            values.lists[row.field] = (*values.lists.get(row.field, ()), *items)

    def _other(self, values: _Values, found: FoundRow, text: str) -> None:
        """A row without a field of its own: its label as the layout has it, its items one to a line."""
        if found.row.read not in {"paragraph", "codes"}:
            text = "\n".join(self._list(found.row, found, text))
        if text and not self.layout.is_not_available(text):
            values.rows.append(OtherRow(found.row.label.strip(" :"), text))

    def _list(self, row: LayoutRow, found: FoundRow, text: str) -> tuple[str, ...]:
        if row.read == "paragraph":
            return () if not text or self.layout.is_not_available(text) else (text,)
        if row.read == "list" and not has_bullets(found.lines):
            return read_list(text, row, self.layout)
        if row.read == "lines":
            return read_lines(found.lines, row, self.layout, self.joiner)
        return read_entries(found.lines, row, self.layout, self.joiner)

    def _tell_missing(self, line: int, code: str, rows: Sequence[FoundRow], values: _Values) -> None:
        printed = {found.row.field for found in rows}
        for row in self.layout.rows:
            if row.label and row.field not in printed and not (row.unlabelled and values.texts.get(row.field)):
                self._tell(line, "row_missing", f"{code} {row.label}")

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
    rows: list[OtherRow] = field(default_factory=list)
