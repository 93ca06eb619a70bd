"""Find my municipality: by name, former name, code or a guess at the spelling."""

from dataclasses import dataclass

from django.db.models import QuerySet
from rapidfuzz import fuzz

from aumenta.core.text import slug
from aumenta.territory.models import FormerName, Municipality, Territory

BEST, PREFIX, WORD = 100.0, 95.0, 90.0
NEAR_ENOUGH = 72.0
MOST = 12


@dataclass(frozen=True)
class Hit:
    """A municipality that answers, and under which name where that is not its own."""

    code: str
    name: str
    under: str
    exists: bool
    score: float


def find(territory: Territory, asked: str) -> list[Hit]:
    """The municipalities that `asked` may mean, the likeliest first; accents, case and signs don't count."""
    wanted = slug(asked)
    if not asked.strip() or wanted == "x" != asked.strip().casefold():
        return []
    best: dict[str, Hit] = {}
    for code, name, under, exists in _names(territory):
        score = BEST if asked.strip() == code else _score(wanted, slug(under or name))
        if score >= NEAR_ENOUGH and (code not in best or best[code].score < score):
            best[code] = Hit(code, name, under, exists, score)
    hits = sorted(best.values(), key=lambda hit: (-hit.score, not hit.exists, hit.name))
    # Where something begins with the very letters asked for, mere likeness would only be in the way.
    if hits and hits[0].score >= WORD:
        hits = [hit for hit in hits if hit.score >= WORD]
    return hits[:MOST]


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
