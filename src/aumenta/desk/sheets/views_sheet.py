"""One sheet: its form, which saves itself while somebody writes, and how the public will see it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, sheet_or_404, tell_refusal
from aumenta.desk.sheets.forms import choices, content_from_post, list_fields, text_pairs
from aumenta.people.permission import check_permission
from aumenta.people.reader import reader_language
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.people.rules import enters_desk, writes_plan
from aumenta.plan.models import Action
from aumenta.plan.rules import may_propose_on
from aumenta.plan.sheet_content import Content, content_problems, normal_content
from aumenta.review.edit_draft import edit_draft
from aumenta.review.models import Proposal, Version
from aumenta.review.propose import propose
from aumenta.review.queries import others_on, say_present
from aumenta.review.rebase import rebase
from aumenta.review.record import current_content
from aumenta.review.refusals import ProblemsError, StaleBaseError
from aumenta.review.sentences import RowNames, change_sentences
from aumenta.review.submit import submit
from aumenta.ui.sheet import body_of_content


def open_proposal(action: Action) -> Proposal | None:
    """The proposal that is open on a sheet."""
    return Proposal.objects.open().filter(action=action).select_related("author", "base").first()


@desk_page(enters_desk)
def edit(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """The form; posting it without script saves the draft or sends it."""
    action = sheet_or_404(request, label, code)
    if not may_propose_on(request.user, action):
        return redirect("desk:preview", label, code)
    if request.method == "POST":
        return _save_and_go_on(request, action)
    proposal = open_proposal(action)
    if proposal and not proposal.is_writable:
        return redirect("desk:proposal", proposal.pk)
    content = proposal.content if proposal else normal_content(current_content(action))
    say_present(action, request.user)
    problems = content_problems(content) if request.GET.get("controlla") else []
    return _form(request, action, proposal, content, problems)


def _form(
    request: DeskRequest,
    action: Action,
    proposal: Proposal | None,
    content: Content,
    problems: list[tuple[str, str, str]],
    refusal: RefusedError | None = None,
    saved: bool = False,
) -> HttpResponse:
    latest = Version.objects.latest_of(action)
    context = {
        "action": action,
        "edition": action.strategy.axis.edition,
        "proposal": proposal,
        "position": _position(request, proposal, latest, saved),
        "reason": request.POST.get("reason") or (proposal.reason if proposal else ""),
        "pairs": text_pairs(content, problems),
        "lists": list_fields(content, problems),
        "problems": problems,
        "choices": choices(),
        "others": list(others_on(action, request.user)),
        "conflict": _why(refusal, request) if refusal and not isinstance(refusal, ProblemsError) else None,
    }
    return render(request, "desk/sheets/sheet.html", context, status=409 if refusal else 200)


def _position(request: DeskRequest, proposal: Proposal | None, latest: Version | None, saved: bool) -> dict[str, Any]:
    """What the text of the form was written on. A form that comes back keeps what its author had seen, never what
    somebody else has saved since: else her next press would write over it."""
    if request.method == "POST" and not saved:
        return {name: request.POST.get(name, "") for name in ("proposal", "revision", "base")}
    if proposal:
        return {"proposal": proposal.pk, "revision": proposal.revision, "base": proposal.base.number}
    return {"proposal": "", "revision": 0, "base": latest.number if latest else 0}


def _save_and_go_on(request: DeskRequest, action: Action) -> HttpResponse:
    content = content_from_post(request.POST)
    proposal, saved = open_proposal(action), False
    try:
        proposal, saved = _save(request, action, content), True
        if "submit" in request.POST:
            if problems := content_problems(content):
                raise ProblemsError(problems)
            submit(person=request.user, proposal_id=proposal.pk, revision=proposal.revision)
            messages.success(request, _("Sent for review. You will get an e-mail when somebody decides."))
            return redirect("desk:proposal", proposal.pk)
    except RefusedError as refusal:
        problems = refusal.problems if isinstance(refusal, ProblemsError) else []
        if problems:
            tell_refusal(request, refusal)
        return _form(request, action, proposal, content, problems, refusal, saved)
    messages.success(request, _("Draft saved."))
    return HttpResponseRedirect(reverse("desk:sheet", args=[action.strategy.axis.edition.label, action.code]))


def _save(request: DeskRequest, action: Action, content: Content) -> Proposal:
    """Save into the proposal the form was drawn for, or open one."""
    reason = request.POST.get("reason", "")
    known = _seen(request)
    number, revision = (whole_number(known.get(name, "")) for name in ("proposal", "revision"))
    base = whole_number(known.get("base", "")) or None
    if number is not None and revision is not None:
        check_permission(Proposal.objects.filter(pk=number, action=action).exists(), "edit_draft")
        draft = edit_draft(person=request.user, proposal_id=number, revision=revision, content=content, reason=reason)
        if base is None or base <= draft.base.number:
            return draft
        return rebase(person=request.user, proposal_id=number, revision=draft.revision, base=base)
    return propose(person=request.user, action=action, content=content, base=base, reason=reason)


def _seen(request: DeskRequest) -> Mapping[str, str]:
    """The state the author knows: that the form was drawn from, or the one she was shown beside her text and chose to
    write over («Keep my text», without script)."""
    seen = request.POST.get("seen", "").split(",")
    return dict(zip(("proposal", "revision", "base"), seen, strict=True)) if len(seen) == 3 else request.POST.dict()


@require_POST
@desk_page(writes_plan)
def autosave(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """Save what the browser sends every few seconds; the answer says which revision it became and who else is here."""
    action = sheet_or_404(request, label, code)
    try:
        if "heartbeat" in request.POST:
            check_permission(may_propose_on(request.user, action), "edit_draft")
            answer: dict[str, Any] = {}
        else:
            proposal = _save(request, action, content_from_post(request.POST))
            answer = {"proposal": proposal.pk, "revision": proposal.revision}
    except RefusedError as refusal:
        return JsonResponse(_why(refusal, request), status=409)
    say_present(action, request.user)
    answer["others"] = [str(person) for person in others_on(action, request.user)]
    return JsonResponse(answer)


def _why(refusal: RefusedError, request: DeskRequest) -> dict[str, Any]:
    """The refusal in words, with what differs between her text and the one that is there."""
    answer: dict[str, Any] = {"code": refusal.code, "message": refusal_sentence(refusal), "changes": [], "decide": True}
    theirs: Content | None = None
    held = refusal.params.get("proposal")
    if isinstance(held, Proposal):
        theirs = held.content
        if held.is_writable:
            answer |= {"proposal": held.pk, "revision": held.revision}
    elif isinstance(refusal, StaleBaseError):
        theirs = normal_content(refusal.versions[-1].content)
        answer["base"] = refusal.versions[-1].number
    if "revision" in answer or "base" in answer:
        known = {name: answer.get(name, request.POST.get(name, "")) for name in ("proposal", "revision", "base")}
        answer["seen"] = ",".join(str(value) for value in known.values())
    if theirs is not None:
        mine = content_from_post(request.POST)
        names = RowNames([theirs, mine], reader_language())
        answer["changes"] = change_sentences(theirs, mine, names)
    return answer


@desk_page(enters_desk)
def preview(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """The sheet as the public will see it: with the open proposal where she may read it, else as it is."""
    action = sheet_or_404(request, label, code)
    proposal = open_proposal(action) if may_propose_on(request.user, action) else None
    content = proposal.content if proposal else current_content(action)
    strategy, edition = action.strategy, action.strategy.axis.edition
    context = {
        "action": action,
        "edition": edition,
        "strategy": strategy,
        "find": reverse("site:actions", args=[edition.label]),
        "proposal": proposal,
        "texts": content,
        "sheet": replace(body_of_content(content), rows=list(action.rows.all())),
        "may_write": may_propose_on(request.user, action),
    }
    return render(request, "desk/sheets/preview.html", context)
