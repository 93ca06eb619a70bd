"""The places of a territory by every name that people use: municipalities, zones, hamlets, postcodes, codes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from aumenta.core.search import NamedPlace
from aumenta.core.search.words import plain_word
from aumenta.core.text import fold
from aumenta.plan.models import ActionPlace
from aumenta.territory.models import FormerName, Municipality, OtherName, Succession, Territory, Zone


def read_places(territory: Territory, vocabulary: Collection[str]) -> list[NamedPlace]:
    """All names of its places, in five queries; `vocabulary` holds the folded words that texts use as well.

    Keys are «m:» and the ISTAT code, or «z:» and the number of the zone. A municipality that no longer exists leads to
    its successor.
    """
    places: list[NamedPlace] = []
    current = list(Municipality.objects.of(territory).current().values_list("istat_code", "name"))
    for code, name in current:
        plain = fold(name) in vocabulary or fold(name) in ORDINARY
        places.append(NamedPlace(f"m:{code}", name, "", plain))
        places += [NamedPlace(f"m:{code}", name, one) for one in (code, code.lstrip("0"))]
        if "'" in name:
            places.append(NamedPlace(f"m:{code}", name, name.replace("'", "")))
    rows = FormerName.objects.filter(municipality__territory=territory)
    for code, name, under in rows.values_list("municipality__istat_code", "municipality__name", "name"):
        places.append(NamedPlace(f"m:{code}", name, under))
    merged = Succession.objects.filter(successor__territory=territory, kind=Succession.Kind.MERGED)
    for code, name, under in merged.values_list("successor__istat_code", "successor__name", "predecessor__name"):
        places.append(NamedPlace(f"m:{code}", name, under))
    zones = list(Zone.objects.filter(territory=territory).values_list("number", "name"))
    for number, name in zones:
        shown = f"{number} {name}"
        places += [NamedPlace(f"z:{number}", shown, one) for one in (name, f"zona {number}", f"zona omogenea {number}")]
    return places + _other_names(territory, dict(current), vocabulary)


def _other_names(territory: Territory, current: dict[str, str], vocabulary: Collection[str]) -> list[NamedPlace]:
    own = {fold(name) for name in current.values()}
    rows = list(
        OtherName.objects.filter(municipality__territory=territory).values_list(
            "municipality__istat_code", "municipality__name", "name", "kind"
        )
    )
    bearers = Counter(fold(name) for _code, _of, name, _kind in rows)
    places = [
        NamedPlace(f"m:{code}", of, name, name in ORDINARY or plain_word(name) in vocabulary or fold(name) in ORDINARY)
        for code, of, name, kind in rows
        # A postcode may be that of many; a name that three bear says nothing of any.
        if kind == OtherName.Kind.POSTCODE or (bearers[fold(name)] <= 2 and fold(name) not in own)
    ]
    areas = OtherName.objects.filter(zone__territory=territory).values_list("zone__number", "zone__name", "name")
    return places + [NamedPlace(f"z:{number}", f"{number} {of}", name) for number, of, name in areas]


PROPOSED = 0.7
ORDINARY = frozenset(
    """none front piscina ala torre rivara barone riva palazzo forno fiorano castello villa barca ronco chiesa inverso
    roma candia cintura monastero pino collegno benne colombaro foresto mulino borgo campo centro""".split()
) - {"collegno"}
"""Names of municipalities and hamlets that are ordinary words in the languages of the site."""


def read_ties(territory: Territory, place: Mapping[int, int]) -> dict[str, dict[int, float]]:
    """The actions tied to each place, by its key; `place` leads from an action's key to its position.

    A zone has the ties of its municipalities too. A tie that was only proposed counts less than a confirmed one.
    """
    tied: dict[str, dict[int, float]] = defaultdict(dict)
    rows = ActionPlace.objects.filter(action__in=place).exclude(state=ActionPlace.State.DECLINED)
    reached = rows.values_list(
        "action_id", "state", "municipality__istat_code", "municipality__zone__number", "zone__number"
    )
    for action, state, code, zone_of, zone in reached:
        weight = 1.0 if state == ActionPlace.State.CONFIRMED else PROPOSED
        keys = ([f"m:{code}"] if code else []) + [f"z:{number}" for number in (zone_of, zone) if number]
        for key in keys:
            number = place[action]
            tied[key][number] = max(tied[key].get(number, 0.0), weight)
    return dict(tied)
