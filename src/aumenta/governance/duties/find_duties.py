"""Every duty with a day, from the room that knows of it. Nothing of it is stored but what the office wrote itself."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.governance.models import Act, BodySecretary, Opinion, OwnDuty
from aumenta.monitoring.actions.asked import unreported
from aumenta.monitoring.models import Indicator, Round, YearlyReport
from aumenta.people.models import User
from aumenta.plan.models import Edition
from aumenta.voices.models import Contribution

AHEAD: Final = timedelta(days=400)
"""As far as the calendar looks: a year and a month, so that each yearly duty is in it once."""
PAST_ROUNDS: Final = timedelta(days=120)
REPORT_DUE: Final = (3, 31)
"""Month and day by which the report of the year before is to be published."""


@dataclass(frozen=True)
class Duty:
    """Something to be done by a day. `key` names it for ever, `where` is its page under the desk. `people` are whose it
    is; nobody in particular means the office. `reminds` is off where the room it comes from writes mails of its own."""

    key: str
    kind: str
    words: str
    day: date
    where: str
    people: tuple[User, ...] = ()
    reminds: bool = True

    def left(self, today: date) -> int:
        """Days left; below zero it is late."""
        return (self.day - today).days


def find_duties(today: date, *, without: Collection[str] = ()) -> list[Duty]:
    """All duties of the coming year and what is late, in the reader's language, the nearest first, but for those of
    some kinds; eight queries, and three for each round of updates that is open."""
    found = [duty for kind, find in SOURCES.items() if kind not in without for duty in find(today)]
    return sorted(found, key=lambda one: (one.day, one.kind, one.key))


def _readings(today: date) -> Iterator[Duty]:
    rows = Indicator.objects.filter(next_due__lte=today + AHEAD).select_related("keeper")
    for one in rows:
        if one.next_due is not None:
            yield Duty(
                f"reading:{one.pk}:{one.next_due}",
                "reading",
                _("Next figure of “%(name)s”") % {"name": one.name},
                one.next_due,
                f"indicatori/{one.code}/",
                _active(one.keeper),
            )


def _rounds(today: date) -> Iterator[Duty]:
    rows = Round.objects.filter(due_on__range=(today - PAST_ROUNDS, today + AHEAD)).select_related("edition")
    for one in rows:
        missing = len(unreported(one))
        if missing:
            words = ngettext("Updates: %(n)s action has none yet", "Updates: %(n)s actions have none yet", missing)
            yield Duty(
                f"round:{one.pk}", "round", words % {"n": missing}, one.due_on, "attuazione/richieste/", reminds=False
            )


def _reports(today: date) -> Iterator[Duty]:
    """The report of last year and the one of this year, for editions that were in force and have actions."""
    years = (today.year - 1, today.year)
    editions = Edition.objects.public().filter(axes__strategies__actions__isnull=False).distinct()
    there = {(one.edition_id, one.year): one for one in YearlyReport.objects.filter(year__in=years)}
    for edition in editions.filter(first_year__lte=years[1], last_year__gte=years[0]):
        for year in years:
            begun = there.get((edition.pk, year))
            public = begun is not None and begun.state == YearlyReport.State.PUBLISHED
            if edition.first_year <= year <= edition.last_year and not public:
                yield Duty(
                    f"report:{edition.pk}:{year}",
                    "report",
                    _("Yearly report %(year)s on the plan %(label)s") % {"year": year, "label": edition.label},
                    date(year + 1, *REPORT_DUE),
                    f"relazioni/{begun.pk}/" if begun else "relazioni/",
                )


def _own(today: date) -> Iterator[Duty]:
    for one in OwnDuty.objects.filter(done_on=None, due_on__lte=today + AHEAD).select_related("person"):
        yield Duty(f"own:{one.pk}", "own", one.title, one.due_on, "scadenze/", _active(one.person))


def _opinions(today: date) -> Iterator[Duty]:
    rows = Opinion.objects.filter(given_on=None, act__state=Act.State.OPINIONS, due_on__lte=today + AHEAD)
    secretaries: dict[int, list[User]] = {}
    for held in BodySecretary.objects.filter(person__is_active=True).select_related("person"):
        secretaries.setdefault(held.body_id, []).append(held.person)
    for one in rows.select_related("body", "act"):
        yield Duty(
            f"opinion:{one.pk}",
            "opinion",
            _("Opinion due: %(body)s (%(act)s)") % {"body": one.body, "act": one.act},
            one.due_on,
            f"atti/{one.act.slug}/",
            tuple(secretaries.get(one.body_id, ())),
        )


def _answers(today: date) -> Iterator[Duty]:
    """The contributions of a consultation that wait for an answer, as one duty with the nearest of their days."""
    waiting = Contribution.objects.to_be_answered().filter(answer_due__lte=today + AHEAD, consultation__isnull=False)
    rows = (
        waiting.order_by()
        .values("consultation_id", "consultation__slug")
        .annotate(n=Count("pk"), day=Min("answer_due"))
    )
    for row in rows:
        words = ngettext("%(n)s contribution waits for an answer", "%(n)s contributions wait for an answer", row["n"])
        yield Duty(
            f"answers:{row['consultation_id']}",
            "answer",
            words % {"n": row["n"]},
            row["day"],
            "consultazioni/",
            reminds=False,
        )


def _active(person: User | None) -> tuple[User, ...]:
    return (person,) if person is not None and person.is_active else ()


SOURCES: Final[dict[str, Callable[[date], Iterator[Duty]]]] = {
    "reading": _readings,
    "round": _rounds,
    "report": _reports,
    "own": _own,
    "opinion": _opinions,
    "answer": _answers,
}
"""Who knows of which kind of duty."""
