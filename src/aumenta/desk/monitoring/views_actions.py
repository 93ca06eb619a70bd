"""How far actions have come, at the desk: the list, one action with what is asked of it, an update to be decided on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, sheet_or_404, tell_refusal
from aumenta.desk.monitoring.forms_actions import AnswerForm, ImplementationForm, MilestoneForm, ProgressForm
from aumenta.monitoring.actions.report_progress import decide_progress, send_progress
from aumenta.monitoring.actions.set_implementation import (
    drop_milestone,
    milestone_digest,
    set_implementation,
    write_milestone,
)
from aumenta.monitoring.actions.standing import ActionStanding, standing_of
from aumenta.monitoring.models import Milestone, Progress
from aumenta.monitoring.rules import (
    may_decide_progress,
    may_report_progress,
    may_see_progress,
    may_set_implementation,
    may_set_vocabulary,
)
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition
from aumenta.plan.rules import sheets_seen_by

ON_A_PAGE = 40


@desk_page(may_see_progress)
def show_all(request: DeskRequest) -> HttpResponse:
    """The actions she sees with where they stand, and the updates that wait to be reviewed."""
    seen = sheets_seen_by(request.user)
    label = request.GET.get("edizione", "")
    editions = list(Edition.objects.filter(axes__strategies__actions__in=seen).distinct())
    chosen = next((one for one in editions if one.label == label), editions[0] if editions else None)
    rows = seen.filter(strategy__axis__edition=chosen).select_related("strategy__axis__edition")
    ordered = rows.order_by("strategy__axis__number", "strategy__number", "number")
    page = Paginator(ordered, ON_A_PAGE).get_page(request.GET.get("pagina"))
    waiting = Progress.objects.filter(review="sent", action__in=seen).select_related(
        "action__strategy__axis__edition", "state", "sent_by"
    )
    context = {
        "page": page,
        "rows": standing_of(list(page)),
        "waiting": waiting.order_by("sent_at"),
        "editions": editions,
        "chosen": chosen,
        "sets": may_set_vocabulary(request.user),
    }
    return render(request, "desk/monitoring/progress_list.html", context)


@desk_page(may_see_progress)
def action(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """One action: report how far it has come; who carries it out; its milestones; everything that was reported."""
    shown = sheet_or_404(request, label, code)
    (standing,) = standing_of([shown])
    verb = request.POST.get("verb", "")
    forms = _forms(request, standing, verb)
    if request.method == "POST" and _did(request, standing, verb, forms):
        return redirect("desk:report_progress", label, code)
    context: dict[str, Any] = {
        "action": shown,
        "standing": standing,
        "reports": forms["send"] if may_report_progress(request.user, shown) else None,
        "sets": forms["set"] if may_set_implementation(request.user, shown) else None,
        "milestone_form": forms["milestone"],
        "history": Progress.objects.filter(action=shown).select_related("state", "sent_by", "decided_by"),
    }
    return render(request, "desk/monitoring/action.html", context, status=409 if request.method == "POST" else 200)


def _forms(request: DeskRequest, standing: ActionStanding, verb: str) -> dict[str, Any]:
    """The forms of the page; what was sent stands in the one it was sent by."""

    def data(name: str) -> Any:
        return request.POST if verb == name else None

    return {
        "send": ProgressForm(data("send"), milestones=standing.milestones, latest=standing.latest),
        "set": ImplementationForm(data("set"), instance=standing.implementation, auto_id="set_%s"),
        "milestone": MilestoneForm(data("milestone"), auto_id="new_%s"),
    }


def _did(request: DeskRequest, standing: ActionStanding, verb: str, forms: dict[str, Any]) -> bool:
    """Do what was sent; False where a form or a verb would not have it."""
    person, shown = request.user, standing.action
    if verb in forms and not forms[verb].is_valid():
        return False
    try:
        if verb == "send":
            send_progress(person=person, action=shown, values=forms["send"].values(), **forms["send"].facts())
            messages.success(request, _("Update sent: everybody reads it once it is approved."))
        elif verb == "set":
            set_implementation(person=person, action=shown, facts=forms["set"].cleaned_data)
            messages.success(request, _("Saved."))
        elif verb == "milestone":
            write_milestone(person=person, action=shown, facts=forms["milestone"].cleaned_data)
            messages.success(request, _("Milestone added."))
        elif verb.startswith("drop-") and (number := whole_number(verb[5:])) is not None:
            drop_milestone(person=person, milestone=get_object_or_404(Milestone, action=shown, pk=number))
            messages.success(request, _("Milestone taken away."))
        else:
            raise RefusedError("unknown_verb")
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return False
    return True


@desk_page(may_see_progress)
def milestone(request: DeskRequest, number: int) -> HttpResponse:
    """One milestone, to put it right; what updates have measured stays as it is."""
    kept = get_object_or_404(Milestone.objects.select_related("action__strategy__axis__edition"), pk=number)
    if not sheets_seen_by(request.user).filter(pk=kept.action_id).exists():
        raise Http404
    if not may_set_implementation(request.user, kept.action):
        raise PermissionDenied
    label, code = kept.action.strategy.axis.edition.label, kept.action.code
    form = MilestoneForm(request.POST or None, initial=MilestoneForm.of(kept))
    if request.method == "POST" and form.is_valid():
        try:
            seen = request.POST.get("seen", "")
            write_milestone(person=request.user, action=kept.action, milestone=kept, facts=form.cleaned_data, seen=seen)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:report_progress", label, code)
    context = {
        "milestone": kept,
        "action": kept.action,
        "form": form,
        "seen": request.POST.get("seen") or milestone_digest(kept),
    }
    return render(request, "desk/monitoring/milestone.html", context, status=409 if request.method == "POST" else 200)


@desk_page(may_see_progress)
def update(request: DeskRequest, number: int) -> HttpResponse:
    """An update with what it says; approve it, or send it back with a word."""
    found = Progress.objects.select_related("action__strategy__axis__edition", "state", "sent_by", "decided_by")
    shown = get_object_or_404(found, pk=number)
    if not sheets_seen_by(request.user).filter(pk=shown.action_id).exists():
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, shown, form.cleaned_data["answer"])
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            return redirect("desk:progress_update", number)
    context = {
        "update": shown,
        "action": shown.action,
        "values": shown.values.select_related("milestone"),
        "form": form if shown.review == "sent" and may_decide_progress(request.user, shown) else None,
    }
    return render(request, "desk/monitoring/update.html", context, status=409 if request.method == "POST" else 200)


def _decide(request: DeskRequest, shown: Progress, answer: str) -> None:
    verb = request.POST.get("verb")
    if verb not in {"approve", "send_back"}:
        raise RefusedError("unknown_verb")
    decide_progress(person=request.user, progress=shown, approve=verb == "approve", answer=answer)
    if verb == "approve":
        messages.success(request, _("Approved: everybody can read it now."))
    else:
        messages.success(request, _("Sent back."))
