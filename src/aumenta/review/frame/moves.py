"""Moves and renumbers axes, strategies and actions: what would be called how, what is impossible, and carrying it out.

While nobody reads an edition a number that is taken is a place in the order: what stands there moves on by one, as far
as the next gap. Once everybody reads it a code that ever named something is given to nothing else, so that an old
address always leads to what it led to.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone

from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, ActionQuerySet, Axis, Edition, FormerCode, Strategy
from aumenta.plan.renumbering import code_now, codes_changed
from aumenta.review.models import FrameProposal, Proposal, Version
from aumenta.review.record import version_now

MOST: Final = 999
"""The greatest number that an axis, a strategy or an action can be given."""
_ASIDE: Final = 20_000
"""Where rows wait while their numbers change hands: no two may have one number at once."""


class Placing(NamedTuple):
    """Where one thing goes: its new parent (None for an axis) and its new number."""

    thing: Axis | Strategy | Action
    parent: Axis | Strategy | None
    number: int

    @property
    def code(self) -> str:
        """The code it will have."""
        return f"{self.parent.code}.{self.number}" if self.parent else str(self.number)


def placings(change: FrameProposal, thing: Axis | Strategy | Action) -> list[Placing]:
    """Everything of its level that gets another place, itself first.

    Raises RefusedError «nothing_changed», «code_of_nothing» (no such strategy or axis, or no number), «code_taken» or
    «code_was_given» (in an edition that everybody reads).
    """
    code = change.content.get("code", "")
    parent, number = _place(change.edition, thing, code)
    if thing.code == code:
        raise RefusedError("nothing_changed")
    placed = [Placing(thing, parent, number)]
    siblings = {one.number: one for one in _siblings(change.edition, parent) if one.pk != thing.pk}
    if change.edition.is_public:
        if number in siblings:
            raise RefusedError("code_taken", code_of=code)
        _refuse_given(change.edition, thing, code)
    elif number in siblings:
        stays = _parent(thing) == parent
        up = stays and thing.number < number
        step = -1 if up else 1
        # The run that gives way ends at the next gap; where it was itself is one.
        at = number
        while at in siblings and not (stays and at == thing.number):
            placed.append(Placing(siblings[at], parent, at + step))
            at += step
    return placed


def next_number(edition: Edition, parent: Axis | Strategy | None) -> int:
    """The number after the last that anything in `parent` (None: in the edition) ever had."""
    numbers = [one.number for one in _siblings(edition, parent)]
    head = f"{parent.code}." if parent else ""
    for code in (
        Version.objects.filter(edition=edition, code__startswith=head).values_list("code", flat=True).distinct()
    ):
        numbers.append(int(code[len(head) :].partition(".")[0]))
    for code in (
        *FormerCode.objects.filter(edition=edition, code__startswith=head).values_list("code", flat=True),
        *_taken_out(edition).filter(code__startswith=head).values_list("code", flat=True),
    ):
        numbers.append(int(code[len(head) :].partition(".")[0]))
    return max(numbers, default=0) + 1


def new_codes(placed: Iterable[Placing]) -> dict[str, str]:
    """Old code → new code of everything that gets another one, with what it holds."""
    codes = {}
    for placing in placed:
        thing, old, new = placing.thing, placing.thing.code, placing.code
        codes[old] = new
        if isinstance(thing, Axis):
            held = Action.objects.filter(strategy__axis=thing).select_related("strategy__axis")
            below = [one.code for one in thing.strategies.all()] + [one.code for one in held]
        elif isinstance(thing, Strategy):
            below = [one.code for one in thing.actions.select_related("strategy__axis")]
        else:
            below = []
        codes |= {one: new + one[len(old) :] for one in below}
    return codes


def move(change: FrameProposal, thing: Axis | Strategy | Action) -> dict[str, str]:
    """Carry it out; returns what got which code. The caller holds the edition. Raises as `placings` does."""
    edition = change.edition
    placed = placings(change, thing)
    codes = new_codes(placed)
    actions = list(_actions_of(placed))
    latest = _close(change, actions)
    for n, placing in enumerate(placed):
        _put(placing, _ASIDE + n)
    for placing in placed:
        _put(placing, placing.number)
    _open(change, codes, latest)
    for held in FrameProposal.objects.open().filter(edition=edition, code__in=codes).exclude(pk=change.pk):
        held.code = codes[held.code]
        held.save(update_fields=["code"])
    codes_changed(edition, codes)
    return codes


def _place(edition: Edition, thing: Axis | Strategy | Action, code: str) -> tuple[Axis | Strategy | None, int]:
    head, _dot, last = code.rpartition(".")
    parent: Axis | Strategy | None = None
    if isinstance(thing, Strategy):
        parent = edition.axes.filter(number=int(head)).first() if _is_number(head) else None
    elif isinstance(thing, Action):
        parent = Strategy.objects.of(edition).with_code(head).first()
    if (parent is None) != isinstance(thing, Axis) or (parent is None and head) or not _is_number(last):
        raise RefusedError("code_of_nothing", code_of=code or "–")
    return parent, int(last)


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and 1 <= int(word[:6]) <= MOST and word == str(int(word))


def _parent(thing: Axis | Strategy | Action) -> Axis | Strategy | None:
    if isinstance(thing, Axis):
        return None
    return thing.axis if isinstance(thing, Strategy) else thing.strategy


def _siblings(edition: Edition, parent: Axis | Strategy | None) -> Sequence[Axis | Strategy | Action]:
    if parent is None:
        return list(edition.axes.all())
    if isinstance(parent, Axis):
        return list(parent.strategies.select_related("axis"))
    return list(parent.actions.select_related("strategy__axis"))


def _refuse_given(edition: Edition, thing: Axis | Strategy | Action, code: str) -> None:
    """A code that named something else once keeps leading to that; to its own former code a thing may go back."""
    former = code_now(edition, code)
    if former == thing.code:
        return
    its = [thing.pk] if isinstance(thing, Action) else list(_held_by(thing).values_list("pk", flat=True))
    versions = Version.objects.filter(edition=edition).filter(Q(code=code) | Q(code__startswith=f"{code}."))
    # Without `action` it is of a sheet that was taken out: that is somebody else's too.
    others = versions.exclude(action__in=its) | versions.filter(action=None)
    if former is not None or others.exists() or _taken_out(edition).filter(code=code).exists():
        raise RefusedError("code_was_given", code_of=code)


def _taken_out(edition: Edition) -> models.QuerySet[FrameProposal]:
    """What was taken out by a change: an axis or a strategy without sheets leaves nothing else that knows its code."""
    return FrameProposal.objects.filter(edition=edition, state="approved", kind__startswith="drop_")


def _held_by(thing: Axis | Strategy) -> ActionQuerySet:
    if isinstance(thing, Axis):
        return Action.objects.filter(strategy__axis=thing)
    return Action.objects.filter(strategy=thing)


def _actions_of(placed: Iterable[Placing]) -> Iterable[Action]:
    for placing in placed:
        thing = placing.thing
        yield from [thing] if isinstance(thing, Action) else _held_by(thing)


def _put(placing: Placing, number: int) -> None:
    where: dict[str, object] = {"number": number}
    if isinstance(placing.thing, Strategy):
        where["axis"] = placing.parent
    elif isinstance(placing.thing, Action):
        where["strategy"] = placing.parent
    type(placing.thing)._default_manager.filter(pk=placing.thing.pk).update(**where)


def _close(change: FrameProposal, actions: Sequence[Action]) -> list[Version]:
    """End each sheet under the code it leaves; returns the versions that were valid until now."""
    latest = _newest(actions)
    # After the last of them: one may have been recorded just now.
    now = timezone.now()
    Version.objects.bulk_create(_after(change, held, held.code, 1, Version.Origin.MOVED, now) for held in latest)
    return latest


def _newest(actions: Sequence[Action]) -> list[Version]:
    """The newest version of each, all held until the transaction ends; a whole axis costs no more than one sheet."""
    keys = [action.pk for action in actions]
    list(Action.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
    rows = Version.objects.filter(action__in=keys).order_by("number").values_list("action", "pk")
    found = {held.action_id: held for held in Version.objects.filter(pk__in=dict(rows).values())}
    return [found.get(action.pk) or version_now(action) for action in actions]


def _open(change: FrameProposal, codes: dict[str, str], latest: Sequence[Version]) -> None:
    """Begin each sheet under its new code with what it said; open drafts go on from there."""
    # Two sheets may change codes: whoever asks a code for its newest version must find the one that has it now.
    now = timezone.now() + timedelta(microseconds=1)
    before = {held.action_id: held for held in latest}
    Version.objects.bulk_create(
        _after(change, held, codes[held.code], 2, Version.Origin.APPROVED, now) for held in latest
    )
    for draft in Proposal.objects.open().filter(action__in=before):
        held = before[draft.action_id]
        if draft.base_id == held.pk:
            draft.base = Version.objects.get(action=draft.action_id, number=held.number + 2)
        draft.code = codes[held.code]
        draft.save(update_fields=["base", "code"])


def _after(
    change: FrameProposal, held: Version, code: str, after: int, origin: Version.Origin, at: datetime
) -> Version:
    return Version(
        edition=change.edition,
        action_id=held.action_id,
        code=code,
        number=held.number + after,
        origin=origin,
        content=held.content,
        content_hash=held.content_hash,
        author=change.author,
        approved_by=change.decided_by,
        reason=change.reason,
        made_at=at,
    )
