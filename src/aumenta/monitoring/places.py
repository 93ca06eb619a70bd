"""The places that readings are about: made from the territory, found by code or name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import override

from aumenta.activity.log import log
from aumenta.core.tables import TableError
from aumenta.core.text import name_key
from aumenta.monitoring.activity import PLACES_MEASURED
from aumenta.monitoring.models import MeasuredPlace
from aumenta.monitoring.rules import may_publish_indicators
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.territory.models import FormerName, Municipality, Succession, Territory, Zone


@dataclass(frozen=True)
class Compared:
    """A place beyond the territory to compare it with."""

    code: str
    kind: str
    name_it: str
    name_en: str = ""


@transaction.atomic
def prepare_places(*, person: User | None, territory: Territory, code: str, compared: list[Compared]) -> int:
    """Make a place of each municipality and zone of a territory, of the territory itself (called `code`, such as
    ITC11) and of those it is compared with. What is there stays; the territory's name is brought up to date. Returns
    how many were made.

    `person` is None where the system prepares itself. Raises NotAllowedError.
    """
    if person is not None:
        check_permission(may_publish_indicators(person))
    there = set(MeasuredPlace.objects.values_list("code", flat=True))
    wanted = [
        *(
            MeasuredPlace(code=one.istat_code, kind="municipality", name_it=one.name, municipality=one)
            for one in Municipality.objects.current().of(territory)
        ),
        *(
            MeasuredPlace(code=f"Z{zone.number}", kind="zone", name_it=zone.name, zone=zone)
            for zone in Zone.objects.filter(territory=territory)
        ),
        MeasuredPlace(code=code, kind="territory", territory=territory, **_full_names(territory)),
        *(MeasuredPlace(code=o.code, kind=o.kind, name_it=o.name_it, name_en=o.name_en) for o in compared),
    ]
    made = [place for place in wanted if place.code not in there]
    MeasuredPlace.objects.bulk_create(made)
    MeasuredPlace.objects.filter(kind="territory", territory=territory).update(**_full_names(territory))
    if made:
        log(code=PLACES_MEASURED, person=person, subject=territory.name)
    return len(made)


def _full_names(territory: Territory) -> dict[str, str]:
    """With its kind: «Torino» alone would be read as the municipality, in every table that names its places."""
    names = {}
    for language in ("it", "en"):
        with override(language):
            names[f"name_{language}"] = territory.full_name
    return names


@dataclass
class PlaceFinder:
    """Finds places by what files call them; made once for a file, in four queries."""

    by_code: Mapping[str, int] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=dict)
    gone: dict[str, tuple[str, str]] = field(default_factory=dict)
    _known: dict[str, int] = field(default_factory=dict)

    def find(self, written: str) -> int:
        """The key of the place. Raises TableError: place_gone (a municipality that no longer exists),
        place_ambiguous, place_unknown."""
        found = self._known.get(written)
        if found is None:
            found = self._known[written] = self._look_for(written)
        return found

    def _look_for(self, written: str) -> int:
        for code in (written, written.upper(), written.zfill(6) if written.isascii() and written.isdigit() else ""):
            if code in self.by_code:
                if code not in (written, written.upper()):
                    raise TableError("place_lost_zeros", shown=written[:40], whole=code)
                return self.by_code[code]
        if written in self.gone:
            name, successor = self.gone[written]
            raise TableError("place_gone", shown=written, name=name, successor=successor)
        named = self.by_name.get(name_key(written), set())
        if len(named) > 1:
            raise TableError("place_ambiguous", shown=written[:60])
        if not named:
            raise TableError("place_unknown", shown=written[:60])
        return next(iter(named))


def place_finder() -> PlaceFinder:
    """Every measured place by code and name, and the municipalities that are no more with what became of them."""
    finder = PlaceFinder()
    codes: dict[str, int] = {}
    for key, code, italian, english in MeasuredPlace.objects.values_list("pk", "code", "name_it", "name_en"):
        codes[code] = key
        for name in {italian, english} - {""}:
            finder.by_name.setdefault(name_key(name), set()).add(key)
    finder.by_code = codes
    former = FormerName.objects.filter(municipality__measured__isnull=False)
    for name, key in former.values_list("name", "municipality__measured__pk"):
        finder.by_name.setdefault(name_key(name), set()).add(key)
    leads = Succession.objects.exclude(kind=Succession.Kind.CEDED).values_list(
        "predecessor__istat_code", "predecessor__name", "successor__istat_code", "successor__name"
    )
    for code, name, new_code, new_name in leads:
        finder.gone[code] = (name, f"{new_name} ({new_code})")
    past = Municipality.objects.filter(valid_to__isnull=False).exclude(istat_code__in=finder.gone)
    finder.gone |= {code: (name, "–") for code, name in past.values_list("istat_code", "name")}
    return finder
