"""Group observations into themes: place, rename, merge, split, and take any of it back.

Every step writes down what it changed, observation by observation, so that it can be taken back later; a step is taken
back only as far as nobody has changed the same things since.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext

from aumenta.activity.log import log
from aumenta.events.models import Event, Observation
from aumenta.events.rules import may_run_regia
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.reader import in_quotes
from aumenta.people.refusals import RefusedError
from aumenta.themes.activity import (
    OBSERVATIONS_PLACED,
    STEP_TAKEN_BACK,
    THEME_RENAMED,
    THEME_SPLIT,
    THEMES_MERGED,
)
from aumenta.themes.models import ContributionSource, Theme, ThemeSource, ThemeStep

Places = dict[str, int | None]
"""Observation's key (as text, for JSON) → the theme it is in, or None."""


@transaction.atomic
def place(
    *,
    person: User,
    event: Event,
    observations: Collection[int],
    theme: Theme | None,
    name: str = "",
    seen: Mapping[int, int | None] | None = None,
) -> Theme | None:
    """Move observations into `theme`; into a new theme called `name`; or, with neither, back to the inbox.

    `seen` says in which theme the author saw each of them (None: in the inbox). Where a colleague has put one elsewhere
    since, it is refused («moved_meanwhile»); without `seen` nobody is asked.
    """
    check_permission(may_run_regia(person, event))
    _lock(event)
    if not observations:
        raise RefusedError("observation_required")
    if seen is not None:
        _check_nobody_moved(event, seen, theme)
    created = None
    if theme is None and name.strip():
        theme = created = Theme.objects.create(event=event, name=_clean(name))
    _check_theme(event, theme)
    before, after = _move(event, {str(key): theme.pk if theme else None for key in observations})
    if before or created:
        made = {str(created.pk): True} if created else {}
        _note_move(event, ThemeStep.Verb.PLACE, before, after, made, person)
    return theme


@transaction.atomic
def place_all(*, person: User, event: Event, into: Sequence[tuple[Theme | str, str, Collection[int]]]) -> list[Theme]:
    """Place several groups of observations in one step: each into a theme that is there, or into a new one.

    `into` gives for each group the theme (or the name of a new one), its keywords if it is new, and the observations.
    """
    check_permission(may_run_regia(person, event))
    _lock(event)
    themes: list[Theme] = []
    created: list[str] = []
    wanted: Places = {}
    for target, keywords, observations in into:
        if isinstance(target, str):
            target = Theme.objects.create(event=event, name=_clean(target), keywords=keywords[:300])
            created.append(str(target.pk))
        _check_theme(event, target)
        themes.append(target)
        wanted |= {str(key): target.pk for key in observations}
    before, after = _move(event, wanted)
    _note_move(event, ThemeStep.Verb.PLACE, before, after, dict.fromkeys(created, True), person)
    return themes


@transaction.atomic
def rename(
    *, person: User, theme: Theme, name: str, keywords: str | None = None, seen: tuple[str, str] | None = None
) -> Theme:
    """Give a theme another name or other keywords.

    `seen` are the name and keywords its author had before her: refused («renamed_meanwhile») where a colleague has
    changed them.
    """
    check_permission(may_run_regia(person, theme.event))
    _lock(theme.event)
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    if seen is not None and seen != (theme.name, theme.keywords):
        raise RefusedError("renamed_meanwhile", name=theme.name, keywords=theme.keywords or "–")
    before = {"names": {str(theme.pk): [theme.name, theme.keywords]}}
    theme.name = _clean(name)
    if keywords is not None:
        theme.keywords = keywords.strip()[:300]
    theme.save(update_fields=["name", "keywords"])
    after = {"names": {str(theme.pk): [theme.name, theme.keywords]}}
    _note(theme.event, ThemeStep.Verb.RENAME, before, after, person, about=theme)
    return theme


@transaction.atomic
def merge(*, person: User, theme: Theme, into: Theme) -> Theme:
    """Put all observations of `theme` into another one; `theme` is kept, out of use, so that this can be taken back."""
    check_permission(may_run_regia(person, into.event))
    event = into.event
    _lock(event)
    _check_theme(event, theme)
    _check_theme(event, into)
    if theme.pk == into.pk:
        raise RefusedError("theme_into_itself")
    keys = ThemeSource.objects.filter(theme=theme).values_list("observation_id", flat=True)
    before, after = _move(event, {str(key): into.pk for key in keys})
    Theme.objects.filter(pk=theme.pk).update(active=False, merged_into=into)
    _note_move(event, ThemeStep.Verb.MERGE, before, after, {str(theme.pk): False}, person, about=theme)
    return into


@transaction.atomic
def split(*, person: User, theme: Theme, observations: Collection[int], name: str) -> Theme:
    """Take some observations out of a theme into a new one."""
    check_permission(may_run_regia(person, theme.event))
    _lock(theme.event)
    inside = set(
        ThemeSource.objects.filter(theme=theme, observation__in=observations).values_list("observation_id", flat=True)
    )
    if not inside:
        raise RefusedError("nothing_to_split")
    new = Theme.objects.create(event=theme.event, name=_clean(name))
    before, after = _move(theme.event, {str(key): new.pk for key in inside})
    _note_move(theme.event, ThemeStep.Verb.SPLIT, before, after, {str(new.pk): True}, person, about=theme)
    return new


@transaction.atomic
def take_back(*, person: User, step: ThemeStep) -> ThemeStep:
    """Undo one step; what others changed since stays as they left it. Undoing an undo does the step again."""
    check_permission(may_run_regia(person, step.event))
    _lock(step.event)
    if ThemeStep.objects.filter(undoes=step).exists():
        raise RefusedError("step_taken_back")
    places: Places = step.after.get("places", {})
    now = _places(step.event, [int(key) for key in places])
    untouched = {key: step.before["places"][key] for key, theme in places.items() if now.get(key) == theme}
    names = step.after.get("names", {})
    themes = {str(theme.pk): theme for theme in Theme.objects.filter(pk__in=[int(key) for key in names])}
    renamed = {key for key, words in names.items() if [themes[key].name, themes[key].keywords] == words}
    if (places and not untouched) or (names and not renamed):
        raise RefusedError("changed_since")
    woken = _wake(step, untouched)
    before, after = _move(step.event, untouched)
    for key in renamed:
        name, keywords = step.before["names"][key]
        Theme.objects.filter(pk=int(key)).update(name=name, keywords=keywords)
    active_before = {str(key): False for key in woken}
    active_after = {str(key): True for key in woken}
    for key, active in step.before.get("active", {}).items():
        # A theme that somebody has filled meanwhile stays in use.
        if not active and not ThemeSource.objects.filter(theme_id=int(key)).exists():
            Theme.objects.filter(pk=int(key)).update(active=False)
        active_before[key], active_after[key] = not active, active
    for key in _switch_off_emptied(before):
        active_before[key], active_after[key] = True, False
    return _note(
        step.event,
        ThemeStep.Verb.UNDO,
        {"places": before, "active": active_before, "names": {k: names[k] for k in renamed}},
        {"places": after, "active": active_after, "names": {k: step.before["names"][k] for k in renamed}},
        person,
        undoes=step,
    )


def _wake(step: ThemeStep, untouched: Places) -> list[int]:
    """Put into use what observations are about to return to; the themes that another step had put out of use since."""
    for key, active in step.before.get("active", {}).items():
        if active:
            Theme.objects.filter(pk=int(key)).update(active=True, merged_into=None)
    # Nothing is ever in a theme that nobody sees.
    needed = {theme for theme in untouched.values() if theme is not None}
    woken = list(Theme.objects.filter(pk__in=needed, active=False).values_list("pk", flat=True))
    Theme.objects.filter(pk__in=woken).update(active=True, merged_into=None)
    return woken


def _lock(event: Event) -> None:
    # Operators of one event take turns: each step sees what the one before it left.
    Event.objects.select_for_update().only("pk").get(pk=event.pk)


def _clean(name: str) -> str:
    name = " ".join(name.split())[:120]
    if not name:
        raise RefusedError("theme_name_required")
    return name


def _check_theme(event: Event, theme: Theme | None) -> None:
    if theme is None:
        return
    if theme.event_id != event.pk:
        raise RefusedError("theme_of_another_event")
    if not Theme.objects.filter(pk=theme.pk, active=True).exists():
        raise RefusedError("theme_gone")


def _places(event: Event, observations: Collection[int]) -> Places:
    sources = dict(ThemeSource.objects.filter(observation__in=observations).values_list("observation_id", "theme_id"))
    found = Observation.objects.filter(table__event=event, pk__in=observations).values_list("pk", flat=True)
    return {str(key): sources.get(key) for key in found}


def _move(event: Event, wanted: Places) -> tuple[Places, Places]:
    now = _places(event, [int(key) for key in wanted])
    if len(now) != len(wanted):
        raise RefusedError("observations_gone")
    changed = {key: theme for key, theme in wanted.items() if now[key] != theme}
    ThemeSource.objects.filter(observation__in=[int(key) for key in changed]).delete()
    ThemeSource.objects.bulk_create(
        ThemeSource(observation_id=int(key), theme_id=theme) for key, theme in changed.items() if theme is not None
    )
    return {key: now[key] for key in changed}, changed


_CODES: Final = {
    ThemeStep.Verb.PLACE: OBSERVATIONS_PLACED,
    ThemeStep.Verb.RENAME: THEME_RENAMED,
    ThemeStep.Verb.MERGE: THEMES_MERGED,
    ThemeStep.Verb.SPLIT: THEME_SPLIT,
    ThemeStep.Verb.UNDO: STEP_TAKEN_BACK,
}


def _check_nobody_moved(event: Event, seen: Mapping[int, int | None], theme: Theme | None) -> None:
    now = _places(event, list(seen))
    target = theme.pk if theme else None
    moved = {int(key): place for key, place in now.items() if place not in (seen[int(key)], target)}
    if not moved:
        return
    names = dict(Theme.objects.filter(pk__in=[key for key in moved.values() if key]).values_list("pk", "name"))
    where = sorted({in_quotes(names[place]) if place else gettext("the inbox") for place in moved.values()})
    raise RefusedError("moved_meanwhile", n=len(moved), where=", ".join(where))


def _switch_off_emptied(before: Places) -> list[str]:
    """Take themes that have just lost their last voice out of use; undoing the step brings them back."""
    left = {key for key in before.values() if key is not None}
    full = set(ThemeSource.objects.filter(theme__in=left).values_list("theme_id", flat=True))
    full |= set(ContributionSource.objects.filter(theme__in=left).values_list("theme_id", flat=True))
    emptied = Theme.objects.filter(pk__in=left - full, active=True)
    keys = [str(key) for key in emptied.values_list("pk", flat=True)]
    emptied.update(active=False)
    return keys


def _note_move(
    event: Event,
    verb: ThemeStep.Verb,
    before: Places,
    after: Places,
    active: Mapping[str, bool],
    person: User,
    about: Theme | None = None,
) -> ThemeStep:
    """Note a step that moved observations; `active` says which themes it put into use or out of it."""
    state = {**active, **dict.fromkeys(_switch_off_emptied(before), False)}
    past = {key: not in_use for key, in_use in state.items()}
    if not state:
        return _note(event, verb, {"places": before}, {"places": after}, person, about=about)
    was, is_now = {"places": before, "active": past}, {"places": after, "active": state}
    return _note(event, verb, was, is_now, person, about=about)


def _note(
    event: Event,
    verb: ThemeStep.Verb,
    before: dict[str, Any],
    after: dict[str, Any],
    person: User,
    *,
    about: Theme | None = None,
    undoes: ThemeStep | None = None,
) -> ThemeStep:
    """Write the step down, for whoever takes it back, and in the activity log, for whoever asks later."""
    step = ThemeStep.objects.create(event=event, verb=verb, before=before, after=after, by=person, undoes=undoes)
    if about is None:
        log(code=_CODES[verb], person=person, about=event)
    else:
        log(code=_CODES[verb], person=person, about=about, subject=str(about.pk), within=event.title_it)
    return step
