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
from aumenta.plan.sheet_content import SheetContent, content_problems, normal_content
from aumenta.review.drafts.merge_fields import (
    REASON,
    Texts,
    marks_after,
    marks_decided,
    marks_of,
    merge,
    unseen_fields,
)
from aumenta.review.edit_draft import edit_draft
from aumenta.review.field_names import THE_FIELD, field_names, listed
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
    content: SheetContent,
    problems: list[tuple[str, str, str]],
    refusal: RefusedError | None = None,
    saved: bool = False,
) -> HttpResponse:
    latest = Version.objects.latest_of(action)
    drawn = proposal.reason if proposal else ""
    reason = request.POST.get("reason", drawn) if not saved else drawn
    context = {
        "action": action,
        "edition": action.strategy.axis.edition,
        "proposal": proposal,
        "position": _position(request, proposal, latest, Texts(content, reason), saved),
        "reason": reason,
        "pairs": text_pairs(content, problems),
        "lists": list_fields(content, problems),
        "problems": problems,
        "choices": choices(),
        "others": list(others_on(action, request.user)),
        "conflict": _why(refusal, request) if refusal and not isinstance(refusal, ProblemsError) else None,
    }
    return render(request, "desk/sheets/sheet.html", context, status=409 if refusal else 200)


def _position(
    request: DeskRequest, proposal: Proposal | None, latest: Version | None, texts: Texts, saved: bool
) -> dict[str, Any]:
    """What the text of the form was written on. A form that comes back keeps what its author had seen, never what
    somebody else has saved since: else her next press would write over it."""
    if request.method == "POST" and not saved:
        return {name: request.POST.get(name, "") for name in ("proposal", "revision", "base", "marks")}
    marks = marks_of(texts)
    if proposal:
        return {"proposal": proposal.pk, "revision": proposal.revision, "base": proposal.base.number, "marks": marks}
    return {"proposal": "", "revision": 0, "base": latest.number if latest else 0, "marks": marks}


def _save_and_go_on(request: DeskRequest, action: Action) -> HttpResponse:
    content = content_from_post(request.POST)
    proposal, saved = open_proposal(action), False
    here = HttpResponseRedirect(reverse("desk:sheet", args=[action.strategy.axis.edition.label, action.code]))
    try:
        proposal, saved = _save(request, action, content), True
        unseen = _unseen(request, content, proposal)
        content = proposal.content
        if "submit" in request.POST and not unseen:
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
    if unseen:
        messages.warning(request, _words_of_others(request, proposal, unseen))
    if unseen and "submit" in request.POST:
        messages.warning(request, _("It was not sent: read what is new in it, then send it."))
    return here


def _unseen(request: DeskRequest, content: SheetContent, proposal: Proposal) -> list[str]:
    """What the draft holds beside the form she sent: fields that somebody else, or another window of hers, changed."""
    mine = Texts(content, request.POST.get("reason", ""))
    return unseen_fields(mine, Texts(proposal.content, proposal.reason))


def _words_of_others(request: DeskRequest, proposal: Proposal, fields: list[str]) -> str:
    """Says which fields of the draft come from somebody else: who wrote in it, or what was approved meanwhile."""
    base = whole_number(request.POST.get("base", ""))
    newer = Version.objects.filter(action=proposal.action, number__gt=base or 0, number__lte=proposal.base.number)
    writers = [proposal.author, *(one.person for one in proposal.editors.select_related("person"))]
    writers += [one.author for one in newer.select_related("author") if base and one.author]
    names = listed(list(dict.fromkeys(str(person) for person in writers if person.pk != request.user.pk)))
    if not names:
        return _("Another window of yours changed %(fields)s: both are in the draft.") % {"fields": field_names(fields)}
    return _("%(who)s changed %(fields)s meanwhile: both your changes are in the draft.") % {
        "who": names,
        "fields": field_names(fields),
    }


def _save(request: DeskRequest, action: Action, content: SheetContent) -> Proposal:
    """Save into the proposal the form was drawn for, or open one."""
    reason = request.POST.get("reason", "")
    known = _seen(request)
    marks = known.get("marks", "")
    number, revision, base = (whole_number(known.get(name, "")) for name in ("proposal", "revision", "base"))
    if number is not None and revision is not None:
        check_permission(Proposal.objects.filter(pk=number, action=action).exists(), "edit_draft")
        draft = edit_draft(
            person=request.user, proposal_id=number, revision=revision, content=content, reason=reason, seen=marks
        )
        if base is None or base <= draft.base.number:
            return draft
        # She was shown what changed meanwhile, and keeps her text.
        return rebase(person=request.user, proposal_id=number, revision=draft.revision, base=base)
    return propose(person=request.user, action=action, content=content, base=base or None, reason=reason, seen=marks)


def _seen(request: DeskRequest) -> Mapping[str, str]:
    """The state the author knows: that the form was drawn from, or the one she was shown beside her text and chose to
    write over («Keep my text», without script)."""
    seen = request.POST.get("seen", "").split(",")
    names = ("proposal", "revision", "base", "marks")
    return dict(zip(names, seen, strict=True)) if len(seen) == len(names) else request.POST.dict()


@require_POST
@desk_page(writes_plan)
def autosave(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """Save what the browser sends every few seconds; the answer says which revision it became, what somebody else
    changed in it, and who else is here."""
    action = sheet_or_404(request, label, code)
    try:
        if "heartbeat" in request.POST:
            check_permission(may_propose_on(request.user, action), "edit_draft")
            answer: dict[str, Any] = {}
        else:
            content = content_from_post(request.POST)
            proposal = _save(request, action, content)
            answer = _saved(request, content, proposal)
    except RefusedError as refusal:
        return JsonResponse(_why(refusal, request), status=409)
    say_present(action, request.user)
    answer["others"] = [str(person) for person in others_on(action, request.user)]
    return JsonResponse(answer)


def _saved(request: DeskRequest, content: SheetContent, proposal: Proposal) -> dict[str, Any]:
    mine, saved = Texts(content, request.POST.get("reason", "")), Texts(proposal.content, proposal.reason)
    unseen = unseen_fields(mine, saved)
    return {
        "proposal": proposal.pk,
        "revision": proposal.revision,
        "base": proposal.base.number,
        "marks": marks_after(request.POST.get("marks", ""), mine, saved),
        "merged": _words_of_others(request, proposal, unseen) if unseen else "",
    }


def _why(refusal: RefusedError, request: DeskRequest) -> dict[str, Any]:
    """The refusal in words, with what differs between her text and the one that is there."""
    answer: dict[str, Any] = {"code": refusal.code, "message": refusal_sentence(refusal), "changes": [], "decide": True}
    theirs: Texts | None = None
    # A draft has its own marks: they say nothing of what the sheet said when it was begun.
    drawn = request.POST.get("marks", "")
    held = refusal.params.get("proposal")
    if isinstance(held, Proposal):
        theirs = Texts(held.content, held.reason)
        if held.is_writable:
            answer |= {"proposal": held.pk, "revision": held.revision}
    elif isinstance(refusal, StaleBaseError):
        drawn = "" if request.POST.get("proposal") else drawn
        theirs = Texts(normal_content(refusal.versions[-1].content))
        answer["base"] = refusal.versions[-1].number
    if theirs is not None:
        _tell_apart(answer, request, theirs, drawn)
    if "revision" in answer or "base" in answer:
        names = ("proposal", "revision", "base", "marks")
        known = {name: answer.get(name, request.POST.get(name, "")) for name in names}
        answer["seen"] = ",".join(str(value) for value in known.values())
    return answer


def _tell_apart(answer: dict[str, Any], request: DeskRequest, theirs: Texts, marks: str) -> None:
    """What the draft would say instead if she kept her text: only where both changed one field are there two."""
    mine = Texts(content_from_post(request.POST), request.POST.get("reason", ""))
    both = merge(mine, theirs, marks)
    answer["marks"] = marks_decided(marks, theirs, both.clashes) if both else ""
    kept = both.texts if both else mine
    names = RowNames([theirs.content, kept.content], reader_language())
    answer["changes"] = change_sentences(theirs.content, kept.content, names)
    if kept.reason != theirs.reason and theirs.reason:
        answer["changes"].append(
            _("Changed: %(field)s, from “%(old)s” to “%(new)s”.")
            % {"field": THE_FIELD[REASON], "old": theirs.reason, "new": kept.reason}
        )


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
