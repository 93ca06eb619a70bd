"""Load the instruments that the sources name, with what is known of their versions; items whose names no source gives
are not invented: an instrument without items has one, itself."""

from collections.abc import Mapping

from django.db import transaction

from aumenta.governance.load_bodies import rows
from aumenta.governance.models import Act, Instrument, InstrumentItem, InstrumentVersion
from aumenta.plan.models import FrameworkItem
from aumenta.territory.models import Municipality, Territory


@transaction.atomic
def load_instruments(*, territory: Territory) -> int:
    """The versions of `data/<city>/instruments.csv` that are not there yet, with their items of `items.csv`; returns
    how many. What the office has changed stays."""
    there = set(
        InstrumentVersion.objects.filter(instrument__territory=territory).values_list("instrument__slug", "label")
    )
    made: dict[tuple[str, str], InstrumentVersion] = {}
    for place, row in enumerate(rows(territory.slug, "instruments.csv")):
        if (row["slug"], row["label"]) not in there:
            made[row["slug"], row["label"]] = _version(territory, row, place)
    _load_items(territory, made)
    return len(made)


def _version(territory: Territory, row: Mapping[str, str], place: int) -> InstrumentVersion:
    instrument, _new = Instrument.objects.get_or_create(
        slug=row["slug"],
        defaults={
            "territory": territory,
            "kind": row["kind"],
            "name_it": row["name_it"],
            "name_en": row["name_en"],
            "printed_as": FrameworkItem.objects.filter(framework__code=row["framework"], slug=row["item"]).first(),
            "position": place,
        },
    )
    act = Act.objects.filter(body__territory=territory, number=row["act_number"], year=row["act_year"] or None)
    return InstrumentVersion.objects.create(
        instrument=instrument,
        label=row["label"],
        act=act.filter(day=row["act_day"] or None).first() if row["act_number"] else None,
        from_day=row["from_day"] or None,
        horizon=int(row["horizon"]) if row["horizon"] else None,
        whole=row["whole"] == "yes",
        source=row["source"],
    )


def _load_items(territory: Territory, made: Mapping[tuple[str, str], InstrumentVersion]) -> None:
    """The items of each version, wholes before their parts."""
    there: dict[tuple[int, str], InstrumentItem] = {}
    for place, row in enumerate(rows(territory.slug, "items.csv")):
        version = made.get((row["slug"], row["label"]))
        if version is None:
            continue
        there[version.pk, row["code"]] = InstrumentItem.objects.create(
            version=version,
            parent=there.get((version.pk, row["parent"])),
            level=row["level"],
            code=row["code"],
            title_it=row["title_it"],
            title_en=row["title_en"],
            led_by=row["led_by"],
            source=row["source"],
            position=place,
        )
    places = dict(Municipality.objects.filter(territory=territory).values_list("istat_code", "pk"))
    inside = InstrumentItem.municipalities.through
    found = []
    for row in rows(territory.slug, "item_municipalities.csv"):
        version = made.get((row["slug"], row["label"]))
        if version is not None and row["istat_code"] in places:
            item = there[version.pk, row["code"]]
            found.append(inside(instrumentitem_id=item.pk, municipality_id=places[row["istat_code"]]))
    inside.objects.bulk_create(found)
