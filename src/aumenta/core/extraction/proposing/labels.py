"""Which labels the rows of a document's sheets have: beginnings of lines that come back sheet after sheet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from aumenta.core.extraction.lines import HYPHENS, PrintedLine
from aumenta.core.extraction.values import BULLET
from aumenta.core.text import fold
from aumenta.core.text.stems import FUNCTION_WORDS

MOST_WORDS: Final = 8
LONGEST: Final = 70
# On how many of the sheets a label must stand; one with a sign after it, or alone on its line, may be rarer.
SHARE: Final = 0.75
SHARE_ALONE: Final = 0.5
SHARE_WITH_SIGN: Final = 0.25
MIN_SHEETS: Final = 2
MOST_RARE: Final = 12
# Longer beginnings are preferred as long as nearly as many sheets have them.
NEARLY: Final = 0.9
WORD: Final = re.compile(r"[^\W\d_][^\s:]*")
HANGING_WORD: Final = re.compile(rf"[^\W\d_][{HYPHENS}]$")
SIGN: Final = re.compile(r" ?(?::|[–—=]|-(?= |$))")
# What a label's words say about the field, in the order they are tried: field, framework, how it is read, words.
MEANINGS: Final = (
    ("pnrr", "pnrr", "list", r"pnrr|recovery"),
    ("eu_cohesion", "eu_cohesion", "list", r"coesione europea|politica di coesione|cohesion"),
    ("eu_programme", "eu_programme", "list", r"programmi europei|accesso diretto|eu programmes?"),
    ("sdg", "sdg", "list", r"sdg|agenda 2030|sviluppo sostenibile|nazioni unite|\bonu\b"),
    ("description", "", "paragraph", r"descri|contenut|di (?:che )?cosa|\bcosa\b|what\b|content"),
    ("examples", "", "lines", r"esemp|buone pratiche|example|good practice"),
    ("actors", "", "list", r"attor|soggett|partner|\bchi\b|who\b|responsabil|actors?\b|stakeholder"),
    ("higher_instruments", "", "entries", r"sovraordinat|(?:piani|strumenti) (?:regionali|nazionali)|higher"),
    ("own_instruments", "", "entries", r"strument|politiche|instruments?|polic(?:y|ies)"),
)


@dataclass(frozen=True, slots=True)
class LabelFound:
    """A label as printed most often, on how many sheets, and what it seems to mean."""

    label: str
    sheets: int
    field: str
    framework: str
    read: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stands at the beginning of the sheets' lines, by its folded words: on which sheets and how often, where in
    them, in which spellings, how often with the sign of a label after it and how often alone."""

    on: defaultdict[str, set[int]]
    places: defaultdict[str, list[float]]
    spellings: defaultdict[str, Counter[str]]
    times: Counter[str]
    signs: Counter[str]
    alone: Counter[str]

    def found(self, key: str, taken: Counter[str]) -> LabelFound:
        """The label in its most common spelling."""
        return _found(self.spellings[key].most_common(1)[0][0], len(self.on[key]), taken)


def _beginnings_of(sheets: Sequence[Sequence[PrintedLine]]) -> _Seen:
    seen = _Seen(defaultdict(set), defaultdict(list), defaultdict(Counter), Counter(), Counter(), Counter())
    for number, lines in enumerate(sheets):
        for position, line in enumerate(lines):
            if position and HANGING_WORD.search(lines[position - 1].text) and line.text[:1].islower():
                continue  # the rest of a broken word
            for beginning, signed in _beginnings(line.text):
                key = fold(beginning)
                seen.alone[key] += beginning == line.text
                seen.on[key].add(number)
                seen.places[key].append(position / len(lines))
                seen.spellings[key][beginning] += 1
                seen.times[key] += 1
                seen.signs[key] += signed
    return seen


def find_labels(sheets: Sequence[Sequence[PrintedLine]]) -> tuple[list[LabelFound], list[LabelFound]]:
    """The labels of the sheets (each the lines under its title), in the order they mostly have; and what may be labels
    too, as it has the sign of one, but stands on few of the sheets: a person has to say."""
    seen = _beginnings_of(sheets)
    on, times = seen.on, seen.times
    shares = {
        key: SHARE_WITH_SIGN
        if 0.8 * times[key] <= seen.signs[key]
        else SHARE_ALONE
        if 0.8 * times[key] <= seen.alone[key]
        else SHARE
        for key in on
    }
    chosen = [key for key in on if _is_label(key, len(on[key]), times[key], shares[key], len(sheets))]
    kept = [key for key in chosen if not _has_better(key, chosen, on)]
    kept.sort(key=lambda key: sum(seen.places[key]) / len(seen.places[key]))
    taken: Counter[str] = Counter()
    found = [seen.found(key, taken) for key in kept]
    rare = [
        key
        for key in on
        if key not in chosen
        and shares[key] == SHARE_WITH_SIGN
        and _is_label(key, len(on[key]), times[key], 0.0, len(sheets))
        and seen.spellings[key].most_common(1)[0][0][:1].isupper()
        and not any(key.startswith(f"{one} ") or one.startswith(f"{key} ") for one in kept)
    ]
    rare = sorted(rare, key=lambda key: (-len(on[key]), min(seen.places[key]), key))[:MOST_RARE]
    return (
        [_with_bullets(label, sheets, {fold(other.label) for other in found}) for label in found],
        [replace(seen.found(key, Counter()), read="paragraph", framework="") for key in rare],
    )


def _with_bullets(found: LabelFound, sheets: Sequence[Sequence[PrintedLine]], labels: set[str]) -> LabelFound:
    """A row of another kind whose value is mostly a list with bullets is read item by item."""
    if found.read != "paragraph" or found.field == "description":
        return found
    with_list = 0
    for lines in sheets:
        opened = next((n for n, line in enumerate(lines) if _opens_with(line.text, fold(found.label))), None)
        if opened is not None:
            first = lines[opened].text[len(found.label) :].strip(" :–—=-")
            value = [first, *(line.text for line in lines[opened + 1 :])]
            end = next((n for n, text in enumerate(value) if n and any(_opens_with(text, one) for one in labels)), None)
            with_list += sum(BULLET.match(text) is not None for text in value[:end]) > 0
    return replace(found, read="lines") if with_list * 2 > found.sheets else found


def _opens_with(text: str, label: str) -> bool:
    return fold(text[: len(label) + 1]).rstrip(" :–—=-") == label


def _beginnings(text: str) -> Iterator[tuple[str, bool]]:
    """The first words of a line, one, two …, up to a sign that ends a label; and whether that sign stands there."""
    end = 0
    for _ in range(MOST_WORDS):
        match = WORD.match(text, end)
        if match is None or match.end() > LONGEST:
            return
        beginning = text[: match.end()].rstrip(".,;")
        at_sign = SIGN.match(text, match.end()) is not None
        yield beginning, at_sign
        if at_sign or text[match.end() : match.end() + 1] != " " or text[match.end() - 1] in ".,;":
            return
        end = match.end() + 1


def _is_label(key: str, on: int, times: int, share: float, sheets: int) -> bool:
    """Whether a beginning is on enough sheets, once on each, and no code, little word or piece of a sentence."""
    words = key.split()
    if on < max(MIN_SHEETS, share * sheets) or times > 1.5 * on or any(sign.isdigit() for sign in key):
        return False
    if share <= SHARE_WITH_SIGN:
        return True
    return words[-1] not in _LITTLE and words[0] not in _LITTLE and (len(words) > 1 or len(key) > 2)


def _has_better(key: str, chosen: Sequence[str], on: dict[str, set[int]]) -> bool:
    """Whether a longer beginning says the same label whole, or a shorter one with a sign is the label already."""
    for other in chosen:
        if other != key and other.startswith(f"{key} ") and len(on[other]) >= NEARLY * len(on[key]):
            return True
        if other != key and key.startswith(f"{other} ") and len(on[other]) > len(on[key]) / NEARLY:
            return True
    return False


def _found(label: str, sheets: int, taken: Counter[str]) -> LabelFound:
    plain = fold(label)
    for field, framework, read, words in MEANINGS:
        if re.search(words, plain) and not (field == "description" and taken[field]):
            taken[field] += 1
            return LabelFound(label, sheets, field, framework, read)
    name = re.sub(r"[^a-z0-9]+", "_", plain.encode("ascii", "ignore").decode()).strip("_") or "row"
    return LabelFound(label, sheets, name, "", "paragraph")


# A sign after them makes a label of "Chi la fa" and "Che cosa" too; what a question asks is a label without one.
_ASKING: Final = frozenset("quando dove chi come perche when where who how why".split())
_LITTLE: Final = (
    frozenset({*FUNCTION_WORDS["it"], *FUNCTION_WORDS["en"], "dell", "all", "nell"}) - {"altri", "altre"} - _ASKING
)
