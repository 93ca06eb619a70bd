"""Load the bodies, rules and mandates that Aumenta ships for a territory; what is there is never overwritten."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction

from aumenta.activity.public_revision import touch
from aumenta.governance.models import Body, BodyRule, Holder, Mandate
from aumenta.plan.load_frameworks import rows as table_rows
from aumenta.territory.models import Territory, Zone

FOLDER: Final = Path(__file__).parent / "data"
SOURCES: Final = {"verbale 2023": "Consiglio metropolitano, verbale dell'adunanza del 10/05/2023, atto n. 23"}


def rows(city: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of `data/<city>`; none where there is no such table."""
    path = FOLDER / city / name
    if path.is_file():
        yield from table_rows(path)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@transaction.atomic
def load_bodies(*, territory: Territory) -> int:
    """The bodies of `data/<city>`, with rules and mandates; returns how many were made. None where one is there."""
    if Body.objects.filter(territory=territory).exists():
        return 0
    for row in rows(territory.slug, "bodies.csv"):
        for place, zone in enumerate(territory.zones.order_by("number") if row["zone"] == "all" else [None]):
            _write_body(territory, row, zone, place)
    made = {body.slug: body for body in Body.objects.filter(territory=territory)}
    _write_rules(territory, made)
    _write_mandates(territory, made)
    touch()
    return len(made)


def _write_body(territory: Territory, row: dict[str, str], zone: Zone | None, place: int) -> None:
    number = f" {zone.number}" if zone else ""
    Body.objects.create(
        slug=f"{row['slug']}-{zone.number}" if zone else row["slug"],
        kind=row["kind"],
        territory=territory,
        zone=zone,
        parent=Body.objects.get(slug=row["parent"]) if row["parent"] else None,
        name_it=row["name_it"] + number,
        name_en=row["name_en"] + number,
        seats=int(row["seats"]) if row["seats"] else None,
        from_day=_day(row["from_day"]),
        source=row["source"],
        position=Body.objects.count() + place,
    )


def _write_rules(territory: Territory, bodies: dict[str, Body]) -> None:
    for row in rows(territory.slug, "rules.csv"):
        for body in bodies.values():
            if body.slug != row["body"] and not (body.zone_id and row["body"] == "zona"):
                continue
            BodyRule.objects.create(
                body=body,
                matter=row["matter"],
                record=rule_record(row),
                from_day=_day(row["from_day"]),
                to_day=_day(row["to_day"]),
                citation=row["citation"],
                doubt=row["doubt"],
            )


def rule_record(row: dict[str, str]) -> dict[str, object]:
    """The record that the count reads, from the columns of a rule."""
    return {
        "quorum": {
            "of": row["quorum_of"],
            "share": row["quorum_share"],
            "without_chair": row["without_chair"] == "true",
        },
        "majority": {
            "of": row["majority_of"],
            "share": row["majority_share"],
            "strictly_more": row["strictly_more"] == "true",
            "residents_share": row["residents_share"],
        },
        "abstentions": row["abstentions"],
        "tie": row["tie"],
    }


def _write_mandates(territory: Territory, bodies: dict[str, Body]) -> None:
    for row in rows(territory.slug, "mandates.csv"):
        gone = Mandate.objects.filter(body=bodies[row["body"]], holder__full_name=row["replaces"]).first()
        Mandate.objects.create(
            body=bodies[row["body"]],
            holder=Holder.objects.get_or_create(full_name=row["name"], note="")[0],
            role=row["role"],
            from_day=date.fromisoformat(row["from_day"]),
            from_attested=True,
            to_day=_day(row["to_day"]),
            replaces=gone,
            source=SOURCES.get(row["source"], row["source"]),
        )
