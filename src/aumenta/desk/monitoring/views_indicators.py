"""Indicators at the desk: the list, a card with how its statuses come about, its form, the goalposts of editions."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_first
from aumenta.desk.monitoring.forms import CardForm, FreezeForm
from aumenta.monitoring.carry_over import carry_over, look_at_carry_over
from aumenta.monitoring.composites import freeze_goalposts
from aumenta.monitoring.models import Correction, Goalposts, Indicator, MeasuredPlace
from aumenta.monitoring.queries import cards_with_status
from aumenta.monitoring.rules import may_keep_indicators, may_publish_indicators
from aumenta.monitoring.status_words import explained
from aumenta.monitoring.write_indicator import card_digest, write_indicator
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition
from aumenta.territory.models import Territory

ON_A_PAGE = 50
LATEST_CORRECTIONS = 20


@desk_page(may_keep_indicators)
def show_all(request: DeskRequest) -> HttpResponse:
    """All indicators, those that nobody outside reads too, with their status by their own rule."""
    shown = Paginator(Indicator.objects.select_related("keeper"), ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": shown,
        "rows": cards_with_status(list(shown)),
        "may_publish": may_publish_indicators(request.user),
    }
    return render(request, "desk/monitoring/indicators.html", context)


@desk_page(may_publish_indicators)
def carried(request: DeskRequest) -> HttpResponse:
    """Tie indicators to the strategies and actions that go on in a later edition; says before how many."""
    editions = [(one, look_at_carry_over(one)) for one in Edition.objects.all()]
    if request.method == "POST":
        edition = get_object_or_404(Edition, label=request.POST.get("edition", "")[:20])
        if question := _ask_to_carry(edition):
            page = asked_first(request, **question, cancel=reverse("desk:carry_over"))
            if page is not None:
                return page
        try:
            done = carry_over(person=request.user, edition=edition)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            said = {"n": done.count, "edition": edition.label}
            messages.success(request, _("Ties made to edition %(edition)s: %(n)s.") % said)
            return redirect("desk:carry_over")
    status = 409 if request.method == "POST" else 200
    return render(request, "desk/monitoring/carry_over.html", {"editions": editions}, status=status)


def _ask_to_carry(edition: Edition) -> dict[str, Any] | None:
    """The question before many cards change at once; None where there is nothing to do."""
    found = look_at_carry_over(edition)
    if not found.count:
        return None
    said = {"n": found.count, "indicators": found.indicators}
    return {
        "title": _("Carry the indicators over to %(edition)s?") % {"edition": edition.label},
        "question": _("Many cards change at once."),
        "says": [_("%(n)s ties of %(indicators)s indicators are made; those of earlier editions stay.") % said],
        "submit": _("Carry them over"),
        "danger": False,
    }


@desk_page(may_keep_indicators)
def new(request: DeskRequest) -> HttpResponse:
    """The card of a new indicator."""
    return _card(request, None)


@desk_page(may_keep_indicators)
def card(request: DeskRequest, code: str) -> HttpResponse:
    """The card of an indicator, to change it."""
    return _card(request, get_object_or_404(Indicator, code=code))


def _card(request: DeskRequest, indicator: Indicator | None) -> HttpResponse:
    kept = Indicator.objects.get(pk=indicator.pk) if indicator else None
    form = CardForm(request.POST or None, instance=indicator, may_publish=may_publish_indicators(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            made = write_indicator(
                person=request.user,
                indicator=kept,
                facts=form.facts(),
                strategies=list(form.cleaned_data["strategies"]),
                actions=form.cleaned_data["actions"],
                seen=request.POST.get("seen", ""),
            )
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Card saved: its statuses were worked out anew."))
            return redirect("desk:indicator", made.code)
    seen = request.POST.get("seen") or (card_digest(kept) if kept else "")
    context = {"indicator": kept, "form": form, "seen": seen}
    return render(request, "desk/monitoring/card.html", context, status=409 if request.method == "POST" else 200)


@desk_page(may_keep_indicators)
def show(request: DeskRequest, code: str) -> HttpResponse:
    """An indicator: what each rule says and from what, its readings of a place, what was corrected and why."""
    indicator = get_object_or_404(Indicator.objects.select_related("keeper"), code=code)
    places = MeasuredPlace.objects.filter(readings__indicator=indicator).distinct()
    chosen = places.filter(code=request.GET.get("luogo", "")).first() or (
        places.filter(kind="territory").first() or places.exclude(kind="municipality").first() or places.first()
    )
    readings = indicator.readings.filter(place=chosen).select_related("file").order_by("-period")
    statuses = indicator.statuses.select_related("place").filter(place__kind="territory")
    corrected = Correction.objects.filter(reading__indicator=indicator)
    context: dict[str, Any] = {
        "indicator": indicator,
        "statuses": explained(sorted(statuses, key=lambda one: (one.rule != indicator.rule, one.rule)), indicator),
        "places": places,
        "chosen": chosen,
        "page": Paginator(readings, ON_A_PAGE).get_page(request.GET.get("pagina")),
        "corrections": corrected.select_related("reading__place", "corrected_by")[:LATEST_CORRECTIONS],
        "strategies": indicator.strategies.select_related("axis__edition"),
        "actions": indicator.actions.select_related("strategy__axis__edition"),
    }
    return render(request, "desk/monitoring/indicator.html", context)


@desk_page(may_keep_indicators)
def goalposts(request: DeskRequest) -> HttpResponse:
    """Between which values the composites of each edition move, and freezing those of another."""
    editions = list(Edition.objects.all())
    form = FreezeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _freeze(request, form.cleaned_data["edition"])
        return answer or redirect("desk:goalposts")
    kept: dict[int, list[Goalposts]] = {}
    for one in Goalposts.objects.select_related("indicator"):
        kept.setdefault(one.edition_id, []).append(one)
    context = {
        "editions": [(edition, kept.get(edition.pk, [])) for edition in editions],
        "may_freeze": may_publish_indicators(request.user),
    }
    return render(request, "desk/monitoring/goalposts.html", context, status=409 if request.method == "POST" else 200)


def _freeze(request: DeskRequest, edition: Edition) -> HttpResponse | None:
    territory = Territory.objects.home()
    if territory is None:
        return None
    question = asked_first(
        request,
        title=_("Freeze the goalposts of edition %(edition)s?") % {"edition": edition.label},
        question=_("This can't be undone."),
        says=[_("They are made of the readings there are today. Readings that come later never move them.")],
        submit=_("Freeze them"),
        cancel=reverse("desk:goalposts"),
    )
    if question:
        return question
    try:
        made = freeze_goalposts(person=request.user, edition=edition, territory=territory)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, _("Goalposts of %(n)s indicators frozen.") % {"n": len(made)})
    return None
