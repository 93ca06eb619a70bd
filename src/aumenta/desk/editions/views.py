"""Editions: open the next one, say how things go on, freeze, reopen, publish."""

from collections.abc import Callable, Container
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.editions.asking import ask_to_drop, ask_to_freeze, ask_to_hide, ask_to_publish, ask_to_untie
from aumenta.desk.editions.forms import (
    ContinuationForm,
    DropSheetForm,
    FreezeForm,
    NewSheetForm,
    OpenEditionForm,
    RenameForm,
)
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, ActionContinuation, AlignmentProposal, Edition, Strategy, StrategyContinuation
from aumenta.plan.queries import tree
from aumenta.review.editions.continuations import (
    add_sheet,
    continue_action,
    continue_strategy,
    drop_sheet,
    end_continuation,
)
from aumenta.review.editions.freeze import freeze, publish, reopen
from aumenta.review.editions.hide_again import hide_again, hideable_until
from aumenta.review.editions.open_edition import open_edition
from aumenta.review.models import FrameProposal, Proposal
from aumenta.review.queries import (
    public_releases,
    release_is_intact,
    sheets_beside_their_version,
    texts_that_stay,
)
from aumenta.review.rules import axes_continued_by, may_confirm_proposed, may_manage_editions, may_see_editions


@desk_page(may_see_editions)
def show_all(request: DeskRequest) -> HttpResponse:
    """All editions, newest first."""
    editions = Edition.objects.order_by("-first_year").prefetch_related("releases")
    context = {
        "editions": editions,
        "current": Edition.objects.current(),
        "may_load": may_manage_editions(request.user),
    }
    return render(request, "desk/editions/editions.html", context)


def edition_context(request: DeskRequest, edition: Edition, **forms_with_errors: Any) -> dict[str, Any]:
    before = edition.earlier
    hers = axes_continued_by(request.user, edition)
    return {
        "edition": edition,
        "hideable_until": hideable_until(edition),
        "is_current": edition == Edition.objects.current(),
        "before": before,
        "releases": [(r, release_is_intact(r)) for r in edition.releases.select_related("frozen_by")],
        "waiting": Proposal.objects.filter(edition=edition, state=Proposal.State.SUBMITTED).count(),
        "frame_open": FrameProposal.objects.open().filter(edition=edition).count(),
        "beside": sheets_beside_their_version(edition),
        "may_tie": bool(hers),
        "may_manage": may_manage_editions(request.user),
        **_to_confirm(request, edition),
        "may_remove": not edition.is_public and not edition.releases.exists(),
        **_continuations(edition, before, hers),
        "rename_form": RenameForm(prefix="rename", initial=vars(edition)),
        "open_form": OpenEditionForm(prefix="open"),
        "freeze_form": FreezeForm(prefix="freeze"),
        "tie_form": ContinuationForm(prefix="tie"),
        "add_form": NewSheetForm(prefix="add"),
        "drop_form": DropSheetForm(prefix="drop"),
        **forms_with_errors,
    }


def _to_confirm(request: DeskRequest, edition: Edition) -> dict[str, int]:
    """How much of what was proposed from texts waits for her."""
    if not may_confirm_proposed(request.user):
        return {}
    goals = AlignmentProposal.objects.filter(
        action__strategy__axis__edition=edition, state=AlignmentProposal.State.PROPOSED
    )
    titles = Action.objects.of(edition).filter(title_proposed=True)
    return {"titles_to_confirm": titles.count(), "goals_to_confirm": goals.count()}


def _continuations(edition: Edition, before: Edition | None, hers: Container[int]) -> dict[str, Any]:
    """How strategies and actions went on from the edition before, and which she may tie anew; what went, what came."""
    action_ties = (
        ActionContinuation.objects.filter(newer__strategy__axis__edition=edition)
        .select_related("older__strategy__axis", "newer__strategy__axis")
        .order_by("newer__strategy__axis__number", "newer__strategy__number", "newer__number")
    )
    strategy_ties = (
        StrategyContinuation.objects.filter(newer__axis__edition=edition)
        .select_related("older__axis", "newer__axis")
        .order_by("newer__axis__number", "newer__number")
    )
    older = Action.objects.of(before) if before else Action.objects.none()
    sheets = Action.objects.of(edition)
    return {
        "ties": [
            *(("strategy", tie, tie.newer.axis_id in hers) for tie in strategy_ties),
            *(("action", tie, tie.newer.strategy.axis_id in hers) for tie in action_ties),
        ],
        # An edition whose sheets are still to come says nothing of those before.
        "dropped": older.exclude(pk__in=action_ties.order_by().values("older")) if sheets.exists() else [],
        "new": sheets.exclude(pk__in=action_ties.order_by().values("newer")) if before else [],
    }


@desk_page(may_see_editions)
def show(request: DeskRequest, label: str) -> HttpResponse:
    """One edition: its state, its dated versions, how its sheets go on from the edition before."""
    return render(
        request, "desk/editions/edition.html", edition_context(request, get_object_or_404(Edition, label=label))
    )


def form_verb(
    request: DeskRequest,
    label: str,
    name: str,
    kind: type[forms.Form],
    act: Callable[[Edition, dict[str, Any]], str],
    *,
    ask: Callable[[Edition, dict[str, Any]], HttpResponse | None] | None = None,
) -> HttpResponse:
    """Check a form, ask where it must, call its verb, tell what happened; a refusal shows the form again with what was
    typed."""
    edition = get_object_or_404(Edition, label=label)
    form = kind(request.POST, prefix=name)
    if form.is_valid():
        if ask and (question := ask(edition, form.cleaned_data)):
            return question
        try:
            messages.success(request, act(edition, form.cleaned_data))
            return redirect("desk:edition", label)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
    return render(
        request, "desk/editions/edition.html", edition_context(request, edition, **{f"{name}_form": form}), status=409
    )


@require_POST
@desk_page(may_manage_editions)
def open_next(request: DeskRequest, label: str) -> HttpResponse:
    """Open the next edition from this one, and show it."""
    made: list[Edition] = []

    def act(edition: Edition, data: dict[str, Any]) -> str:
        made.append(open_edition(person=request.user, source=edition, **data))
        return _("The edition %(label)s is open, in preparation.") % {"label": made[0].label}

    answer = form_verb(request, label, "open", OpenEditionForm, act)
    return redirect("desk:edition", made[0].label) if made else answer


@require_POST
@desk_page(may_manage_editions)
def freeze_edition(request: DeskRequest, label: str) -> HttpResponse:
    """Freeze an edition as a dated version."""

    def act(edition: Edition, data: dict[str, Any]) -> str:
        release = freeze(person=request.user, edition=edition, **data)
        return _("Frozen as “%(title)s”.") % {"title": release.title_it}

    def ask(edition: Edition, data: dict[str, Any]) -> HttpResponse | None:
        return ask_to_freeze(request, edition, data["title_it"])

    return form_verb(request, label, "freeze", FreezeForm, act, ask=ask)


@desk_page(may_see_editions)
def preview(request: DeskRequest, label: str) -> HttpResponse:
    """Everything that publishing an edition lets everybody read: texts, reasons, dated versions, history."""
    edition = get_object_or_404(Edition, label=label)
    before = edition.earlier
    ties = _continuations(edition, before, ())["ties"]
    context = {
        "edition": edition,
        "axes": tree(edition),
        "before": before,
        "ties": [tie for _of, tie, _hers in ties if tie.reason_it or tie.reason_en],
        "releases": public_releases(edition),
        "stays": texts_that_stay(edition),
        "may_manage": may_manage_editions(request.user),
    }
    return render(request, "desk/editions/preview.html", context)


@require_POST
@desk_page(may_manage_editions)
def change_state(request: DeskRequest, label: str) -> HttpResponse:
    """Reopen a frozen edition, publish one in preparation, or hide again what was published by mistake."""
    edition = get_object_or_404(Edition, label=label)
    asks = {"publish": ask_to_publish, "hide": ask_to_hide}.get(request.POST.get("verb", ""))
    if asks and (question := asks(request, edition)):
        return question
    try:
        match request.POST.get("verb"):
            case "publish":
                publish(person=request.user, edition=edition)
                messages.success(request, _("Published: everybody can read it. For 24 hours you can hide it again."))
            case "hide":
                hide_again(person=request.user, edition=edition)
                messages.success(request, _("Hidden: the edition is in preparation again."))
            case "reopen":
                reopen(person=request.user, edition=edition)
                messages.success(request, _("Reopened: proposals can be approved again."))
            case _other:
                raise RefusedError("unknown_verb")
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect("desk:edition", label)


@require_POST
@desk_page(may_see_editions)
def tie(request: DeskRequest, label: str) -> HttpResponse:
    """Say how an action or a strategy goes on; the codes say which of the two."""

    def act(edition: Edition, data: dict[str, Any]) -> str:
        earlier = edition.earlier
        common = {"person": request.user, "kind": data["kind"], "reason": data["reason"]}
        of_actions = data["newer"].count(".") == 2
        manager: Any = Action.objects if of_actions else Strategy.objects
        older = manager.of(earlier).with_code(data["older"]).first() if earlier else None
        newer = manager.of(edition).with_code(data["newer"]).first()
        if older is None or newer is None:
            raise RefusedError("unknown_code", words=data["newer"] if newer is None else data["older"])
        (continue_action if of_actions else continue_strategy)(older=older, newer=newer, **common)
        return _("Written: %(older)s goes on in %(newer)s.") % {"older": older.code, "newer": newer.code}

    return form_verb(request, label, "tie", ContinuationForm, act)


@require_POST
@desk_page(may_see_editions)
def untie(request: DeskRequest, label: str) -> HttpResponse:
    """Say that something does not go on in what it was tied to."""
    key = whole_number(request.POST.get("tie", "")) or 0
    found: ActionContinuation | StrategyContinuation | None
    if request.POST.get("of") == "strategy":
        found = StrategyContinuation.objects.filter(pk=key, newer__axis__edition__label=label).first()
    else:
        found = ActionContinuation.objects.filter(pk=key, newer__strategy__axis__edition__label=label).first()
    if found is None:
        messages.error(request, _("That tie is gone already."))
        return redirect("desk:edition", label)
    if question := ask_to_untie(request, found, label):
        return question
    end_continuation(person=request.user, tie=found)
    messages.success(request, _("The tie is gone."))
    return redirect("desk:edition", label)


@require_POST
@desk_page(may_manage_editions)
def add(request: DeskRequest, label: str) -> HttpResponse:
    """Add a sheet to a strategy."""

    def act(edition: Edition, data: dict[str, Any]) -> str:
        strategy = Strategy.objects.of(edition).with_code(data["strategy"]).first()
        if strategy is None:
            raise RefusedError("unknown_code", words=data["strategy"])
        made = add_sheet(person=request.user, strategy=strategy, title_it=data["title_it"])
        return _("Sheet %(code)s added.") % {"code": made.code}

    return form_verb(request, label, "add", NewSheetForm, act)


@require_POST
@desk_page(may_manage_editions)
def drop(request: DeskRequest, label: str) -> HttpResponse:
    """Take a sheet out."""

    def act(edition: Edition, data: dict[str, Any]) -> str:
        action = Action.objects.of(edition).with_code(data["code"]).first()
        if action is None:
            raise RefusedError("unknown_code", words=data["code"])
        drop_sheet(person=request.user, action=action, reason=data["reason"])
        words = _("Sheet %(code)s taken out. Under “Structure” it can be put back as it was for 90 days.")
        return words % {"code": data["code"]}

    def ask(edition: Edition, data: dict[str, Any]) -> HttpResponse | None:
        action = Action.objects.of(edition).with_code(data["code"]).first()
        return ask_to_drop(request, action) if action else None

    return form_verb(request, label, "drop", DropSheetForm, act, ask=ask)
