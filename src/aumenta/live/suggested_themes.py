"""The proposed grouping on the regia's screen: what it is, what a person makes of it, and the matches of a voice."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aumenta.core.synthesis.themes import Caveat, CaveatKind
from aumenta.events.models import Event, Observation
from aumenta.live.access import event_of, operator_of
from aumenta.live.background import background
from aumenta.live.json_body import JsonBody, refused
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError
from aumenta.themes.accept_suggested_themes import Wish, accept_suggested_themes
from aumenta.themes.confidential_words import private_words_in
from aumenta.themes.encoder_faults import faults_in_words
from aumenta.themes.models import SuggestedThemes
from aumenta.themes.regroup_suggested_themes import accept_differences, forget_regrouping, suggest_regrouping
from aumenta.themes.strategy_matches import (
    StrategyMatches,
    confirm_strategy,
    matches_for_observation,
    similar_observations,
)
from aumenta.themes.theme_queries import evidence

MOST_GROUPS = 70
LONGEST_HEADING = 120


@login_required
@require_GET
def state(request: HttpRequest, slug: str) -> JsonResponse:
    """The proposals as they stand, which encoder made them, and the regrouping that waits."""
    event = event_of(request, slug)
    background.refresh_if_due(event)
    record = SuggestedThemes.objects.filter(event=event).first()
    return JsonResponse({**_status(event), **(_suggested(event, record) if record else {})})


def _status(event: Event) -> dict[str, Any]:
    return {"busy": background.busy(event.pk), "failed": background.failed(event.pk)}


def _suggested(event: Event, record: SuggestedThemes) -> dict[str, Any]:
    shown = record.suggestions
    known = evidence(event, {number: group.observations for number, group in enumerate(shown.groups)})
    names = {group.id: group.name for group in shown.groups if group.id and group.id in record.given}
    return {
        "version": record.version,
        "at": date_format(localtime(record.refreshed_at), "H:i") if record.refreshed_at else "",
        "way": shown.way,
        "groups": [{**group.as_json(), **known[number]} for number, group in enumerate(shown.groups)],
        "encoder": shown.encoder,
        "weaker": bool(shown.skipped),
        "why": faults_in_words(shown.skipped),
        "considered": shown.considered,
        "outside": shown.outside,
        "unreadable": shown.unreadable,
        "repeated": shown.repeated,
        "regrouping": _regrouping(event, record),
        "warned": private_words_in(event, names) if names else {},
    }


def _regrouping(event: Event, record: SuggestedThemes) -> dict[str, Any] | None:
    waiting = record.waiting
    if waiting is None:
        return None
    themes = dict(event.themes.values_list("pk", "name"))
    theme_of_group, known = record.theme_of_group, record.name_of_group

    def name(core: int | None) -> str | None:
        if core is None:
            return None
        own = known.get(core) if not waiting.headings else None
        return themes.get(theme_of_group.get(core, 0)) or own or waiting.names.get(core) or known.get(core, "")

    return {
        "version": waiting.version,
        "differences": [
            {
                "observations": [int(key) for key in one.statements],
                "before": name(one.before),
                "after": name(one.after),
            }
            for one in waiting.differences
        ],
        "notes": [_sentence(caveat) for caveat in waiting.caveats],
    }


def _sentence(caveat: Caveat) -> str:
    """What a regrouping did not do as asked, in the reader's language."""
    sentences = {
        CaveatKind.TOO_MANY_ASKED: _(
            "%(asked)s themes of at least %(least)s voices cannot be made of %(found)s voices."
        ),
        CaveatKind.OTHER_NUMBER: _("The voices fall into %(found)s themes rather than %(asked)s."),
    }
    sentence = sentences.get(caveat.what, "")
    return sentence % {"asked": caveat.asked, "found": caveat.found, "least": caveat.least} if sentence else ""


@login_required
@require_POST
def change(request: HttpRequest, slug: str) -> JsonResponse:
    """One step: {"verb": refresh | accept | regroup | differences | forget, …}; slow ones answer at once and go on."""
    event = event_of(request, slug)
    try:
        _take(operator_of(request), event, JsonBody(request.body))
    except RefusedError as refusal:
        return refused(refusal)
    return JsonResponse(_status(event))


def _take(person: User, event: Event, body: JsonBody) -> None:
    """Read what is asked, then do it: a fault of the page is refused before any verb is called."""
    verb = body.text("verb")
    if verb == "refresh":
        background.refresh(event)
    elif verb == "accept":
        wishes, version = None if body.has("all") else [_wish(body)], body.number("version")
        accept_suggested_themes(person=person, event=event, wishes=wishes, version=version)
    elif verb == "regroup":
        headings = headings_in(body.text("headings", ""))
        groups = body.number("groups") if body.has("groups") else None
        if groups is not None and not 1 <= groups <= MOST_GROUPS:
            raise RefusedError("number_of_groups", most=MOST_GROUPS)
        background.run(event, lambda: suggest_regrouping(person=person, event=event, groups=groups, headings=headings))
    elif verb == "differences":
        chosen = None if body.has("all") else body.numbers("chosen")
        version = body.number("version")
        waiting = SuggestedThemes.objects.filter(event=event).first()
        if waiting is None or waiting.waiting is None or waiting.waiting.version != version:
            raise RefusedError("differences_changed")
        background.run(event, lambda: accept_differences(person=person, event=event, chosen=chosen, version=version))
    elif verb == "forget":
        forget_regrouping(person=person, event=event)
    else:
        raise RefusedError("unreadable_request", field="verb")


def headings_in(text: str) -> list[str]:
    """Headings that people wrote, one a line; refused where they are too many, too few or too long."""
    headings = list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
    if len(headings) == 1 or len(headings) > MOST_GROUPS:
        raise RefusedError("number_of_headings", most=MOST_GROUPS)
    for heading in headings:
        if len(heading) > LONGEST_HEADING:
            raise RefusedError("heading_too_long", heading=heading[:40], most=LONGEST_HEADING)
    return headings


def _wish(body: JsonBody) -> Wish:
    some = body.numbers("observations") if body.has("observations") else None
    return Wish(body.number("group"), body.text("name", ""), some)


@login_required
@require_GET
def voice(request: HttpRequest, slug: str, observation: int) -> JsonResponse:
    """For one observation: the likeliest strategies, what was confirmed, and the voices like it."""
    event = event_of(request, slug)
    said = get_object_or_404(
        Observation.objects.select_related("confirmed_strategy"), table__event=event, pk=observation, withdrawn=False
    )
    choice = getattr(said, "confirmed_strategy", None)
    matches = matches_for_observation(event, said.text)
    near = [] if matches.preparing else similar_observations(event, said.text, but=said.pk)
    return JsonResponse(
        {
            **as_json(matches),
            "confirmed": choice.code if choice else None,
            "similar": [{"id": one.key, "same": one.same} for one in near],
        }
    )


@login_required
@require_POST
def strategy(request: HttpRequest, slug: str, observation: int) -> JsonResponse:
    """Confirm the strategy of an observation: {"code"}; "" is outside the plan, null takes the choice back."""
    event = event_of(request, slug)
    try:
        code = JsonBody(request.body).text_or_none("code")
        confirm_strategy(person=operator_of(request), event=event, observation=observation, code=code)
    except RefusedError as refusal:
        return refused(refusal)
    return JsonResponse({})


def as_json(matches: StrategyMatches) -> dict[str, Any]:
    """StrategyMatches for the screen."""
    return {
        "readable": matches.readable,
        "preparing": matches.preparing,
        "confident": matches.confident,
        "outside": matches.outside,
        "strategies": [
            {
                "code": one.code,
                "title": one.title,
                "matched": one.matched,
                "matched_title": one.matched_title,
                "words": list(one.words),
                "also": one.also,
            }
            for one in matches.strategies
        ],
    }
