"""Carries out a change to the frame that was approved: the one place that writes it into the plan."""

from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Axis, Strategy
from aumenta.plan.sheet_content import content_hash, read_content
from aumenta.review.frame.moves import move, next_number, placings
from aumenta.review.frame.removed import keep_removed, put_back, removed_of
from aumenta.review.frame.texts import texts_of, together
from aumenta.review.lock import lock_action
from aumenta.review.models import FrameProposal, Proposal, Version
from aumenta.review.record import record_version, version_now

Kind = FrameProposal.Kind


def refuse_impossible(change: FrameProposal) -> None:
    """Raise what carrying it out would raise today: «frame_thing_gone», «frame_changed», «frame_not_empty»,
    «open_proposal», what `placings` and `removed_of` refuse. What is impossible is refused when it is sent already."""
    if change.puts_back:
        removed_of(change)
        return
    thing = thing_of(change)
    if change.moves:
        assert thing is not None
        placings(change, thing)
    elif change.is_text:
        assert isinstance(thing, (Axis, Strategy))
        together(change.before, change.content, texts_of(thing))
    elif change.takes_out and _holds_something(thing):
        raise RefusedError("frame_not_empty", code_of=change.code)
    elif change.takes_out and isinstance(thing, Action) and Proposal.objects.open().filter(action=thing).exists():
        raise RefusedError("open_proposal")


def _holds_something(thing: Axis | Strategy | Action | None) -> bool:
    if isinstance(thing, Axis):
        return thing.strategies.exists()
    return isinstance(thing, Strategy) and thing.actions.exists()


def carry_out(change: FrameProposal) -> None:
    """Write it; the caller holds the edition and has checked who may. Raises as `refuse_impossible` does."""
    refuse_impossible(change)
    if change.puts_back:
        back = put_back(removed_of(change), change)
        if isinstance(back, Action):
            change.action = back
        elif isinstance(back, Strategy):
            change.strategy = back
        else:
            change.axis = back
        return
    thing = thing_of(change)
    if change.moves:
        assert thing is not None
        change.content = {**change.content, "codes": move(change, thing)}
    elif change.is_text:
        assert isinstance(thing, (Axis, Strategy))
        change.content = together(change.before, change.content, texts_of(thing))
        # What it replaced, so that the history compares each version with the one before it.
        change.before = texts_of(thing)
        type(thing)._default_manager.filter(pk=thing.pk).update(**change.content)
        FrameProposal.objects.filter(pk=change.pk).update(before=change.before)
    elif change.kind == Kind.NEW_ACTION:
        assert isinstance(thing, Strategy)
        _add_action(change, thing)
    elif change.kind == Kind.NEW_STRATEGY:
        assert isinstance(thing, Axis)
        number = next_number(change.edition, thing)
        change.strategy = Strategy.objects.create(axis=thing, number=number, **change.content)
        change.code = change.strategy.code
    elif change.kind == Kind.NEW_AXIS:
        number = next_number(change.edition, None)
        change.axis = Axis.objects.create(edition=change.edition, number=number, **change.content)
        change.code = change.axis.code
    else:
        assert isinstance(thing, (Axis, Strategy, Action))
        _take_out(change, thing)


def thing_of(change: FrameProposal) -> Axis | Strategy | Action | None:
    """What it is about; None for a new axis. Raises RefusedError «frame_thing_gone»."""
    thing = change.action or change.strategy or change.axis
    if thing is None and change.kind != Kind.NEW_AXIS:
        raise RefusedError("frame_thing_gone")
    return thing


def _add_action(change: FrameProposal, strategy: Strategy) -> None:
    """At the end of its strategy, under a number no other sheet ever had there: versions are found by their codes."""
    number = next_number(change.edition, strategy)
    change.action = Action.objects.create(strategy=strategy, number=number, **change.content)
    change.code = change.action.code
    record_version(
        action=change.action,
        content=read_content(change.action),
        origin=Version.Origin.APPROVED,
        author=change.author,
        approved_by=change.decided_by,
        reason=change.reason,
    )


def _take_out(change: FrameProposal, thing: Axis | Strategy | Action) -> None:
    if isinstance(thing, Action):
        action = lock_action(thing.pk)
        latest = version_now(action)
        Version.objects.create(
            edition=change.edition,
            action=action,
            code=action.code,
            number=latest.number + 1,
            origin=Version.Origin.ENDED,
            content=latest.content,
            content_hash=content_hash(latest.content),
            author=change.author,
            approved_by=change.decided_by,
            reason=change.reason,
        )
    keep_removed(thing, change.reason)
    type(thing)._default_manager.filter(pk=thing.pk).delete()
    change.action = change.strategy = change.axis = None
