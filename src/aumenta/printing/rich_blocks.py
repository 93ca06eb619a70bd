"""The closed rich text of the plan as blocks that a template of paper sets: paragraphs, headings, lines of lists."""

from html.parser import HTMLParser
from typing import Any, Final

BLOCKS: Final = {"p": "text", "h3": "heading", "li": "item"}
MARKS: Final = {"strong": "bold", "em": "italic"}
Block = dict[str, Any]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._marks: list[str] = []
        self._address = ""
        self._open: Block | None = None
        self._numbers: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "ol"}:
            self._numbers.append(0 if tag == "ul" else 1)
        elif tag in BLOCKS:
            number = self._numbers[-1] if tag == "li" and self._numbers else 0
            if number:
                self._numbers[-1] += 1
            self._open = {"kind": BLOCKS[tag], "number": number, "runs": []}
            self.blocks.append(self._open)
        elif tag in MARKS:
            self._marks.append(MARKS[tag])
        elif tag == "a":
            self._address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._numbers:
            self._numbers.pop()
        elif tag in MARKS and MARKS[tag] in self._marks:
            self._marks.remove(MARKS[tag])
        elif tag == "a":
            self._address = ""
        elif tag in BLOCKS:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is None:
            if not data.strip():
                return
            self._open = {"kind": "text", "number": 0, "runs": []}
            self.blocks.append(self._open)
        self._open["runs"].append({"text": data, "marks": sorted(set(self._marks)), "address": self._address})


def blocks_of(markup: str) -> list[Block]:
    """The blocks of a rich text, each with its runs of words and how they are set. Plain text is one paragraph."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return [block for block in reader.blocks if any(run["text"].strip() for run in block["runs"])]
