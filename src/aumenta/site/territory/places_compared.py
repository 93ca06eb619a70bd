"""Which places stand side by side, read from an address such as «?luogo=comune-001272&luogo=zona-5»."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from aumenta.core.text import slug
from aumenta.site.territory.shown import Column, Shown, column, name_of
from aumenta.territory.find_places import WORD, find
from aumenta.territory.queries import BELT, MUNICIPALITY, WHOLE, ZONE

MOST = 5
KINDS = {"comune": MUNICIPALITY, "zona": ZONE, "fascia": BELT, "tutto": WHOLE}


@dataclass(frozen=True)
class PlaceChoice:
    """A chosen place, its word in the address, and the address without it."""

    word: str
    column: Column
    without: str


@dataclass
class Comparison:
    """The places chosen, what was not understood, and the address to go to once something was added."""

    chosen: list[PlaceChoice] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    settled: str | None = None

    @property
    def query(self) -> str:
        """The query of an address that compares these places."""
        return query([choice.word for choice in self.chosen])


def compared(shown: Shown, words: Sequence[str], added: str) -> Comparison:
    """Read the places; a name that was added leads to the address that has it, so that it can be kept and sent."""
    comparison = Comparison()
    known: list[str] = []
    for word in dict.fromkeys(words):
        if _position(shown, word) is None:
            comparison.problems.append(_("There is no place “%(word)s”.") % {"word": word[:40]})
        elif len(known) == MOST:
            comparison.problems.append(_("Up to five places can be compared: the others were left out."))
            break
        else:
            known.append(word)
    if added := added.strip()[:100]:
        found = _named(shown, added)
        if found is None:
            comparison.problems.append(
                _("No place here is called “%(name)s”: write the name of a municipality, a zone or a belt.")
                % {"name": added}
            )
        elif found not in known and len(known) == MOST:
            comparison.problems.append(_("Up to five places can be compared: take one away first."))
        else:
            comparison.settled = query([*known, *([found] if found not in known else [])])
            return comparison
    comparison.chosen = [
        PlaceChoice(word, column(shown, position), query([other for other in known if other != word]))
        for word in known
        if (position := _position(shown, word)) is not None
    ]
    return comparison


def query(words: Sequence[str]) -> str:
    """The query of an address that compares these places."""
    return f"?{urlencode([('luogo', word) for word in words])}"


def _position(shown: Shown, word: str) -> int | None:
    kind, _hyphen, key = word.partition("-")
    if kind == "tutto":
        return shown.whole
    return shown.table.find(KINDS.get(kind, ""), key, shown.territory.code)


def _named(shown: Shown, name: str) -> str | None:
    """The word of the place with this name, in either language; the whole, zones and belts before municipalities."""
    wanted = slug(name)
    for word, kind in (("tutto", WHOLE), ("zona", ZONE), ("fascia", BELT)):
        for i in shown.positions(kind):
            place = shown.table.places[i]
            numbered = (f"zona-{place.key}", f"zone-{place.key}") if kind == ZONE else ()
            names = {slug(name_of(place)), *numbered, *((place.key,) if kind == BELT else ())}
            if wanted in names:
                return word if kind == WHOLE else f"{word}-{place.key}"
    hits = [hit for hit in find(shown.territory, name) if hit.exists]
    return f"comune-{hits[0].code}" if hits and (hits[0].score >= WORD or len(hits) == 1) else None
