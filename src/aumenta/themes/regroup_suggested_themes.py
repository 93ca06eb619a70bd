"""Suggest a grouping made anew, as a list of differences: a person accepts some of them, all, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.synthesis.process_encoder import encoder_here
from aumenta.core.synthesis.state import Difference, GroupingState, Regrouping, accept, regroup
from aumenta.core.synthesis.suggested_groups import headings_known, waiting_regrouping
from aumenta.core.synthesis.suggestions import WaitingRegrouping
from aumenta.core.synthesis.themes import Method, propose
from aumenta.events.models import Event
from aumenta.events.rules import may_run_regia
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.themes.activity import REGROUPING_ACCEPTED, REGROUPING_ASKED, REGROUPING_FORGOTTEN
from aumenta.themes.models import SuggestedThemes, Theme
from aumenta.themes.plan_texts import plan_of_event
from aumenta.themes.refresh_suggested_themes import RefreshTurn, refresh_suggested_themes, said_now, turns
from aumenta.themes.vectors import DatabaseCache


def suggest_regrouping(
    *, person: User, event: Event, groups: int | None = None, headings: Sequence[str] = ()
) -> SuggestedThemes | None:
    """Group everything anew, by `headings`, into `groups`, or from nothing: a list of differences to accept."""
    check_permission(may_run_regia(person, event))
    opened, plan, cache = encoder_here(), plan_of_event(event), DatabaseCache()
    said, _up_to = said_now(event)
    private = [place for place, key in enumerate(said.keys) if key in said.private]
    fresh = propose(
        said.texts, opened.encoder, cache, plan=plan, groups=groups, headings=headings, never_quoted=private
    )
    if fresh.method in {Method.STRATEGY, Method.NONE}:
        return refresh_suggested_themes(event)
    labels = dict(zip(said.keys, fresh.theme_of, strict=True))
    named = {theme.id: theme.name for theme in fresh.themes} if headings else {}
    for turn in turns(event):
        turn.prepare()
        known = (
            headings_known(turn.state, turn.record.name_of_group, _names_of_themes(turn), named) if headings else None
        )
        compared = regroup(turn.state, turn.said.keys, [labels.get(key) for key in turn.said.keys], known=known)
        waiting = waiting_regrouping(compared, fresh, labels, named)
        turn.record.waiting = replace(waiting, version=turn.record.version + 1)
        if _written(turn, REGROUPING_ASKED, person):
            return turn.record
    return None


@transaction.atomic
def _written(turn: RefreshTurn, code: str, person: User) -> bool:
    """Whether the turn was written; the log then says so, or neither is."""
    written = turn.write(prepared=True)
    if written:
        log(code=code, person=person, about=turn.event)
    return written


def _names_of_themes(turn: RefreshTurn) -> dict[int, str]:
    """Group of the state → the name of the theme in use that it is."""
    names = dict(Theme.objects.filter(event=turn.event, active=True).values_list("pk", "name"))
    return {group: names[pk] for group, pk in turn.record.theme_of_group.items() if pk in names}


def accept_differences(
    *, person: User, event: Event, chosen: Sequence[int] | None, version: int
) -> SuggestedThemes | None:
    """Carry out some differences of the regrouping that waits (all of them where `chosen` is None), then forget it.

    `version` is that of the list the person saw: nothing is done where another list has come meanwhile.
    """
    check_permission(may_run_regia(person, event))
    record = SuggestedThemes.objects.filter(event=event).first()
    waiting = record.waiting if record else None
    if record is None or waiting is None or waiting.version != version:
        return None
    every = waiting.differences
    wanted = every if chosen is None else [every[number] for number in chosen if 0 <= number < len(every)]
    proposed = Regrouping(every, GroupingState(next_id=waiting.next_id))
    names = _names_taken(waiting, wanted, record.name_of_group)
    for turn in turns(event):
        turn.state = accept(turn.state, proposed, wanted)
        turn.record.name_of_group = {**turn.record.name_of_group, **names}
        if waiting.headings:
            turn.record.given = sorted({*turn.record.given, *names})
        turn.prepare()
        turn.record.waiting = None
        if _written(turn, REGROUPING_ACCEPTED, person):
            return turn.record
    return None


def _names_taken(waiting: WaitingRegrouping, wanted: Sequence[Difference], known: Mapping[int, str]) -> dict[int, str]:
    """The names of the groups that differences lead to; one that is there already keeps its own, unless people gave
    the headings."""
    used = {one.after for one in wanted}
    return {
        group: name
        for group, name in waiting.names.items()
        if group in used and (waiting.headings or group not in known)
    }


@transaction.atomic
def forget_regrouping(*, person: User, event: Event) -> None:
    """Leave the grouping as it is."""
    check_permission(may_run_regia(person, event))
    record = SuggestedThemes.objects.select_for_update().filter(event=event).first()
    if record is not None and record.waiting:
        record.waiting = None
        record.version += 1
        record.save(update_fields=["regrouping", "version"])
        log(code=REGROUPING_FORGOTTEN, person=person, about=event)
