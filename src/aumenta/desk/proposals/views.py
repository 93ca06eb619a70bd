"""Proposals: the list with its bulk approval, and one proposal side by side with the sheet."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, proposal_or_404, tell_refusal
from aumenta.desk.asking import asked_for_good
from aumenta.desk.frame.rows import change_rows
from aumenta.desk.inbox.views import row_of
from aumenta.desk.proposals.comparing import compare_contents, new_actors
from aumenta.people.permission import NotAllowedError
from aumenta.people.reader import reader_language
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.people.rules import enters_desk, is_approver, writes_plan
from aumenta.plan.rules import may_propose_on
from aumenta.plan.sheet_content import content_problems
from aumenta.review.approve import approve, approve_many, send_back
from aumenta.review.back.undo_approval import UNDO_FOR, refuse_undo, undo_approval
from aumenta.review.comments.comment import comment as comment_on
from aumenta.review.comments.erase_comment import erase_comment
from aumenta.review.field_names import FIELD_LABELS
from aumenta.review.models import Comment, Proposal, Version
from aumenta.review.rules import may_decide, may_withdraw, wrote_in
from aumenta.review.sentences import RowNames, change_sentences, problem_with_field
from aumenta.review.submit import submit_many, take_back
from aumenta.review.withdraw import withdraw

PER_PAGE = 50


@desk_page(writes_plan)
def show_all(request: DeskRequest) -> HttpResponse:
    """What waits for a decision and what she has not sent yet, with what each changes; and all others she may read."""
    everything = Proposal.objects.select_related("author", "edition", "base", "action")
    chosen = list(everything.approvable_by(request.user)[:100]) if is_approver(request.user) else []
    names = RowNames([c for p in chosen for c in (p.base.content, p.content)], reader_language())
    to_review = [(p, change_sentences(p.base.content, p.content, names)) for p in chosen]
    drafts = list(everything.filter(author=request.user, state=Proposal.State.DRAFT)[:100])
    names.learn(c for p in drafts for c in (p.base.content, p.content))
    to_send = [(p, change_sentences(p.base.content, p.content, names)) for p in drafts]
    others = everything.exclude(pk__in=[p.pk for p in (*chosen, *drafts)])
    if not is_approver(request.user):
        others = others.written_by(request.user)
    page = Paginator(others, PER_PAGE).get_page(request.GET.get("pagina"))
    changes = change_rows(request.user)
    context = {
        "to_review": to_review,
        "to_send": to_send,
        "page": page,
        "rows": [row_of(p) for p in page],
        "changes": [row for rows in changes for row in rows],
    }
    return render(request, "desk/proposals/proposals.html", context)


@require_POST
@desk_page(is_approver)
def approve_chosen(request: DeskRequest) -> HttpResponse:
    """Approve all that were ticked; each refusal is told with the code of its sheet."""
    chosen = _ticked(request)
    if not chosen:
        messages.warning(request, _("Tick the proposals to approve first."))
    outcomes = approve_many(person=request.user, chosen=chosen)
    if done := sum(1 for outcome in outcomes if outcome.version):
        text = ngettext("%(count)d proposal approved.", "%(count)d proposals approved.", done)
        messages.success(request, text % {"count": done})
    _tell(request, {outcome.proposal_id: outcome.refusal for outcome in outcomes})
    return redirect("desk:proposals")


@require_POST
@desk_page(writes_plan)
def submit_chosen(request: DeskRequest) -> HttpResponse:
    """Send all drafts that were ticked for review; each refusal is told with the code of its sheet."""
    chosen = _ticked(request)
    if not chosen:
        messages.warning(request, _("Tick the drafts to send first."))
    outcomes = dict(submit_many(person=request.user, chosen=chosen))
    if done := sum(1 for refusal in outcomes.values() if refusal is None):
        text = ngettext("%(count)d draft sent for review.", "%(count)d drafts sent for review.", done)
        messages.success(request, text % {"count": done})
    _tell(request, outcomes)
    return redirect("desk:proposals")


def _ticked(request: DeskRequest) -> list[tuple[int, int]]:
    """The proposals that were ticked and are there, each with the revision that was shown."""
    ticks = [tick.partition("-") for tick in request.POST.getlist("chosen")]
    pairs = [(whole_number(pk), whole_number(revision)) for pk, _hyphen, revision in ticks]
    known = set(Proposal.objects.filter(pk__in=[pk for pk, _revision in pairs if pk]).values_list("pk", flat=True))
    return [(pk, revision) for pk, revision in pairs if pk in known and revision is not None]


def _tell(request: DeskRequest, outcomes: Mapping[int, RefusedError | NotAllowedError | None]) -> None:
    """Say of each that was refused why."""
    codes = dict(Proposal.objects.filter(pk__in=outcomes).values_list("pk", "code"))
    for pk, refusal in outcomes.items():
        if refusal:
            words = {"code": codes.get(pk, ""), "why": refusal_sentence(refusal)}
            messages.error(request, _("Sheet %(code)s: %(why)s") % words)


@desk_page(enters_desk)
def show(request: DeskRequest, number: int) -> HttpResponse:
    """Old and new side by side, field by field, with the comments of each; and what can be done about it."""
    proposal = proposal_or_404(request, number)
    comments: dict[str, list[Any]] = {}
    for comment in proposal.comments.select_related("author"):
        comments.setdefault(comment.field, []).append(comment)
    newest = Version.objects.latest_of(proposal.action) if proposal.action and proposal.is_open else None
    context = {
        "proposal": proposal,
        "fields": [
            {**field, "comments": comments.get(field["name"], [])}
            for field in compare_contents(proposal.base.content, proposal.content)
        ],
        "comments": comments.get("", []),
        "new_names": new_actors(proposal.content) if proposal.is_open else [],
        "labels": FIELD_LABELS,
        "stale": newest if newest and newest.number > proposal.base.number else None,
        "problems": [problem_with_field(p) for p in content_problems(proposal.content)] if proposal.is_open else [],
        "writers": [c.person for c in proposal.editors.select_related("person")],
        "may_erase": is_approver(request.user),
        "may_decide": proposal.state == Proposal.State.SUBMITTED and may_decide(request.user, proposal),
        "undo_days": UNDO_FOR.days if _may_undo(request, proposal) else 0,
        "why_not": _why_she_can_not_decide(request, proposal),
        "by_another": is_approver(request.user) and may_decide(request.user, proposal),
        "may_write": proposal.action is not None and may_propose_on(request.user, proposal.action),
        "may_withdraw": proposal.is_open and may_withdraw(request.user, proposal),
    }
    return render(request, "desk/proposals/proposal.html", context)


def _may_undo(request: DeskRequest, proposal: Proposal) -> bool:
    if not is_approver(request.user):
        return False
    try:
        refuse_undo(request.user, proposal)
    except RefusedError:
        return False
    return True


def _why_she_can_not_decide(request: DeskRequest, proposal: Proposal) -> str:
    """What an approver reads in the place of the buttons; "" where they are there or nothing waits."""
    if not is_approver(request.user) or not proposal.is_open:
        return ""
    if wrote_in(request.user, proposal):
        return _("You wrote in this proposal: somebody else has to decide on it.")
    if proposal.state == Proposal.State.DRAFT and proposal.submitted_at:
        return _("It was taken back to be changed: you can decide on it once it is sent again.")
    if proposal.state == Proposal.State.SENT_BACK:
        return _("It was sent back: you can decide on it once it is sent again.")
    return "" if proposal.submitted_at else _("It is still a draft: you can decide on it once it is sent.")


@require_POST
@desk_page(is_approver)
def decide(request: DeskRequest, number: int) -> HttpResponse:
    """Approve or send back what the approver read."""
    seen = whole_number(request.POST.get("revision", "")) or 0
    try:
        if request.POST.get("decision") == "approve":
            approve(person=request.user, proposal_id=proposal_or_404(request, number).pk, revision=seen)
            messages.success(request, _("Approved: it is now the text of the sheet. Here you can take it back."))
            return redirect("desk:proposal", number)
        answer = request.POST.get("answer", "")
        send_back(person=request.user, proposal_id=proposal_or_404(request, number).pk, revision=seen, answer=answer)
        messages.success(request, _("Sent back. Its author gets an e-mail with your words."))
        return redirect("desk:proposals")
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return redirect("desk:proposal", number)


@require_POST
@desk_page(is_approver)
def undo(request: DeskRequest, number: int) -> HttpResponse:
    """Take an approval back: the sheet says what it said before, and the proposal waits again."""
    try:
        undo_approval(person=request.user, proposal_id=proposal_or_404(request, number).pk)
        messages.success(request, _("Taken back: the sheet says again what it said before."))
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect("desk:proposal", number)


@require_POST
@desk_page(enters_desk)
def comment(request: DeskRequest, number: int) -> HttpResponse:
    """Say something about a field or about the whole."""
    proposal = proposal_or_404(request, number)
    field = request.POST.get("field", "")
    try:
        comment_on(person=request.user, proposal=proposal, text=request.POST.get("text", ""), field=field)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect(f"{proposal_address(number)}#campo-{field or 'tutto'}")


@require_POST
@desk_page(enters_desk)
def erase(request: DeskRequest, number: int) -> HttpResponse:
    """Erase a comment of one's own, or any for who decides: a notice stands in its place."""
    proposal = proposal_or_404(request, number)
    found = proposal.comments.filter(pk=whole_number(request.POST.get("comment", "")) or 0).first()
    if found is not None:
        if question := _ask_to_erase(request, found):
            return question
        erase_comment(person=request.user, comment=found)
        messages.success(request, _("The comment is erased: a notice stands in its place."))
    return redirect(proposal_address(number))


def _ask_to_erase(request: DeskRequest, said: Comment) -> HttpResponse | None:
    if not (is_approver(request.user) or said.author_id == request.user.pk):
        return None
    return asked_for_good(
        request,
        title=_("Erase this comment?"),
        says=[_("Its words are gone for everybody; a notice stands in its place.")],
        submit=_("Erase for good"),
        cancel=proposal_address(said.proposal_id),
    )


def proposal_address(number: int) -> str:
    """Where a proposal is read."""
    return reverse("desk:proposal", args=[number])


@require_POST
@desk_page(writes_plan)
def take(request: DeskRequest, number: int) -> HttpResponse:
    """Take a proposal back to go on writing it."""
    proposal = proposal_or_404(request, number)
    try:
        take_back(person=request.user, proposal_id=number)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return redirect("desk:proposal", number)
    return redirect("desk:sheet", proposal.edition.label, proposal.code)


@desk_page(writes_plan)
def give_up(request: DeskRequest, number: int) -> HttpResponse:
    """Withdraw a proposal, after asking."""
    proposal = proposal_or_404(request, number)
    if not may_withdraw(request.user, proposal):
        raise NotAllowedError("withdraw")
    if request.method != "POST":
        context = {
            "title": _("Withdraw the proposal on sheet %(code)s?") % {"code": proposal.code},
            "question": _("Nobody will decide on it. Its text stays in the history of the sheet."),
            "submit": _("Withdraw the proposal"),
            "cancel": proposal_address(number),
            "danger": True,
            "base_template": "desk/desk.html",
        }
        return render(request, "ui/confirm.html", context)
    try:
        withdraw(person=request.user, proposal_id=number)
        messages.success(request, _("Withdrawn."))
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect("desk:proposal", number)
