"""The verbs that finish and put right a vote: everybody else in the room at once, and a closed vote opened again."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.governance.activity import VOTE_REOPENED
from aumenta.governance.models import Act, Ballot, Vote, VoteCorrection
from aumenta.governance.polls.hold import enter_votes, in_the_room
from aumenta.governance.rules import may_keep_body
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError

UNDECIDED = (Act.State.DRAFTING, Act.State.DEPOSITED, Act.State.EXAMINED, Act.State.OPINIONS)


@transaction.atomic
def enter_rest(*, person: User, vote: Vote, option: str) -> int:
    """Everybody in the room for whom nothing was entered voted alike; returns how many. Who has a vote keeps it.

    Raises NotAllowedError; RefusedError «attendance_needed», «nobody_left», and those of `enter_votes`.
    """
    check_permission(may_keep_body(person, vote.session.body), "enter_votes")
    Vote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    room = in_the_room(vote)
    if room is None:
        raise RefusedError("attendance_needed")
    rest = room - set(Ballot.objects.filter(vote=vote).values_list("seat", flat=True))
    if not rest:
        raise RefusedError("nobody_left")
    enter_votes(person=person, vote=vote, votes=dict.fromkeys(sorted(rest), option), seen={})
    return len(rest)


@transaction.atomic
def reopen_vote(*, person: User, vote: Vote, reason: str) -> Vote:
    """Open a closed vote again to correct it: its first result and the reason stay on the record.

    Raises NotAllowedError; RefusedError «vote_open_already», «step_reason_required», «vote_decided_on».
    """
    check_permission(may_keep_body(person, vote.session.body), "reopen_vote")
    kept: Vote = Vote.objects.select_for_update(of=("self",)).select_related("session", "act").get(pk=vote.pk)
    if kept.closed_at is None:
        raise RefusedError("vote_open_already")
    if not reason.strip():
        raise RefusedError("step_reason_required")
    if kept.act is not None and kept.act.state not in UNDECIDED:
        raise RefusedError("vote_decided_on", act=kept.act)
    VoteCorrection.objects.create(vote=kept, person=person, reason=reason.strip()[:500], before=kept.result)
    kept.closed_at, kept.result = None, None
    kept.save(update_fields=["closed_at", "result"])
    log(code=VOTE_REOPENED, person=person, about=kept, within=str(kept.session), detail=reason.strip()[:500])
    touch()
    return kept
