"""Sessions and votes: a session with what it voted, and the entry of one vote, seat by seat or as counts."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.governance.forms_acts import CountsForm, DeclaredForm, SessionForm, VoteForm
from aumenta.governance.composition import Composition
from aumenta.governance.models import Ballot, Session, Vote
from aumenta.governance.polls.hold import close_vote, convene, enter_counts, enter_votes, put_to_vote
from aumenta.governance.polls.result import counted, differences, frozen, result_of, seats_of
from aumenta.governance.polls.words import outcome_words, why_words
from aumenta.governance.rule_words import rule_words
from aumenta.governance.rules import bodies_kept_by, may_keep_bodies, may_keep_body, may_see_bodies
from aumenta.people.refusals import RefusedError

ON_A_PAGE = 40
LETTERS = {"": "-", **{key: "fcanxg"[n] for n, (key, _words) in enumerate(Ballot.OPTIONS)}}
"""One letter for each possible vote: what a page showed goes with the form in as many letters as there are seats."""


@desk_page(may_see_bodies)
def sessions(request: DeskRequest) -> HttpResponse:
    """All sessions, and a form for another."""
    form = SessionForm(request.POST or None, bodies=bodies_kept_by(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            made = convene(person=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Session entered: now put the questions to the vote."))
            return redirect("desk:body_session", made.pk)
    shown = Paginator(Session.objects.select_related("body"), ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {"page": shown, "form": form if may_keep_bodies(request.user) else None}
    return render(request, "desk/governance/sessions.html", context, status=409 if request.method == "POST" else 200)


@desk_page(may_see_bodies)
def session(request: DeskRequest, number: int) -> HttpResponse:
    """A session: what was put to the vote, and a form to put something else."""
    shown = get_object_or_404(Session.objects.select_related("body"), pk=number)
    form = VoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = put_to_vote(person=request.user, session=shown, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            return redirect("desk:body_vote", made.pk)
    polls = shown.polls.select_related("act")
    context = {"session": shown, "polls": polls, "form": form if may_keep_body(request.user, shown.body) else None}
    return render(request, "desk/governance/session.html", context, status=409 if request.method == "POST" else 200)


@desk_page(may_see_bodies)
def vote(request: DeskRequest, number: int) -> HttpResponse:
    """A vote: every seat with what it did, the running result, and how to close it."""
    polls = Vote.objects.select_related("session__body__territory", "act", "rule")
    shown = get_object_or_404(polls, pk=number)
    if request.method == "POST":
        try:
            _enter(request, shown)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        return redirect("desk:body_vote", number)
    return render(
        request,
        "desk/governance/vote.html",
        _context(shown) | {"keeps": may_keep_body(request.user, shown.session.body)},
    )


def _enter(request: DeskRequest, shown: Vote) -> None:
    """Do what the form asks: enter names, enter counts, or close."""
    verb = request.POST.get("verb")
    if verb == "names":
        votes, seen = _sent_names(request, seats_of(shown))
        lost = enter_votes(person=request.user, vote=shown, votes=votes, seen=seen)
        messages.success(request, _("Entered: %(n)s.") % {"n": len(votes) - len(lost)})
        if lost:
            words = _("Meanwhile somebody else entered these otherwise, and they were left as they are: %(names)s.")
            messages.warning(request, words % {"names": ", ".join(lost)})
    elif verb in {"counts", "close"}:
        form = CountsForm(request.POST) if verb == "counts" else DeclaredForm(request.POST)
        if not form.is_valid():
            raise RefusedError("counts_unreadable")
        if isinstance(form, DeclaredForm):
            although = bool(form.cleaned_data["although"])
            close_vote(person=request.user, vote=shown, declared=form.counts(), although=although)
            messages.success(request, _("Vote closed."))
        else:
            enter_counts(person=request.user, vote=shown, counts=form.counts())
            messages.success(request, _("Counts entered."))
    else:
        raise RefusedError("unknown_verb")


def _sent_names(request: DeskRequest, found: Composition) -> tuple[dict[str, str], dict[str, str]]:
    """What the clerk changed on the page, and what the page had shown: the rest of its lines is nobody's doing."""
    words = {letter: option for option, letter in LETTERS.items()}
    letters = request.POST.get("seen", "")
    keys = [seat.id for seat in found.seats]
    shown = {key: words.get(letter, "") for key, letter in zip(keys, letters, strict=False)}
    sent = {key: request.POST.get(key, "") for key in keys}
    changed = {key: option for key, option in sent.items() if option and option != shown.get(key, "")}
    return changed, {key: shown.get(key, "") for key in changed}


def _context(shown: Vote) -> dict[str, Any]:
    found = seats_of(shown)
    ballots = dict(Ballot.objects.filter(vote=shown).values_list("seat", "option"))
    computed = result_of(shown, seats=found)
    result = shown.result or frozen(computed)
    counts = counted(shown, found).as_counts() if found.seats else None
    return {
        "vote": shown,
        "composition": found,
        "rows": [(seat, ballots.get(seat.id, "")) for seat in found.seats],
        "seen": "".join(LETTERS[ballots.get(seat.id, "")] for seat in found.seats),
        "options": Ballot.OPTIONS,
        "entered": len(ballots),
        "counts": counts,
        "result": result,
        "outcome": outcome_words(result) if result else "",
        "why": why_words(result) if result else "",
        "rule_words": rule_words(shown.rule.rule) if shown.rule else [],
        "differences": differences(shown, computed),
        "counts_form": CountsForm(
            initial={("votes_for" if key == "for" else key): value for key, value in (shown.counts or {}).items()}
        ),
        "declared_form": DeclaredForm(auto_id="declared_%s"),
    }
