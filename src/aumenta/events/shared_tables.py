"""The rule for tables that several zones share, in words: it stands beside every number it bears on."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

_MOST_NAMED: Final = 12


def shared_rule(tables: Mapping[int, Sequence[int]]) -> str:
    """How tables of more than one zone count, or "" where there are none; `tables`: number → numbers of its zones."""
    shared = [number for number, zones in sorted(tables.items()) if len(zones) > 1]
    if not shared:
        return ""
    named = ", ".join(map(str, shared[:_MOST_NAMED])) + ("…" if len(shared) > _MOST_NAMED else "")
    return _(
        "Tables that several zones share (%(tables)s) count in each of their zones and once in the whole: "
        "people, seats, stickers and voices alike."
    ) % {"tables": named}


def sums_rule(whole: int, zones: int) -> str:
    """Why the zones' stickers add up to more than the event's, or "" where they do not."""
    if whole == zones:
        return ""
    return _("So the zones add up to %(zones)s stickers, the event to %(whole)s.") % {"zones": zones, "whole": whole}
