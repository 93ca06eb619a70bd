"""One change to the frame: compared, written on, sent, decided."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_first
from aumenta.desk.frame.comparing import compare_texts
from aumenta.desk.frame.forms import copy_name
from aumenta.desk.frame.forms_move import start_of
from aumenta.desk.frame.views import WHOLE, form_of, go_on
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import is_approver
from aumenta.review.frame.decide_change import (
    approve_change,
    send_change_back,
    submit_change,
    take_change_back,
    withdraw_change,
)
from aumenta.review.frame.moves import new_codes, placings
from aumenta.review.frame.propose_change import edit_change
from aumenta.review.frame.removed import can_be_put_back
from aumenta.review.frame.undo_change import may_undo_change, propose_to_undo
from aumenta.review.models import FrameProposal, RemovedSheet
from aumenta.review.rules import (
    may_change_frame,
    may_decide_change,
    may_read_change,
    may_see_editions,
    may_withdraw_change,
    may_write_change,
)


def change_or_404(request: DeskRequest, number: int) -> FrameProposal:
    """The change, if she may read it."""
    changes = FrameProposal.objects.select_related(
        "edition", "author", "decided_by", "axis", "strategy__axis", "action__strategy__axis"
    )
    change = get_object_or_404(changes, pk=number)
    if not may_read_change(request.user, change):
        raise Http404
    return change


@desk_page(may_see_editions)
def show(request: DeskRequest, number: int) -> HttpResponse:
    """What it changes, side by side, and what can be done about it."""
    change = change_or_404(request, number)
    waits = change.state == FrameProposal.State.SUBMITTED
    context = {
        "change": change,
        "edition": change.edition,
        "fields": compare_texts(change.before, change.content) if change.writes_texts else [],
        "codes": _codes(change) if change.moves else {},
        "removed": _removed(request, change),
        "may_undo": may_undo_change(request.user, change),
        "may_write": may_write_change(request.user, change),
        "may_withdraw": change.is_open and may_withdraw_change(request.user, change),
        "may_decide": waits and may_decide_change(request.user, change),
        "own": waits and is_approver(request.user) and change.author_id == request.user.pk,
    }
    return render(request, "desk/frame/change.html", context)


def _codes(change: FrameProposal) -> dict[str, str]:
    """Old code → new code, as it was carried out or as it would be today; empty where it can't be."""
    if "codes" in change.content:
        done: dict[str, str] = change.content["codes"]
        return done
    thing = change.action or change.strategy or change.axis
    if thing is None or not change.is_open:
        return {}
    try:
        return new_codes(placings(change, thing))
    except RefusedError:
        return {}


def _removed(request: DeskRequest, change: FrameProposal) -> RemovedSheet | None:
    """What it took out, where she may put it back."""
    if not change.takes_out or change.state != FrameProposal.State.APPROVED:
        return None
    kind = change.kind.removeprefix("drop_")
    removed = can_be_put_back(change.edition).filter(code=change.code, kind=kind).first()
    if removed is None or removed.parent is None:
        return None
    return removed if may_change_frame(request.user, f"back_{kind}", removed.parent) else None


@desk_page(may_see_editions)
def write(request: DeskRequest, number: int) -> HttpResponse:
    """The form of one's own draft."""
    change = change_or_404(request, number)
    check_permission(may_write_change(request.user, change), "edit_change")
    if not change.is_writable or change.puts_back:
        return redirect("desk:change", number)
    thing = change.action or change.strategy or change.axis
    texts = start_of(change.content.get("code", "")) if change.moves else change.content
    start = {**texts, "reason": change.reason, "revision": change.revision}
    form = form_of(request, change.kind, thing, change.edition, start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            saved = edit_change(
                person=request.user,
                change=change,
                revision=data["revision"] or 0,
                content=form.content(),
                reason=data["reason"],
            )
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            return go_on(request, saved)
    context: dict[str, Any] = {
        "edition": change.edition,
        "form": form,
        "kind": change.kind,
        "kind_words": change.get_kind_display(),
        "change": change,
        "thing": thing,
        "code": thing.code if thing else WHOLE,
        "saves_itself": change.writes_texts,
        "copy_name": copy_name(request, change, change.kind, "", ""),
        "drops": change.takes_out,
        "moves": change.moves,
        "may_write": True,
    }
    return render(request, "desk/frame/write.html", context, status=409 if request.method == "POST" else 200)


_MOVES: Final[dict[str, tuple[Callable[..., Any], Any]]] = {
    "take_back": (take_change_back, gettext_lazy("Taken back: go on writing, then send it again.")),
    "withdraw": (withdraw_change, gettext_lazy("Withdrawn: nobody decides on it.")),
}


@require_POST
@desk_page(may_see_editions)
def move(request: DeskRequest, number: int) -> HttpResponse:
    """Send it for review, take it back, or withdraw it."""
    change, verb = change_or_404(request, number), request.POST.get("verb", "")
    if verb == "withdraw" and may_withdraw_change(request.user, change):
        question = asked_first(
            request,
            title=_("Withdraw this proposal?"),
            question=_("Nobody will decide on it. Its text can be read, and not taken up again."),
            says=[str(change)],
            submit=_("Withdraw the proposal"),
            cancel=reverse("desk:change", args=[number]),
        )
        if question:
            return question
    try:
        if verb == "submit":
            seen = whole_number(request.POST.get("revision", "")) or 0
            submit_change(person=request.user, change=change, revision=seen)
            messages.success(request, _("Sent for review. You will get an e-mail when somebody decides."))
        elif verb in _MOVES:
            act, said = _MOVES[verb]
            act(person=request.user, change=change)
            messages.success(request, said)
        else:
            raise RefusedError("unknown_verb")
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect("desk:change", number)


@require_POST
@desk_page(may_see_editions)
def undo(request: DeskRequest, number: int) -> HttpResponse:
    """Ask by one press that what was approved be undone."""
    change = change_or_404(request, number)
    try:
        asked = propose_to_undo(person=request.user, change=change)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return redirect("desk:change", number)
    messages.success(request, _("Sent for review. You will get an e-mail when somebody decides."))
    return redirect("desk:change", asked.pk)


@require_POST
@desk_page(is_approver)
def decide(request: DeskRequest, number: int) -> HttpResponse:
    """Approve or send back what the approver read; before something is taken out, ask."""
    change = change_or_404(request, number)
    seen = whole_number(request.POST.get("revision", "")) or 0
    approves = request.POST.get("decision") == "approve"
    if approves and change.takes_out and (question := _ask_to_take_out(request, change)):
        return question
    try:
        if approves:
            approve_change(person=request.user, change=change, revision=seen)
            messages.success(request, _("Approved: the plan says so from now on."))
        else:
            answer = request.POST.get("answer", "")
            send_change_back(person=request.user, change=change, revision=seen, answer=answer)
            messages.success(request, _("Sent back. Its author gets an e-mail with your words."))
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect("desk:change", number)


def _ask_to_take_out(request: DeskRequest, change: FrameProposal) -> HttpResponse | None:
    return asked_first(
        request,
        title=_("Take %(code)s out of the plan?") % {"code": change.code},
        question=_("From then on the public does not find it any more; its texts stay in the history."),
        says=[f"{change.code} {change.before.get('title_it', '')}", change.reason],
        submit=_("Take it out"),
        cancel=reverse("desk:change", args=[change.pk]),
    )
