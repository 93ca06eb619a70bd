"""What the buttons of a contribution's page do, by the verb each sends."""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, tell_refusal
from aumenta.desk.asking import asked_for_good
from aumenta.events.models import Event
from aumenta.events.rules import may_publish
from aumenta.people.refusals import RefusedError
from aumenta.results.erase_contribution import erase_contribution
from aumenta.themes.models import Theme
from aumenta.themes.put_into_theme import put_into_theme
from aumenta.voices.contributions.admit import admit, refuse
from aumenta.voices.contributions.points import divide, take_charge
from aumenta.voices.models import Contribution
from aumenta.voices.record_contributions import decide, join, keep_private, withdraw


def take_step(request: DeskRequest, own: Contribution) -> HttpResponse:
    """Do what the button says, and show the contribution again."""
    verb = request.POST.get("verb", "")
    if verb == "erase" and (question := _ask_to_erase(request, own)):
        return question
    try:
        if verb not in STEPS:
            raise RefusedError("nothing_chosen")
        STEPS[verb](request, own)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect("desk:contribution", own.pk)


def _ask_to_erase(request: DeskRequest, own: Contribution) -> HttpResponse | None:
    if not may_publish(request.user):
        return None
    says = [_("Its text and who sent it are gone, also from themes and results; a notice stays in its place.")]
    if own.claims.exclude(answer=None).exists():
        says.append(_("An answer that was for it alone goes too. One for others stays: see that it does not quote it."))
    return asked_for_good(
        request,
        title=_("Erase this contribution?"),
        says=says,
        submit=_("Erase for good"),
        cancel=reverse("desk:contribution", args=[own.pk]),
    )


def _strategy(request: DeskRequest, own: Contribution) -> None:
    value = request.POST.get("value", "")
    if not value:
        raise RefusedError("nothing_chosen")
    decide(person=request.user, contribution=own, code=value)


def _join(request: DeskRequest, own: Contribution) -> None:
    key = whole_number(request.POST.get("value", ""))
    if key is None:
        raise RefusedError("nothing_chosen")
    join(person=request.user, contribution=own, same_as=get_object_or_404(Contribution, pk=key))


def _into_theme(request: DeskRequest, own: Contribution) -> None:
    event = get_object_or_404(Event, pk=whole_number(request.POST.get("event", "")) or 0)
    key = whole_number(request.POST.get("value", ""))
    theme = None if key is None else get_object_or_404(Theme, event=event, pk=key)
    put_into_theme(person=request.user, contribution=own, event=event, theme=theme)


def _divide(request: DeskRequest, own: Contribution) -> None:
    text = request.POST.get("points", "").replace("\r\n", "\n")[:200_000]
    divide(person=request.user, contribution=own, texts=re.split(r"\n\s*\n", text))


STEPS: Final[dict[str, Callable[[DeskRequest, Contribution], object]]] = {
    "strategy": _strategy,
    "outside": lambda request, own: decide(person=request.user, contribution=own, code=""),
    "undecided": lambda request, own: decide(person=request.user, contribution=own, code=None),
    "join": _join,
    "part": lambda request, own: join(person=request.user, contribution=own, same_as=None),
    "theme": _into_theme,
    "admit": lambda request, own: admit(person=request.user, contribution=own),
    "refuse": lambda request, own: refuse(person=request.user, contribution=own, reason=request.POST.get("reason", "")),
    "take": lambda request, own: take_charge(person=request.user, contributions=[own]),
    "let_go": lambda request, own: take_charge(person=request.user, contributions=[own], let_go=True),
    "divide": _divide,
    "hide": lambda request, own: keep_private(person=request.user, contribution=own, private=True),
    "publish": lambda request, own: keep_private(person=request.user, contribution=own, private=False),
    "withdraw": lambda request, own: withdraw(person=request.user, contribution=own),
    "restore": lambda request, own: withdraw(person=request.user, contribution=own, withdrawn=False),
    "erase": lambda request, own: erase_contribution(person=request.user, contribution=own),
}
