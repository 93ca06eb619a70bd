"""What may be meant by the letters typed so far: things by the beginning of a name, then what the words mean."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from aumenta.site.search.directory import Directory, DirectoryEntry, Kind, Target, folded

MOST = 8
MOST_OF_A_KIND = 4
SHORTEST_TO_UNDERSTAND = 4
"""Letters from which on words are also looked up by what they mean."""


_ANNOUNCED = re.compile(r"^ (?:il |la )?(?:comune|citta|municipality|town) (?:di|d|of) (?=\S)")


def suggest(typed: str, known: Directory) -> list[DirectoryEntry]:
    """The things that the letters may mean, the likeliest first, each page once."""
    # «Comune di Ivrea» begins like nothing, Ivrea does.
    wanted = _ANNOUNCED.sub(" ", folded(typed)).rstrip()
    if not wanted.strip():
        return []
    named = sorted(_by_name(wanted, known.entries), key=lambda pair: pair[0])
    found = list(_few(entry for _rank, entry in named))
    if len(found) < MOST and len(wanted.strip()) >= SHORTEST_TO_UNDERSTAND:
        found = list(_few([*found, *_by_words(typed, known)]))
    return found


def _by_name(
    wanted: str, entries: Iterable[DirectoryEntry]
) -> Iterator[tuple[tuple[int, Kind, bool, int], DirectoryEntry]]:
    """Things with a name that is the words typed, begins with them, has them, or has words that begin with them."""
    parts = [f" {part}" for part in wanted.split()]
    for entry in entries:
        best = 9
        for name in entry.names:
            at = name.find(wanted)
            if at == 0:
                best = min(best, 0 if len(name) == len(wanted) + 1 else 1)
            elif at > 0:
                best = min(best, 2)
            elif len(parts) > 1 and best > 3 and all(part in name for part in parts):
                best = 3
        if best < 9:
            yield (best, entry.kind, bool(entry.under), len(entry.name_it)), entry


def _by_words(typed: str, known: Directory) -> Iterator[DirectoryEntry]:
    """What the words typed mean: places and things they name, then actions that have them."""
    findings = known.plan.engine.find(typed, by_meaning=False)
    reading = findings.reading
    keys = [*(place.key for place in reading.places), *(key for one in reading.concepts for key in one.named)]
    yield from (known.by_key[key] for key in keys if key in known.by_key)
    begun = all(concept.kind == "beginning" for concept in reading.concepts)
    if (begun or not findings.weak) and not reading.only_places:
        codes = {known.plan.documents[number].code: None for number in findings.ranked()[:MOST_OF_A_KIND]}
        by_code = {entry.code: entry for entry in known.entries if entry.kind == Kind.ACTION and entry.code in codes}
        yield from (by_code[code] for code in codes)


def _few(entries: Iterable[DirectoryEntry]) -> Iterator[DirectoryEntry]:
    kinds: Counter[Kind] = Counter()
    seen: set[Target] = set()
    for entry in entries:
        if entry.target not in seen and kinds[entry.kind] < MOST_OF_A_KIND and len(seen) < MOST:
            seen.add(entry.target)
            kinds[entry.kind] += 1
            yield entry
