"""What pages ask of contributions: the queue of the office, what the public reads, how a receipt stands."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from aumenta.people.models import User
from aumenta.plan.models import Action
from aumenta.voices.models import Answer, Claim, Consultation, Contribution, ContributionMailAttempt, ContributionSender

SOON: Final = timedelta(days=14)
"""From when on an answer that is due is pointed out."""
MOST_ASKED: Final = 20
"""How many of those who asked for a sheet stand on its page; the page of answers has them all."""
WAITING, WRITTEN, READY, DONE = "waiting", "written", "ready", "done"


IN_STANDING: Final = {
    WAITING: Q(answer=None),
    WRITTEN: Q(answer__state=Answer.State.DRAFT),
    READY: Q(answer__state=Answer.State.REVIEWED),
    DONE: Q(answer__state=Answer.State.PUBLISHED),
}
"""Which points stand where on the way from a contribution to a published answer."""


def points_of(consultation: Consultation) -> QuerySet[Claim]:
    """The points that wait for an answer or have one, those that are due first."""
    rows = Claim.objects.filter(
        contribution__consultation=consultation,
        contribution__withdrawn=False,
        contribution__admission=Contribution.Admission.ADMITTED,
    )
    rows = rows.select_related("contribution__zone", "contribution__taken_by", "contribution__same_as", "answer")
    return rows.order_by("contribution__answer_due", "contribution__pk", "position")


def counts_of(consultation: Consultation) -> Mapping[str, int]:
    """How many points are in each standing, how many contributions wait to be admitted or erased, how many are late."""
    points = {name: Count("pk", filter=where) for name, where in IN_STANDING.items()}
    found: dict[str, int] = points_of(consultation).order_by().aggregate(**points)
    came = consultation.contributions
    found["to_admit"] = came.filter(admission=Contribution.Admission.RECEIVED, withdrawn=False).count()
    found["to_erase"] = came.exclude(erasure_asked_on=None).count()
    found["late"] = overdue(timezone.localdate()).filter(consultation=consultation).count()
    return found


def overdue(today: date, within: timedelta = timedelta(0)) -> QuerySet[Contribution]:
    """The contributions whose answer is due before `today`, or `within` a time from it."""
    return Contribution.objects.to_be_answered().filter(answer_due__lt=today + within)


def due_for(person: User, today: date) -> Mapping[str, int]:
    """What the desk's first page says of answers: those she took charge of, and those nobody has."""
    near = overdue(today, SOON)
    return {
        "mine": near.filter(taken_by=person).count(),
        "nobodys": near.filter(taken_by=None).count(),
        "late": overdue(today).count(),
        "to_admit": Contribution.objects.filter(
            admission=Contribution.Admission.RECEIVED, withdrawn=False, consultation__isnull=False
        ).count(),
        "to_erase": Contribution.objects.exclude(erasure_asked_on=None).count(),
        "to_review": Answer.objects.filter(state=Answer.State.DRAFT, remark="").exclude(writers=person).count(),
    }


def shown_answers(consultation: Consultation) -> QuerySet[Answer]:
    """The answers that the public reads, each with the points of those contributions that anybody may read."""
    public = Contribution.objects.shown().filter(consultation=consultation)
    claims = Claim.objects.filter(contribution__in=public).select_related("contribution__municipality")
    rows = Answer.objects.filter(state=Answer.State.PUBLISHED, claims__contribution__in=public).distinct()
    rows = rows.select_related("version__edition").prefetch_related(Prefetch("claims", claims, to_attr="shown_claims"))
    return rows.order_by("version__code", "pk")


def asked_of(action: Action) -> list[Claim]:
    """Who asked for a sheet: the points that anybody may read and whose published answer names it, in order."""
    rows = Claim.objects.filter(
        contribution__in=Contribution.objects.shown(),
        answer__state=Answer.State.PUBLISHED,
        answer__version__action=action,
    )
    return list(
        rows.select_related("contribution__consultation", "answer").order_by("contribution", "position")[:MOST_ASKED]
    )


def shown_outcomes(consultation: Consultation) -> Mapping[str, int]:
    """How many points that anybody may read were answered, by outcome."""
    public = Contribution.objects.shown().filter(consultation=consultation)
    rows = Claim.objects.filter(contribution__in=public, answer__state=Answer.State.PUBLISHED).order_by()
    return {row["answer__outcome"]: row["n"] for row in rows.values("answer__outcome").annotate(n=Count("pk"))}


def answered_in_figures(consultation: Consultation) -> Mapping[str, int]:
    """How many contributions came, were admitted, may be read; how many points were answered, and how."""
    came = consultation.contributions.filter(withdrawn=False)
    admitted, refused = Q(admission=Contribution.Admission.ADMITTED), Q(admission=Contribution.Admission.REFUSED)
    shown = Contribution.objects.shown().filter(consultation=consultation)
    figures = came.order_by().aggregate(
        came=Count("pk"),
        not_admitted=Count("pk", filter=refused),
        closed=Count("pk", filter=admitted & Q(closed_at__isnull=False)),
        waiting=Count("pk", filter=~refused & Q(closed_at__isnull=True)),
    )
    points = Claim.objects.filter(contribution__in=came.filter(admitted), answer__state=Answer.State.PUBLISHED)
    outcomes = points.order_by().values_list("answer__outcome").annotate(n=Count("pk"))
    answered = {str(outcome): n for outcome, n in outcomes}
    return {**figures, "shown": shown.count(), "points": sum(answered.values()), **answered}


def published_points(contribution: Contribution) -> list[Claim]:
    """The points of a contribution, each with its answer where that is published."""
    rows = list(contribution.claims.select_related("answer__version__edition", "contribution"))
    for one in rows:
        if one.answer and one.answer.state != Answer.State.PUBLISHED:
            one.answer = None
    return rows


def receipt_standing(contribution: Contribution) -> str:
    """How the mail with number and secret stands: none, held, nowhere (this site sends none), waiting, again, failed,
    sent."""
    sender = ContributionSender.objects.filter(contribution=contribution).first()
    if sender is None or not sender.email:
        return "none"
    if sender.receipt_held:
        return "held"
    tried = contribution.attempts.filter(kind=ContributionMailAttempt.Kind.RECEIPT).last()
    if tried is None:
        return "waiting" if settings.EMAIL_HOST else "nowhere"
    if tried.failure:
        return "again" if tried.again_at else "failed"
    return "sent" if settings.EMAIL_HOST else "nowhere"
