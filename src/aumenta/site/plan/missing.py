"""What an axis, a strategy or an action may be where the edition has none of the code asked for."""

import re
from collections.abc import Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.people.reader import field_in_language, reader_language
from aumenta.plan.find.catalogue import Entry, catalogue
from aumenta.plan.models import Axis, Edition, Strategy
from aumenta.site.plan.editions import Editions
from aumenta.ui.not_found import NotHereError, Way

Coded = Axis | Strategy | Entry
_ROUTES: Final = {1: "axis", 2: "strategy", 3: "action"}
_NUMBER: Final = re.compile(r"\d{1,4}", re.ASCII)


def nothing_with_code(shown: Editions, code: str, parts: int) -> NotHereError:
    """The 404 of a code of one number (axis), two (strategy) or three (action): with the page of the code written
    rightly, the same code in other editions, the nearest one here and what it would be a part of."""
    edition = shown.shown
    numbers = tuple(int(number) for number in _NUMBER.findall(code[:40]))[:parts]
    return NotHereError(_sentence(parts) % {"code": code[:40]}, _ways(shown, edition, numbers, parts))


def _sentence(parts: int) -> str:
    match parts:
        case 1:
            return _("This edition has no axis “%(code)s”.")
        case 2:
            return _("This edition has no strategy “%(code)s”.")
        case _:
            return _("This edition has no action “%(code)s”.")


def _ways(shown: Editions, edition: Edition, numbers: tuple[int, ...], parts: int) -> list[Way]:
    written = ".".join(str(number) for number in numbers)
    here = _coded(edition, parts)
    same = [one for one in here if one.code == written]
    ways = [_way(one, edition, parts) for one in same]
    for other in shown.others:
        ways += [_way(one, other, parts) for one in _coded(other, parts) if one.code == written]
    if numbers and not same:
        ways += [_way(one, edition, parts) for one in _nearest(here, numbers)]
        if len(numbers) > 1:
            whole = ".".join(str(number) for number in numbers[: parts - 1])
            ways += [_way(one, edition, parts - 1) for one in _coded(edition, parts - 1) if one.code == whole]
    every = reverse("site:actions" if parts == len(_ROUTES) else "site:edition", args=[edition.label])
    words = _("All actions of the plan %(label)s") if parts == len(_ROUTES) else _("The whole plan %(label)s")
    return [*ways, Way(words % {"label": edition.label}, every)]


def _coded(edition: Edition, parts: int) -> Sequence[Coded]:
    match parts:
        case 1:
            return list(Axis.objects.filter(edition=edition).order_by("number"))
        case 2:
            return list(Strategy.objects.of(edition))
        case _:
            # Kept in the process already: whoever tries one wrong code after the other costs no reading of all sheets.
            return catalogue(edition).entries


def _nearest(here: Sequence[Coded], numbers: tuple[int, ...]) -> Sequence[Coded]:
    """The one whose code begins alike for longest, and is then least far away; none where no more than the number of an
    axis that is not there was asked for: 2.1.2 is not what 9.9.9 meant."""

    def far(one: Coded) -> list[int]:
        own = [int(number) for number in one.code.split(".")]
        return [abs(mine - asked) for mine, asked in zip(own, numbers, strict=False)]

    nearest = min(here, key=far, default=None)
    return [] if nearest is None or far(nearest)[0] > (1 if len(numbers) == 1 else 0) else [nearest]


def _way(thing: Coded, edition: Edition, parts: int) -> Way:
    title = field_in_language(thing, "title", reader_language())[0]
    named = {"code": thing.code, "title": title, "label": edition.label}
    address = reverse(f"site:{_ROUTES[parts]}", args=[edition.label, thing.code])
    return Way(_("%(code)s %(title)s, in the plan %(label)s") % named, address)
