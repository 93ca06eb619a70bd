"""The frame of an edition: its axes, strategies and actions, and the forms that propose to change it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.frame.comparing import compare_texts
from aumenta.desk.frame.forms import ChangeForm, copy_name, kind_of
from aumenta.desk.frame.forms_move import MoveForm
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Axis, Edition, Strategy
from aumenta.plan.queries import tree
from aumenta.plan.sheet_content import content_hash
from aumenta.review.editions.continuations import put_sheet_back
from aumenta.review.frame.decide_change import submit_change
from aumenta.review.frame.propose_change import propose_change, propose_to_put_back
from aumenta.review.frame.removed import can_be_put_back
from aumenta.review.frame.texts import MOVES, names_of, texts_of
from aumenta.review.models import FrameProposal, RemovedSheet
from aumenta.review.rules import axes_continued_by, may_change_frame, may_manage_editions, may_see_editions

WHOLE = "piano"
"""Stands in the address where something is added to the edition itself."""


@desk_page(may_see_editions)
def show(request: DeskRequest, label: str) -> HttpResponse:
    """Axes, strategies and actions in their order; what is proposed and what was decided."""
    edition = get_object_or_404(Edition, label=label)
    changes = FrameProposal.objects.filter(edition=edition).select_related("author", "decided_by")
    hers = axes_continued_by(request.user, edition)
    context = {
        "edition": edition,
        "axes": tree(edition),
        "hers": hers,
        "may_add_axes": may_change_frame(request.user, "new_axis", edition),
        "open": changes.open(),
        "decided": changes.exclude(state__in=FrameProposal.OPEN)[:30],
        "whole": WHOLE,
        "removed": [
            (one, one.parent is not None and may_change_frame(request.user, f"back_{one.kind}", one.parent))
            for one in can_be_put_back(edition)
        ],
        "may_manage": may_manage_editions(request.user),
    }
    return render(request, "desk/frame/frame.html", context)


def thing_or_404(edition: Edition, code: str) -> Axis | Strategy | Action:
    """The axis, strategy or action with this code."""
    thing: Axis | Strategy | Action | None
    match code.count("."):
        case 0:
            thing = edition.axes.filter(number=int(code)).first() if code.isascii() and code.isdigit() else None
        case 1:
            thing = Strategy.objects.of(edition).with_code(code).first()
        case _more:
            thing = Action.objects.of(edition).with_code(code).first()
    if thing is None or thing.code != code:
        raise Http404
    return thing


@desk_page(may_see_editions)
def rewrite(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """The texts of an axis or a strategy: the form that proposes others, and what they were."""
    edition = get_object_or_404(Edition, label=label)
    thing = thing_or_404(edition, code)
    if isinstance(thing, Action):
        return redirect("desk:sheet", label, code)
    kind = kind_of(thing, "text")
    name = "axis" if isinstance(thing, Axis) else "strategy"
    held = FrameProposal.objects.open().filter(kind=kind, **{name: thing}).select_related("author").first()
    if held is not None and held.author_id == request.user.pk and request.method == "GET":
        return redirect("desk:write_change" if held.is_writable else "desk:change", held.pk)
    may_write = may_change_frame(request.user, kind, thing) and held is None
    history = [
        (change, compare_texts(change.before, change.content)) for change in FrameProposal.objects.history_of(thing)
    ]
    texts = texts_of(thing)
    more = {"thing": thing, "history": history, "held": held, "may_write": may_write}
    return _form_page(request, edition, kind, thing, {**texts, "seen": content_hash(texts)}, more)


@desk_page(may_see_editions)
def add(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """Propose a new axis of the edition, a new strategy of an axis, a new action of a strategy."""
    edition = get_object_or_404(Edition, label=label)
    thing = None if code == WHOLE else thing_or_404(edition, code)
    if isinstance(thing, Action):
        raise Http404
    kind = kind_of(thing, "new")
    check_permission(may_change_frame(request.user, kind, thing or edition), "propose_change")
    return _form_page(request, edition, kind, thing, {}, {"thing": thing, "may_write": True})


@desk_page(may_see_editions)
def take_out(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """Propose to take something out: what happens is said first, and a reason asked for."""
    edition = get_object_or_404(Edition, label=label)
    thing = thing_or_404(edition, code)
    kind = kind_of(thing, "drop")
    check_permission(may_change_frame(request.user, kind, thing), "propose_change")
    return _form_page(request, edition, kind, thing, {}, {"thing": thing, "may_write": True, "drops": True})


@desk_page(may_see_editions)
def move(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """Propose that something be moved or renumbered: what follows is said first, and a reason asked for."""
    edition = get_object_or_404(Edition, label=label)
    thing = thing_or_404(edition, code)
    kind = kind_of(thing, "move")
    check_permission(may_change_frame(request.user, kind, thing), "propose_change")
    # Without a number: one that is left standing from where it was would be taken where it goes.
    start = {"place": thing.code.rpartition(".")[0], "seen": content_hash(texts_of(thing))}
    return _form_page(request, edition, kind, thing, start, {"thing": thing, "may_write": True, "moves": True})


@require_POST
@desk_page(may_see_editions)
def put_back(request: DeskRequest, label: str, number: int) -> HttpResponse:
    """Put back what was taken out: at once while nobody reads the edition, else as a proposal that is sent."""
    removed = get_object_or_404(RemovedSheet.objects.select_related("edition"), edition__label=label, pk=number)
    try:
        if may_manage_editions(request.user) and not removed.edition.is_public:
            action = put_sheet_back(person=request.user, removed=removed)
            messages.success(request, _("%(code)s is back as it was.") % {"code": action.code})
            return redirect("desk:frame", label)
        change = propose_to_put_back(person=request.user, removed=removed)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return redirect("desk:frame", label)
    return send_on(request, change)


def _form_page(
    request: DeskRequest,
    edition: Edition,
    kind: FrameProposal.Kind,
    thing: Axis | Strategy | Action | None,
    start: dict[str, Any],
    more: dict[str, Any],
) -> HttpResponse:
    form = form_of(request, kind, thing, edition, start)
    if request.method == "POST" and form.is_valid():
        try:
            change = propose_change(
                person=request.user,
                kind=kind,
                about=thing or edition,
                content=form.content(),
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
            )
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            return go_on(request, change)
    code = thing.code if thing else WHOLE
    context = {"edition": edition, "form": form, "kind": kind, "kind_words": kind.label, "code": code, **more}
    context |= {"saves_itself": bool(names_of(kind)), "copy_name": copy_name(request, None, kind, edition.label, code)}
    return render(request, "desk/frame/write.html", context, status=409 if request.method == "POST" else 200)


def form_of(
    request: DeskRequest, kind: str, thing: Axis | Strategy | Action | None, edition: Edition, start: dict[str, Any]
) -> ChangeForm | MoveForm:
    """The form of a change of this kind, with what was sent."""
    if kind in MOVES and thing is not None:
        return MoveForm(request.user, thing, edition, request.POST or None, initial=start)
    return ChangeForm(kind, request.POST or None, initial=start)


def go_on(request: DeskRequest, change: FrameProposal) -> HttpResponse:
    """Send what was just saved where she pressed so; whatever happens the draft stays."""
    if "submit" in request.POST:
        return send_on(request, change)
    messages.success(request, _("Draft saved."))
    return redirect("desk:change", change.pk)


def send_on(request: DeskRequest, change: FrameProposal) -> HttpResponse:
    """Send a draft for review; what is refused leaves it as it is."""
    try:
        submit_change(person=request.user, change=change, revision=change.revision)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return redirect("desk:change" if change.puts_back else "desk:write_change", change.pk)
    messages.success(request, _("Sent for review. You will get an e-mail when somebody decides."))
    return redirect("desk:change", change.pk)
