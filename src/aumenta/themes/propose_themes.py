"""Propose a grouping of what the tables said, keep its identity while more arrives, and keep it through restarts.

Proposals are never themes by themselves: a person accepts them (`accept_proposals`). What people placed is fixed: no
refresh and no regrouping moves it. Everything here takes seconds and runs outside requests (`live.background`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from aumenta.core.synthesis.describe import described
from aumenta.core.synthesis.graph import Labels
from aumenta.core.synthesis.hearing import Heard, hear
from aumenta.core.synthesis.hidden import HiddenWords
from aumenta.core.synthesis.neighbours import Voices
from aumenta.core.synthesis.process_encoder import encoder_here
from aumenta.core.synthesis.state import Difference, Regrouping, State, StateError, accept, found, refresh, regroup
from aumenta.core.synthesis.suggest import OUTSIDE
from aumenta.core.synthesis.themes import FEWEST, Grouping, Way, propose
from aumenta.events.models import Event, Observation
from aumenta.events.rules import may_run_regia
from aumenta.events.tables.bring_up_to_date import bring_up_to_date
from aumenta.people.permission import check_permission
from aumenta.themes.models import Theme, ThemeProposals, ThemeSource, ThemeStep
from aumenta.themes.plan_texts import plan_of_event
from aumenta.themes.vectors import DatabaseCache

MOST_REPEATED: Final = 60
"""Pairs of near duplicates that are offered at a time."""
_TRIES: Final = 4


@dataclass(frozen=True)
class Said:
    """What stands at this moment: keys and texts of the observations, in order of arrival, and what may be quoted."""

    keys: tuple[str, ...]
    texts: tuple[str, ...]
    private: frozenset[str]
    up_to: int


def refresh_proposals(event: Event) -> ThemeProposals | None:
    """Take in what arrived since; None where others kept changing the grouping meanwhile (the next one will do)."""
    return _change(event, lambda state, said, heard: refresh(state, said.keys, heard))


def propose_regrouping(
    *, by: Any, event: Event, groups: int | None = None, headings: Sequence[str] = ()
) -> ThemeProposals | None:
    """Group everything anew, by `headings`, into `groups`, or from nothing: a list of differences to accept."""
    check_permission(may_run_regia(by, event))
    opened, plan, cache = encoder_here(), plan_of_event(event), DatabaseCache()
    said = _said(event)
    private = [place for place, key in enumerate(said.keys) if key in said.private]
    fresh = propose(
        said.texts, opened.encoder, cache, plan=plan, groups=groups, headings=headings, never_quoted=private
    )

    def differences(record: ThemeProposals, state: State, said_now: Said) -> dict[str, Any]:
        labels = dict(zip(said.keys, fresh.theme_of, strict=True))
        named = {theme.id: theme.name for theme in fresh.themes} if headings else {}
        known = _headings_known(record, state, named) if headings else None
        compared = regroup(state, said_now.keys, [labels.get(key) for key in said_now.keys], known=known)
        return _regrouping_as_json(compared, fresh, labels, named)

    if fresh.way in {Way.STRATEGY, Way.NONE}:
        return refresh_proposals(event)
    return _change(event, None, regrouping=differences)


def accept_differences(*, by: Any, event: Event, chosen: Sequence[int] | None, version: int) -> ThemeProposals | None:
    """Carry out some differences of the regrouping that waits (all of them where `chosen` is None), then forget it.

    `version` is that of the list the person saw: nothing is done where another list has come meanwhile.
    """
    check_permission(may_run_regia(by, event))
    record = ThemeProposals.objects.filter(event=event).first()
    if record is None or record.regrouping.get("version") != version:
        return None
    waiting = record.regrouping
    every = [Difference(tuple(one["statements"]), one["before"], one["after"]) for one in waiting["differences"]]
    wanted = every if chosen is None else [every[number] for number in chosen if 0 <= number < len(every)]
    proposed = Regrouping(tuple(every), State(next_id=waiting["next_id"]))
    used = {one.after for one in wanted}
    # A proposal that is there already keeps its name, unless people gave the headings.
    names = {
        key: name
        for key, name in waiting["names"].items()
        if int(key) in used and (waiting["headings"] or key not in record.names)
    }
    return _change(
        event,
        lambda state, said, heard: accept(state, proposed, wanted),
        regrouping=lambda *_: {},
        names=names,
        given=waiting["headings"],
    )


@transaction.atomic
def forget_regrouping(*, by: Any, event: Event) -> None:
    """Leave the grouping as it is."""
    check_permission(may_run_regia(by, event))
    record = ThemeProposals.objects.select_for_update().filter(event=event).first()
    if record is not None and record.regrouping:
        record.regrouping = {}
        record.version += 1
        record.save(update_fields=["regrouping", "version"])


def _said(event: Event) -> Said:
    up_to = bring_up_to_date(event)
    rows = list(
        Observation.objects.filter(table__event=event, withdrawn=False)
        .order_by("arrival", "pk")
        .values_list("pk", "text", "private")
    )
    return Said(
        tuple(str(pk) for pk, _text, _private in rows),
        tuple(text for _pk, text, _private in rows),
        frozenset(str(pk) for pk, _text, private in rows if private),
        up_to,
    )


def _change(
    event: Event,
    move: Any,
    *,
    regrouping: Any = None,
    names: Mapping[str, str] | None = None,
    given: bool = False,
) -> ThemeProposals | None:
    """Compute without holding anybody up, then write if nobody changed the grouping meanwhile; else compute again."""
    opened, plan, cache = encoder_here(), plan_of_event(event), DatabaseCache()
    for _try in range(_TRIES):
        said = _said(event)
        heard = hear(said.texts, opened.encoder, cache, plan)
        record, _made = ThemeProposals.objects.get_or_create(event=event)
        version = record.version
        state = _state_now(event, record, said)
        if move is not None:
            state = move(state, said, heard)
        record.names |= dict(names or {})
        if given:
            record.given = sorted({*record.given, *map(int, names or {})})
        _forget_private_names(record, said, heard)
        record.shown = _shown(record, state, said, heard)
        record.shown |= {
            "encoder": f"{opened.encoder.name} {opened.encoder.version}",
            "skipped": [list(one) for one in opened.skipped],
            "considered": len(said.keys),
            "repeated": _repeated(said, heard),
        }
        record.state = state.as_json()
        if regrouping is not None:
            record.regrouping = regrouping(record, state, said)
            if record.regrouping:
                record.regrouping["version"] = version + 1
        record.up_to, record.refreshed_at, record.version = said.up_to, timezone.now(), version + 1
        if _written(event, record, version):
            return record
    return None


@transaction.atomic
def _written(event: Event, record: ThemeProposals, version: int) -> bool:
    Event.objects.select_for_update().only("pk").get(pk=event.pk)
    if ThemeProposals.objects.get(pk=record.pk).version != version:
        return False
    record.save()
    return True


def _state_now(event: Event, record: ThemeProposals, said: Said) -> State:
    """The saved state, with what people have placed since; ties themes of people to ids of the core (`record.themes`).

    A state that cannot be read is begun anew: what people accepted is in the themes, not in it.
    """
    try:
        state = State.from_json(record.state) if record.state else State()
    except StateError:
        state, record.themes, record.names = State(), {}, {}
    themes = {theme.pk: theme for theme in Theme.objects.filter(event=event)}
    tied = {int(core): pk for core, pk in record.themes.items() if pk in themes}
    of_theme = {pk: core for core, pk in tied.items() if themes[pk].active}
    for pk, theme in themes.items():
        if theme.active and pk not in of_theme:
            state, of_theme[pk] = found(state)
    alias = {}
    for core, pk in tied.items():
        at: Theme | None = themes[pk]
        seen: set[int] = set()
        while at is not None and not at.active and at.pk not in seen:
            seen.add(at.pk)
            at = themes.get(at.merged_into_id) if at.merged_into_id else None
        if at is not None and at.active and of_theme[at.pk] != core:
            alias[core] = of_theme[at.pk]
    record.themes = {
        str(core): pk for core, pk in {**tied, **{core: pk for pk, core in of_theme.items()}}.items()
        if themes[pk].active or core in alias
    }  # fmt: skip
    sources = ThemeSource.objects.filter(theme__event=event, theme__active=True)
    pins: dict[str, int | None] = dict.fromkeys(_set_aside(event))
    pins |= {str(key): of_theme[theme] for key, theme in sources.values_list("observation_id", "theme_id")}
    here = set(said.keys)
    pins = {key: theme for key, theme in pins.items() if key in here}
    theme_of = {key: alias.get(theme, theme) for key, theme in state.theme_of.items() if key in here}
    theme_of = {key: theme for key, theme in theme_of.items() if pins.get(key, theme) == theme}
    theme_of |= {key: theme for key, theme in pins.items() if theme is not None}
    return State(theme_of, pins, alias, state.next_id)


def _set_aside(event: Event) -> set[str]:
    """Observations that a person took out of a theme into the inbox: they are not proposed again until placed."""
    aside: set[str] = set()
    for verb, after in ThemeStep.objects.filter(event=event).order_by("pk").values_list("verb", "after"):
        for key, theme in after.get("places", {}).items():
            if theme is None and verb == ThemeStep.Verb.PLACE:
                aside.add(key)
            else:
                aside.discard(key)
    return aside


def _shown(record: ThemeProposals, state: State, said: Said, heard: Heard) -> dict[str, Any]:
    """What the regia reads: proposed groups without what people placed already, and what is in none."""
    outside = [
        said.keys[place]
        for place, text in heard.same.items()
        if heard.plan is not None and heard.scores.nearness[text] < OUTSIDE
    ]
    common: dict[str, Any] = {
        "outside": [int(key) for key in outside],
        "unreadable": [int(key) for place, key in enumerate(said.keys) if place not in heard.same],
    }
    if len(heard.places) < FEWEST and not set(state.theme_of) - set(state.pins):
        return {"way": Way.STRATEGY if heard.plan else Way.NONE, "groups": _by_strategy(state, said, heard), **common}
    groups = []
    for group in described(state.theme_of, said.keys, heard, never_quoted=said.private):
        waiting = [int(key) for key in group.members if key not in state.pins]
        if not waiting:
            continue
        name = record.names.setdefault(str(group.id), group.name)
        groups.append(
            {
                "id": group.id,
                "theme": record.themes.get(str(group.id)),
                "name": name,
                "keywords": ", ".join(group.keywords),
                "quotation": int(group.quotation) if group.quotation else None,
                "observations": waiting,
            }
        )
    return {"way": Way.MEANING, "groups": groups, **common}


def _forget_private_names(record: ThemeProposals, said: Said, heard: Heard) -> None:
    """Let names be made anew that have words which only voices not to be published say (they were not always so).

    A regrouping that waits goes where its names have any: it was worked out when they might be shown. Names that are
    people's headings stay: they are shown with a warning (`private_names`).
    """
    if not said.private:
        return
    private = [key in said.private for key in said.keys]
    hidden = HiddenWords(
        (one for one, own in zip(heard.statements, private, strict=True) if own),
        (one for one, own in zip(heard.statements, private, strict=True) if not own),
    )
    record.names = {
        core: name for core, name in record.names.items() if int(core) in record.given or not hidden.within(name)
    }
    waiting = record.regrouping
    if waiting and not waiting["headings"] and any(map(hidden.within, waiting["names"].values())):
        record.regrouping = {}


def _by_strategy(state: State, said: Said, heard: Heard) -> list[dict[str, Any]]:
    """Too few to group: those that nobody placed, listed by the strategy each concerns most."""
    if heard.plan is None or not heard.places:
        return []
    best: Labels = heard.scores.total.argmax(axis=1)
    lists: dict[str, list[int]] = {}
    for place, text in heard.same.items():
        if said.keys[place] not in state.pins:
            lists.setdefault(heard.plan.groups[int(best[text])], []).append(int(said.keys[place]))
    order = sorted(lists.items(), key=lambda item: (-len(item[1]), item[0]))
    return [{"id": None, "theme": None, "strategy": code, "observations": own} for code, own in order]


def _repeated(said: Said, heard: Heard) -> list[list[int]]:
    """Pairs that may be the same thought, surest first; of equal texts each with the first of them."""
    first = [said.keys[place] for place in heard.places]
    equal = [
        [int(first[text]), int(said.keys[place])]
        for place, text in heard.same.items()
        if said.keys[place] != first[text]
    ]
    if len(equal) >= MOST_REPEATED:
        return equal[:MOST_REPEATED]
    voices = Voices([heard.statements[place].source for place in heard.places], encoder_here().encoder, DatabaseCache())
    near = [[int(first[one]), int(first[other])] for one, other, _cosine in voices.duplicates()]
    return (equal + near)[:MOST_REPEATED]


def _headings_known(record: ThemeProposals, state: State, named: Mapping[int, str]) -> dict[int, int]:
    """Which headings are themes or proposals already, by their names."""
    themes = dict(Theme.objects.filter(event=record.event_id, active=True).values_list("pk", "name"))
    by_name = {name.casefold(): int(core) for core, name in record.names.items() if int(core) not in state.alias}
    by_name |= {themes[pk].casefold(): int(core) for core, pk in record.themes.items() if pk in themes}
    return {label: by_name[name.casefold()] for label, name in named.items() if name.casefold() in by_name}


def _regrouping_as_json(
    compared: Regrouping, fresh: Grouping, labels: Mapping[str, int | None], named: Mapping[int, str]
) -> dict[str, Any]:
    """The differences with the names of the groups they lead to, ready to be kept and read."""
    names = {}
    of_label = named or {theme.id: theme.name for theme in fresh.themes}
    for key, theme in compared.proposed.theme_of.items():
        label = labels.get(key)
        if key not in compared.proposed.pins and label is not None:
            names[str(theme)] = of_label[label]
    return {
        "differences": [
            {"statements": list(one.statements), "before": one.before, "after": one.after}
            for one in compared.differences
        ],
        "names": names,
        "next_id": compared.proposed.next_id,
        "headings": bool(named),
        "notes": [[note.what, note.asked, note.found, note.least] for note in fresh.notes],
    }
