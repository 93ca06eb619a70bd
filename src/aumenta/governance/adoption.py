"""What was adopted: which act decided on an edition, on which text of it, with which vote. Nothing of it is stored."""

from dataclasses import dataclass

from aumenta.governance.models import Act, Vote
from aumenta.plan.models import Edition
from aumenta.review.models import Release

DECIDED = (
    Act.State.RECORDED,
    Act.State.ADOPTED,
    Act.State.PUBLISHED,
    Act.State.ENFORCEABLE,
    Act.State.IN_FORCE,
    Act.State.SUPERSEDED,
)


@dataclass(frozen=True)
class Adopted:
    """The text a body decided on: its hash, and the dated version of the edition it is."""

    digest: str
    release: Release | None
    vote: Vote


def acts_of(edition: Edition) -> list[Act]:
    """The acts that adopted or updated an edition, the latest first; none that is invented."""
    acts = Act.objects.filter(
        edition=edition, invented=False, state__in=DECIDED, kind__in=[Act.Kind.PLAN, Act.Kind.UPDATE]
    )
    return list(acts.select_related("body").order_by("-day"))


def adopted_text(act: Act) -> Adopted | None:
    """What was voted; None where the act was not decided on here, by a vote on a text."""
    if act.state not in DECIDED:
        return None
    whole = act.polls.filter(subject=Vote.Subject.WHOLE, session__body=act.body_id, text__isnull=False)
    vote = whole.exclude(closed_at=None).select_related("text__release__edition", "session").last()
    return Adopted(vote.text.digest, vote.text.release, vote) if vote is not None and vote.text else None
