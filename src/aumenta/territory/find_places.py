"""Find my municipality by all that people call it: name, former name, hamlet, postcode, code, or a guess at the
spelling; and the zones that go by a name of their own, such as Valsusa."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet
from rapidfuzz import fuzz

from aumenta.core.text import slug
from aumenta.territory.models import FormerName, Municipality, OtherName, Territory, Zone

BEST, KNOWN, PREFIX, WORD = 100.0, 97.0, 95.0, 90.0
NEAR_ENOUGH = 72.0
MOST = 12
_ANNOUNCED = re.compile(r"^(?:il-|la-)?(?:comune|citta|municipio|paese|municipality|town|city)-(?:di|d|of)-(?=.)")


@dataclass(frozen=True)
class Hit:
    """A municipality that answers, and under which name where that is not its own; `former`: it bore it once."""

    code: str
    name: str
    under: str
    exists: bool
    score: float
    former: bool = False


@dataclass(frozen=True)
class ZoneHit:
    """A zone that answers, and under which name where that is not its own."""

    number: int
    name: str
    under: str


def find(territory: Territory, asked: str) -> list[Hit]:
    """The municipalities that `asked` may mean, the likeliest first; accents, case and signs don't count."""
    wanted = _wanted(asked)
    if not wanted:
        return []
    best: dict[str, Hit] = {}
    for code, name, under, exists in _names(territory):
        # Codes are typed with and without their zeros: 001272 and 1272.
        score = BEST if wanted.lstrip("0") == code.lstrip("0") else _score(wanted, slug(under or name))
        if score >= NEAR_ENOUGH and (code not in best or best[code].score < score):
            best[code] = Hit(code, name, under, exists, score, former=bool(under))
    if not any(hit.score == BEST for hit in best.values()):
        _add_other_names(territory, wanted, best)
    hits = sorted(best.values(), key=lambda hit: (-hit.score, not hit.exists, hit.name))
    # Where something begins with the very letters asked for, mere likeness would only be in the way.
    if hits and hits[0].score >= WORD:
        hits = [hit for hit in hits if hit.score >= WORD]
    return hits[:MOST]


def find_zones(territory: Territory, asked: str) -> list[ZoneHit]:
    """The zones that go by the name asked for, their own or one in daily use."""
    wanted = _wanted(asked)
    if not wanted:
        return []
    own = Zone.objects.filter(territory=territory).order_by("number").values_list("number", "name")
    others = OtherName.objects.filter(zone__territory=territory).order_by("zone__number", "name")
    names = [(number, name, "") for number, name in own]
    names += list(others.values_list("zone__number", "zone__name", "name"))
    found: dict[int, ZoneHit] = {}
    for number, name, under in names:
        if wanted in {slug(under or name), f"zona-{number}", f"zona-omogenea-{number}"}:
            found.setdefault(number, ZoneHit(number, name, under))
    return list(found.values())


def _wanted(asked: str) -> str:
    """What is looked for, without signs and without «comune di» before it; "" where there is nothing to look for."""
    wanted = slug(asked)
    if not asked.strip() or wanted == "x" != asked.strip().casefold():
        return ""
    return _ANNOUNCED.sub("", wanted)


def _add_other_names(territory: Territory, wanted: str, best: dict[str, Hit]) -> None:
    """Hamlets, postcodes and names in daily use, by their very words: of thousands, a likeness would say nothing."""
    rows = OtherName.objects.filter(municipality__territory=territory)
    for code, name, under in rows.values_list("municipality__istat_code", "municipality__name", "name"):
        if slug(under) == wanted:
            best[code] = Hit(code, name, under, True, KNOWN)


def _score(wanted: str, name: str) -> float:
    if name == wanted:
        return BEST
    if name.startswith(wanted):
        return PREFIX
    if f"-{wanted}" in f"-{name}":
        return WORD
    if len(wanted) < 3:
        return 0.0
    first_words = "-".join(name.split("-")[: wanted.count("-") + 1])
    return max(fuzz.ratio(wanted, name), fuzz.ratio(wanted, first_words) - 3)


def _names(territory: Territory) -> list[tuple[str, str, str, bool]]:
    """Code, name, other name it is known by ("" for its own), and whether it still exists."""
    own: QuerySet[Municipality] = Municipality.objects.of(territory)
    names = [
        (code, name, "", valid_to is None) for code, name, valid_to in own.values_list("istat_code", "name", "valid_to")
    ]
    former = FormerName.objects.filter(municipality__territory=territory).values_list(
        "municipality__istat_code", "municipality__name", "name"
    )
    return names + [(code, name, under, True) for code, name, under in former]
