"""Proposes a change to the frame of an edition, and writes its draft on."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Axis, Edition, Strategy
from aumenta.plan.sheet_content import content_hash
from aumenta.review.activity import FRAME_PROPOSED
from aumenta.review.frame.texts import MOVES, edition_of, normal_texts, refuse_long_texts, texts_of
from aumenta.review.lock import lock_edition
from aumenta.review.models import FrameProposal, RemovedSheet
from aumenta.review.reasons import refuse_long_reason
from aumenta.review.rules import may_change_frame, may_move_to, may_write_change

Kind = FrameProposal.Kind


@transaction.atomic
def propose_change(
    *,
    person: User,
    kind: str,
    about: Edition | Axis | Strategy | Action,
    content: Mapping[str, Any] | None = None,
    reason: str = "",
    seen: str = "",
) -> FrameProposal:
    """Open a draft. `about` is what is rewritten or taken out, or what the new thing will be part of: an edition for an
    axis, an axis for a strategy, a strategy for an action. `seen` is the hash of the texts her form was drawn from.

    Proposing again what her own draft says already gives that draft. Raises NotAllowedError; RefusedError «frozen»,
    «change_open» (somebody's change of the same thing is open), «change_open_yours» (hers, in another window),
    «frame_changed» (the texts are not those she saw), «reason_too_long» or «frame_text_too_long».
    """
    check_permission(may_change_frame(person, kind, about), "propose_change")
    edition = lock_edition(edition_of(about).pk)
    refuse_long_reason(reason)
    texts = normal_texts(kind, content or {})
    refuse_long_texts(kind, texts)
    if kind in MOVES:
        check_permission(may_move_to(person, edition, texts["code"]), "propose_change")
    place = {name: about for name, model in _PLACES.items() if isinstance(about, model)}
    if (mine := _said_already(person, kind, edition, place, texts, reason)) is not None:
        return mine
    if kind not in (Kind.NEW_AXIS, Kind.NEW_STRATEGY, Kind.NEW_ACTION):
        _refuse_second(kind, place, person)
    # Read under the lock: what was given may be as old as her page.
    before = {} if isinstance(about, Edition) or kind not in _SEEN else texts_of(type(about).objects.get(pk=about.pk))
    if seen and content_hash(before) != seen:
        raise RefusedError("frame_changed", text=before.get("title_it", ""))
    change = FrameProposal.objects.create(
        edition=edition,
        kind=kind,
        code="" if isinstance(about, Edition) else about.code,
        before=before,
        content=texts,
        reason=reason.strip(),
        author=person,
        **place,
    )
    log(code=FRAME_PROPOSED, person=person, about=change, within=edition.label, subject=str(change))
    return change


@transaction.atomic
def propose_to_put_back(*, person: User, removed: RemovedSheet) -> FrameProposal:
    """Ask by one press that what was taken out be put back as it was: opened and sent at once.

    Raises NotAllowedError; RefusedError «frozen», «change_open», and what `removed_of` refuses.
    """
    kind, parent = Kind(f"back_{removed.kind}"), removed.parent
    if parent is None:
        raise RefusedError("frame_thing_gone")
    check_permission(may_change_frame(person, kind, parent), "propose_to_put_back")
    edition = lock_edition(removed.edition_id)
    _refuse_second(kind, {"edition": edition, "code": removed.code}, person)
    change = FrameProposal.objects.create(
        edition=edition,
        kind=kind,
        code=removed.code,
        before={"title_it": removed.title_it, "title_en": removed.title_en},
        axis=removed.axis,
        strategy=removed.strategy,
        reason=removed.reason,
        author=person,
    )
    log(code=FRAME_PROPOSED, person=person, about=change, within=edition.label, subject=str(change))
    return change


@transaction.atomic
def edit_change(
    *, person: User, change: FrameProposal, revision: int, content: Mapping[str, Any], reason: str
) -> FrameProposal:
    """Write her own draft on, as it was at `revision`.

    Raises NotAllowedError; RefusedError «change_not_writable», «change_written_meanwhile» (in another window of hers),
    «reason_too_long» or «frame_text_too_long».
    """
    check_permission(may_write_change(person, change), "edit_change")
    refuse_long_reason(reason)
    texts = normal_texts(change.kind, content)
    refuse_long_texts(change.kind, texts)
    if change.moves:
        check_permission(may_move_to(person, change.edition, texts["code"]), "edit_change")
    held = FrameProposal.objects.select_for_update().get(pk=change.pk)
    if not held.is_writable:
        raise RefusedError("change_not_writable", state=held.get_state_display())
    if (held.content, held.reason) == (texts, reason.strip()):
        return held
    if held.revision != revision:
        raise RefusedError("change_written_meanwhile")
    held.content, held.reason, held.revision, held.saved_at = texts, reason.strip(), revision + 1, timezone.now()
    held.save(update_fields=["content", "reason", "revision", "saved_at"])
    return held


_PLACES: dict[str, type[Axis | Strategy | Action]] = {"axis": Axis, "strategy": Strategy, "action": Action}
_SEEN = (Kind.AXIS_TEXT, Kind.STRATEGY_TEXT, Kind.DROP_AXIS, Kind.DROP_STRATEGY, Kind.DROP_ACTION, *MOVES)


def _said_already(
    person: User, kind: str, edition: Edition, place: Mapping[str, Any], texts: Mapping[str, str], reason: str
) -> FrameProposal | None:
    """Her own draft that says just this: a browser repeats a saving whose answer it never got."""
    drafts = FrameProposal.objects.filter(state="draft", kind=kind, edition=edition, author=person, **place)
    return next((one for one in drafts if one.content == texts and one.reason == reason.strip()), None)


def _refuse_second(kind: str, place: Mapping[str, Any], person: User) -> None:
    held = FrameProposal.objects.open().filter(kind=kind, **place).select_related("author").first()
    if held and held.author_id == person.pk:
        raise RefusedError("change_open_yours", change=held)
    if held:
        raise RefusedError("change_open", who=held.author, change=held)
