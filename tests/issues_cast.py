"""A small codebook, and what was said for it."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from aumenta.core.text.anchors import Span
from aumenta.plan.models import Edition
from aumenta.territory.models import Territory, Zone
from aumenta.themes.issues.code_passages import code_passage
from aumenta.themes.issues.publish_matrix import publish_matrix
from aumenta.themes.models import Issue
from aumenta.voices.models import Consent, Speaker, Statement, Talk
from tests.cast import somebody
from tests.events_cast import zones


def a_codebook(edition: Edition) -> dict[str, Issue]:
    """Two headings, the first with two issues, the second with one, by their codes."""
    found: dict[str, Issue] = {}
    for heading, issues in ((1, 2), (2, 1)):
        found[str(heading)] = Issue.objects.get_or_create(
            edition=edition, parent=None, position=heading, defaults={"title_it": f"Capo {heading}"}
        )[0]
        for place in range(1, issues + 1):
            found[f"{heading}.{place}"] = Issue.objects.get_or_create(
                edition=edition,
                parent=found[str(heading)],
                position=place,
                defaults={"title_it": f"Criticità {heading}.{place}", "title_en": f"Issue {heading}.{place}"},
            )[0]
    return found


def a_zone(number: int) -> Zone:
    """A zone of an invented territory."""
    return zones(number)[number - 1]


def a_statement(edition: Edition, text: str, talk: Talk | None = None, **facts: Any) -> Statement:
    """What somebody said in an interview, of its own unless a talk is given."""
    usual: dict[str, Any] = {"kind": "interview", "title": "Colloquio", "held_on": date(2026, 5, 3), "level": "unnamed"}
    talk = talk or Talk.objects.create(edition=edition, entered_by=somebody("editor"), **{**usual, **facts})
    return Statement.objects.create(talk=talk, position=talk.statements.count() + 1, text=text)


def a_quotable(edition: Edition, text: str, **talk: Any) -> Statement:
    """What somebody who agreed to be quoted said in a talk that may be quoted."""
    said = a_statement(edition, text, **talk)
    today = timezone.localdate()
    speaker = Speaker.objects.create(talk=said.talk, label="V1", forget_on=today + timedelta(days=300))
    for use in ("take_part", "quote"):
        Consent.objects.create(speaker=speaker, use=use, text_version="1", given_on=today)
    said.speaker, said.on_record = speaker, True
    said.save()
    return said


def said_of_issues(edition: Edition, how_many: int) -> None:
    """A codebook whose first issue so many interviews name, and the counts of them published."""
    issues = a_codebook(edition)
    office = somebody("approver")
    home = Territory.objects.home()
    for n in range(how_many):
        # Where no territory is at home yet nobody is given one: the pages of places would be about it.
        zone = Zone.objects.filter(territory=home, number=n % 3 + 1).first() if home else None
        said = a_statement(edition, f"Voce inventata {n}", zone=zone, invented=True)
        span = Span(0, len(said.text))
        code_passage(person=office, text=said, span=span, issues=[issues["1.1"], issues["2.1"]])
    publish_matrix(person=office, edition=edition)
