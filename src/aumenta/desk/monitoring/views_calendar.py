"""What the office sets for updates: its words for how far actions have come, and the calendar on which it asks."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_for_good
from aumenta.desk.monitoring.forms_actions import RoundForm, StateForm
from aumenta.monitoring.actions.asked import late_people, unreported, without_referent
from aumenta.monitoring.actions.rounds import cancel_round, set_round
from aumenta.monitoring.actions.states import write_state
from aumenta.monitoring.models import ActionState, Round
from aumenta.monitoring.rules import may_set_vocabulary
from aumenta.people.refusals import RefusedError


@desk_page(may_set_vocabulary)
def states(request: DeskRequest) -> HttpResponse:
    """The office's words for how far an action has come, and a form for another."""
    return _states(request, None)


@desk_page(may_set_vocabulary)
def state(request: DeskRequest, slug: str) -> HttpResponse:
    """One word of the vocabulary, to change or retire it."""
    return _states(request, get_object_or_404(ActionState, slug=slug))


def _states(request: DeskRequest, kept: ActionState | None) -> HttpResponse:
    form = StateForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        try:
            write_state(
                person=request.user,
                state=ActionState.objects.get(pk=kept.pk) if kept else None,
                facts=form.cleaned_data,
            )
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Word saved."))
            return redirect("desk:action_states")
    context = {"states": ActionState.objects.all(), "form": form, "kept": kept}
    return render(request, "desk/monitoring/states.html", context, status=409 if request.method == "POST" else 200)


@desk_page(may_set_vocabulary)
def rounds(request: DeskRequest) -> HttpResponse:
    """The rounds of updates with who is late; put another on the calendar, or cancel one."""
    verb = request.POST.get("verb")
    form = RoundForm(request.POST if verb == "set" else None)
    if request.method == "POST":
        if verb == "cancel" and (question := _ask_to_cancel(request)):
            return question
        try:
            if _changed(request, form):
                return redirect("desk:rounds")
        except RefusedError as refusal:
            tell_refusal(request, refusal)
    found = Round.objects.select_related("edition").prefetch_related("asked__person", "asked__attempts")
    today = timezone.localdate()
    rows: list[dict[str, Any]] = []
    for one in found:
        late = late_people(one)
        rows.append(
            {
                "round": one,
                "missing": len(unreported(one)),
                "late": late,
                "nobody": without_referent(one, late),
                "over": today > one.due_on,
                "mails": list(one.asked.all()),
            }
        )
    context = {"form": form, "rows": rows}
    return render(request, "desk/monitoring/rounds.html", context, status=409 if request.method == "POST" else 200)


def _changed(request: DeskRequest, form: RoundForm) -> bool:
    if request.POST.get("verb") == "set":
        if not form.is_valid():
            return False
        set_round(person=request.user, **form.cleaned_data)
        messages.success(request, _("Round set: the mails go out by themselves."))
        return True
    number = whole_number(request.POST.get("round", ""))
    if request.POST.get("verb") != "cancel" or number is None:
        raise RefusedError("unknown_verb")
    cancel_round(person=request.user, round=get_object_or_404(Round, pk=number))
    messages.success(request, _("Round cancelled: nobody is asked any more."))
    return True


def _ask_to_cancel(request: DeskRequest) -> HttpResponse | None:
    """The question before a round is gone, and with it the list of who was written to."""
    return asked_for_good(
        request,
        title=_("Cancel this round?"),
        says=[_("Nobody is asked any more, and the list of the mails sent for it is gone. What was reported stays.")],
        submit=_("Cancel this round"),
        cancel=reverse("desk:rounds"),
    )
