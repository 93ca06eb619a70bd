"""Asks by one press that an approved change to the frame be undone: opened, sent, and decided by somebody else."""

from typing import Any, Final, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.people.dates import day_in_words
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Axis, Strategy
from aumenta.review.frame.decide_change import submit_change
from aumenta.review.frame.propose_change import propose_change
from aumenta.review.frame.texts import texts_of
from aumenta.review.models import FrameProposal
from aumenta.review.rules import may_change_frame

Kind = FrameProposal.Kind
_THINGS: Final[dict[str, type[Axis | Strategy | Action]]] = {"axis": Axis, "strategy": Strategy, "action": Action}


class Undoing(NamedTuple):
    """The change that would undo another: its kind, what it is about, what it says."""

    kind: str
    about: Axis | Strategy | Action
    content: dict[str, Any]


def undoing_of(change: FrameProposal) -> Undoing:
    """The change that undoes an approved one; what was taken out is put back elsewhere (`propose_to_put_back`).

    Raises RefusedError «undo_nothing» (not approved, or taken out), «frame_thing_gone», «written_since».
    """
    if change.state != FrameProposal.State.APPROVED or change.takes_out:
        raise RefusedError("undo_nothing")
    verb, _dash, name = change.kind.partition("_")
    if change.is_text:
        verb, name = name, verb
    # As it is now: what came along with the change may be as old as a page.
    thing = _THINGS[name]._default_manager.filter(pk=getattr(change, f"{name}_id")).first()
    if thing is None:
        raise RefusedError("frame_thing_gone")
    if change.is_text:
        if texts_of(thing) != change.content:
            raise RefusedError("written_since", code_of_sheet=thing.code)
        return Undoing(change.kind, thing, change.before)
    if change.moves:
        if thing.code != change.content.get("code"):
            raise RefusedError("written_since", code_of_sheet=thing.code)
        return Undoing(change.kind, thing, {"code": change.code})
    return Undoing(f"drop_{name}", thing, {})


def may_undo_change(person: User, change: FrameProposal) -> bool:
    """Whether there is something to undo, and she may propose it."""
    try:
        kind, about, _content = undoing_of(change)
    except RefusedError:
        return False
    return may_change_frame(person, kind, about)


@transaction.atomic
def propose_to_undo(*, person: User, change: FrameProposal) -> FrameProposal:
    """Open and send the change that undoes this one. Raises what `undoing_of`, `propose_change` and `submit_change`
    raise; then nothing is written."""
    kind, about, content = undoing_of(change)
    assert change.decided_at is not None
    day = day_in_words(timezone.localdate(change.decided_at), "il")
    reason = _("Undoes what was approved on %(day)s") % {"day": day}
    draft = propose_change(person=person, kind=kind, about=about, content=content, reason=reason)
    return submit_change(person=person, change=draft, revision=draft.revision)
