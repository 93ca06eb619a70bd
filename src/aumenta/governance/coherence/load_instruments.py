"""Load the instruments that the sources name, with what is known of their versions; items whose names no source gives
are not invented: an instrument without items has one, itself."""

from django.db import transaction

from aumenta.governance.load_bodies import rows
from aumenta.governance.models import Act, Instrument, InstrumentItem, InstrumentVersion
from aumenta.plan.models import FrameworkItem
from aumenta.territory.models import Territory


@transaction.atomic
def load_instruments(*, territory: Territory) -> int:
    """The instruments of `data/<city>/instruments.csv` and the items of `items.csv`; returns how many versions. None
    where one is there."""
    if Instrument.objects.filter(territory=territory).exists():
        return 0
    made: dict[tuple[str, str], InstrumentVersion] = {}
    for place, row in enumerate(rows(territory.slug, "instruments.csv")):
        printed = FrameworkItem.objects.filter(framework__code=row["framework"], slug=row["item"]).first()
        instrument, _new = Instrument.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "territory": territory,
                "kind": row["kind"],
                "name_it": row["name_it"],
                "name_en": row["name_en"],
                "printed_as": printed,
                "position": place,
            },
        )
        act = Act.objects.filter(body__territory=territory, number=row["act_number"], year=row["act_year"] or None)
        made[row["slug"], row["label"]] = InstrumentVersion.objects.create(
            instrument=instrument,
            label=row["label"],
            act=act.filter(day=row["act_day"] or None).first() if row["act_number"] else None,
            from_day=row["from_day"] or None,
            horizon=int(row["horizon"]) if row["horizon"] else None,
            source=row["source"],
        )
    for place, row in enumerate(rows(territory.slug, "items.csv")):
        InstrumentItem.objects.create(
            version=made[row["slug"], row["label"]],
            level=row["level"],
            code=row["code"],
            title_it=row["title_it"],
            title_en=row["title_en"],
            source=row["source"],
            position=place,
        )
    return len(made)
