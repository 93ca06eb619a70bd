"""A paper as it is read: parts under their axes, each with its sources; words of passages as far as they may be quoted
today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aumenta.core.diff import diff_words
from aumenta.core.diff.words import Span
from aumenta.people.reader import in_language
from aumenta.themes.models import PaperPart, PaperVersion
from aumenta.themes.papers.versions import words_digest
from aumenta.voices.models import Passage


@dataclass(frozen=True)
class ShownSource:
    """A source. `words` are those of a passage, where anybody may read them and they are those that were cited."""

    kind: str
    facts: Mapping[str, Any]
    words: str = ""

    @property
    def title(self) -> str:
        """What it is called, in the reader's language."""
        return in_language(self.facts.get("title_it", ""), self.facts.get("title_en", ""))


@dataclass(frozen=True)
class ShownPart:
    """A part in the reader's language."""

    number: int
    facts: Mapping[str, Any]
    sources: Sequence[ShownSource]

    @property
    def kind_words(self) -> str:
        """What it says, in words."""
        return str(PaperPart.Kind(self.facts["kind"]).label)

    @property
    def verdict_words(self) -> str:
        """What becomes of its strategy; empty where it says nothing of that."""
        return str(PaperPart.Verdict(self.facts["verdict"]).label) if self.facts["verdict"] else ""

    @property
    def text(self) -> str:
        """Its words; in Italian where there are no others."""
        return in_language(self.facts["text_it"], self.facts["text_en"])

    @property
    def strategy(self) -> tuple[str, str]:
        """Code and title of the strategy it is about; empty where of none."""
        of = self.facts["strategy"]
        return (of["code"], in_language(of["title_it"], of["title_en"])) if of else ("", "")


@dataclass(frozen=True)
class ShownSection:
    """The parts of one axis, or those of none in particular (number 0)."""

    number: int
    title: str
    parts: Sequence[ShownPart]


def read_content(content: Mapping[str, Any], *, office: bool = False) -> list[ShownSection]:
    """The parts under their axes, those of none first, each in its order. Two queries, whatever is cited.

    `office` shows the words of every passage that counts: for the desk alone.
    """
    quotes = _quotes(content["parts"], office)
    sections: dict[int, list[ShownPart]] = {}
    titles: dict[int, str] = {0: ""}
    for number, part in enumerate(content["parts"], 1):
        axis = part["axis"]
        place = axis["number"] if axis else 0
        if axis:
            titles[place] = in_language(axis["title_it"], axis["title_en"])
        sources = [ShownSource(one["kind"], one, _words(one, quotes)) for one in part["sources"]]
        sections.setdefault(place, []).append(ShownPart(number, part, sources))
    return [ShownSection(place, titles[place], sections[place]) for place in sorted(sections)]


def _quotes(parts: Iterable[Mapping[str, Any]], office: bool) -> dict[int, Passage]:
    keys = {one["key"] for part in parts for one in part["sources"] if one["kind"] == "passage"}
    if not keys:
        return {}
    rows = Passage.objects.counted() if office else Passage.objects.quotable()
    return rows.filter(pk__in=keys).select_related("statement", "contribution").in_bulk()


def _words(source: Mapping[str, Any], quotes: Mapping[int, Passage]) -> str:
    passage = quotes.get(source["key"]) if source["kind"] == "passage" else None
    # A passage that was moved or corrected since no longer says what was cited.
    return passage.words if passage and words_digest(passage) == source["sha256"] else ""


@dataclass(frozen=True)
class PartChange:
    """A part that is not as it was: `how` is new, gone, text, verdict or sources."""

    how: str
    part: ShownPart
    spans: Sequence[Span] = ()


def changes_between(before: PaperVersion, now: PaperVersion) -> list[PartChange]:
    """What differs, in the order of the later version; what is gone last."""
    old = {one.facts["key"]: one for section in read_content(before.content) for one in section.parts}
    new = {one.facts["key"]: one for section in read_content(now.content) for one in section.parts}
    found = []
    for key, part in new.items():
        if key not in old:
            found.append(PartChange("new", part))
        else:
            found += _changes(old[key], part)
    return [*found, *(PartChange("gone", part) for key, part in old.items() if key not in new)]


def _changes(before: ShownPart, now: ShownPart) -> Iterable[PartChange]:
    if before.text != now.text:
        yield PartChange("text", now, diff_words(before.text, now.text))
    same = ("verdict", "kind", "axis", "strategy", "own")
    if [before.facts[name] for name in same] != [now.facts[name] for name in same]:
        yield PartChange("verdict", now)
    if before.facts["sources"] != now.facts["sources"]:
        yield PartChange("sources", now)
