"""What tests of the monitoring share: a little territory, indicators, and files of readings. All of it is invented."""

from datetime import date
from typing import Any

import shapely
from django.utils import timezone

from aumenta.core.readings import HEADINGS
from aumenta.core.tables import SheetToWrite, write_table
from aumenta.monitoring.actions.states import load_states
from aumenta.monitoring.models import (
    ActionState,
    Indicator,
    MeasuredPlace,
    Milestone,
    Objective,
    Progress,
    Project,
    SourceFile,
    YearlyReport,
)
from aumenta.monitoring.places import Compared, prepare_places
from aumenta.monitoring.projects.take_projects import FORMAT, send_projects
from aumenta.monitoring.reports.gather import record_of
from aumenta.monitoring.reports.record import digest_of
from aumenta.monitoring.take_readings import send_readings, take_readings
from aumenta.plan.models import Action, Edition, Strategy
from aumenta.territory.models import Boundary, Municipality, Territory, Zone

CARD = {"name_it": "Reddito medio", "name_en": "Mean income", "unit_it": "euro", "source": "Inventata", "public": True}
DAY = date(2026, 1, 31)


def a_territory() -> Territory:
    """Four municipalities in two zones, and one that is no more; all of them places of readings."""
    territory = Territory.objects.create(
        code="999",
        slug="altrove",
        name="Altrove",
        region="Nessuna",
        kind="province",
        centre_longitude=7,
        centre_latitude=45,
        tolerance_m=100,
        boundary_year=2023,
        source="inventata",
    )
    zones = [Zone.objects.create(territory=territory, number=n, name=f"Zona {n}") for n in (1, 2)]
    for number in range(1, 5):
        made = Municipality.objects.create(
            istat_code=f"99900{number}",
            name=f"Comune {number}",
            territory=territory,
            zone=zones[(number - 1) // 2],
            zone_confidence="official",
        )
        square = shapely.box(7 + number / 100, 45, 7 + (number + 1) / 100, 45.01)
        Boundary.objects.create(municipality=made, geometry=square.wkb, area_km2=1, longitude=7, latitude=45)
    Municipality.objects.create(istat_code="999009", name="Sparito", territory=territory, valid_to=date(2019, 12, 31))
    compared = [Compared("IT", "country", "Italia", "Italy")]
    prepare_places(person=None, territory=territory, code="ITX", compared=compared)
    return territory


def an_indicator(code: str = "RED", **facts: object) -> Indicator:
    """A public card."""
    return Indicator.objects.create(code=code, **{**CARD, **facts})


def a_file(*rows: Any) -> bytes:
    """A file in the template: indicator, place, period, value, flag, numerator, denominator, note."""
    header = [headings[0] for headings in HEADINGS.values()]
    return write_table([SheetToWrite("dati", header, [[*row, *[None] * (8 - len(row))] for row in rows])], "csv")


def sent(*rows: Any) -> SourceFile:
    """A file that waits to be taken in."""
    return send_readings(person=None, name="dati.csv", data=a_file(*rows), retrieved_on=DAY)


def taken(*rows: Any, reason: str = "") -> SourceFile:
    """A file that was taken in."""
    file = sent(*rows)
    take_readings(person=None, file=file, reason=reason)
    return file


def an_indicator_read() -> Indicator:
    """A public indicator of strategies «2.2» of every edition there is, read three times in two places, for tests of
    pages. It has the code of one that the bundled plan brings."""
    found = Indicator.objects.filter(code="REDDITO").first()
    if found is not None:
        return found
    card = an_indicator("REDDITO", direction=1)
    card.strategies.set(Strategy.objects.filter(axis__number=2, number=2))
    for code, kind in (("IT", "country"), ("ITZ", "region")):
        MeasuredPlace.objects.create(code=code, kind=kind, name_it=code)
    taken(*(["REDDITO", place, str(year), year / 100] for place in ("IT", "ITZ") for year in (2020, 2021, 2022)))
    return card


def a_desk_indicator() -> Indicator:
    """A card of the office with a reading of a country, for tests of the desk."""
    found = Indicator.objects.filter(code="RED").first()
    if found is not None:
        return found
    card = an_indicator()
    MeasuredPlace.objects.get_or_create(code="IT", defaults={"kind": "country", "name_it": "Italia"})
    taken(["RED", "IT", "2020", 10.0], ["RED", "IT", "2021", 11.0])
    return card


def value_of_monitoring(key: str, name: str) -> str | int | None:
    """What stands at a place of an address of the desk that is about monitoring; None for all others."""
    made: Any = {
        ("code", "indicator"): lambda: a_desk_indicator().code,
        ("code", "enter_reading"): lambda: a_desk_indicator().code,
        ("code", "indicator_card"): lambda: a_desk_indicator().code,
        ("code", "readings_template"): lambda: a_desk_indicator().code,
        ("kind", "readings_template"): lambda: "csv",
        ("number", "readings_file"): lambda: (
            SourceFile.objects.filter(taken_at=None).exclude(format=FORMAT).first() or _waiting()
        ),
        ("slug", "action_state"): lambda: a_state().slug,
        ("number", "objective"): lambda: an_objective(),
        ("kind", "projects_template"): lambda: "csv",
        ("number", "projects_file"): lambda: _waiting_projects(),
        ("number", "project"): lambda: a_project(),
        ("number", "change_project"): lambda: a_project(),
        ("number", "yearly_report"): lambda: a_report(),
        ("number", "report_text"): lambda: a_report(),
        ("code", "report_text"): lambda: "1.1",
        ("number", "correct_reading"): lambda: a_desk_indicator().readings.earliest("pk"),
    }.get((key, name))
    value = made() if made else None
    return getattr(value, "pk", value)


def a_report(**facts: Any) -> YearlyReport:
    """A draft of the report of 2025 on the first edition there is."""
    edition = Edition.objects.earliest("pk")
    given = {"as_of": date(2025, 12, 31), **facts}
    return YearlyReport.objects.get_or_create(edition=edition, year=2025, defaults=given)[0]


def a_published_report(edition: Edition) -> YearlyReport:
    """The report of 2022 on an edition, frozen and public."""
    made, new = YearlyReport.objects.get_or_create(edition=edition, year=2022, defaults={"as_of": date(2022, 12, 31)})
    if new:
        made.content = record_of(made, None).as_json()
        made.sha256, made.state = digest_of(made.content), "published"
        made.frozen_at = made.published_at = timezone.now()
        made.save()
    return made


def _waiting() -> SourceFile:
    a_desk_indicator()
    return sent(["RED", "IT", "2022", 12.0])


def a_state(slug: str = "in-corso") -> ActionState:
    """A word of the vocabulary."""
    load_states()
    return ActionState.objects.get(slug=slug)


def an_update(action: Action, review: str = "sent", **facts: Any) -> Progress:
    """An update of an action by somebody of another office."""
    found = Progress.objects.filter(action=action, review=review).first()
    if found is not None and not facts:
        return found
    given = {"state": a_state(), "phase": "design", "as_of": DAY, "reason_it": "Progetto approvato", **facts}
    decided = {"decided_at": timezone.now()} if review == "approved" else {}
    return Progress.objects.create(action=action, review=review, **decided, **given)


def a_milestone(action: Action) -> Milestone:
    """A milestone of an action."""
    facts = {"title_it": "Treni al giorno", "target": 40.0, "begins_on": date(2024, 1, 1), "due_on": date(2026, 12, 31)}
    return Milestone.objects.get_or_create(action=action, defaults=facts)[0]


def an_objective(**facts: Any) -> Objective:
    """An operational objective of the DUP."""
    given = {"level": "dup_operational", "code": "OP-1", "year": 2026, "title_it": "Obiettivo di prova", **facts}
    return Objective.objects.get_or_create(
        level=given["level"], code=given["code"], year=given["year"], defaults=given
    )[0]


PROJECTS = (
    "chiave,cup,titolo,soggetto attuatore,componente,importo totale,pagato,pagato al,alla data del,comuni,province\n"
)


def projects_table(*rows: str) -> bytes:
    """A file of projects in the template."""
    return (PROJECTS + "".join(f"{row}\n" for row in rows)).encode()


def a_project(**facts: Any) -> Project:
    """A project without places."""
    given = {"key": "P-1", "title": "Scuola nuova", "head": "Comune 1", "programme": "PNRR", "as_of": DAY, **facts}
    return Project.objects.get_or_create(key=given["key"], defaults=given)[0]


def _waiting_projects() -> SourceFile:
    found = SourceFile.objects.filter(format=FORMAT, taken_at=None).first()
    data = projects_table("P-9,,Titolo,Comune,M1C1,100,,,2023-02-21,,1")
    return found or send_projects(person=None, name="p.csv", data=data, retrieved_on=DAY)
