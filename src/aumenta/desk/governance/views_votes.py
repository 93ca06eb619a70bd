"""One vote: every seat with what it did, entered by name or as counts, closed, and opened again to correct it."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from aumenta.core.tally.count import Result
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.governance.forms_sessions import CorrectForm, CountsForm, DeclaredForm, RestForm
from aumenta.governance.composition import Composition
from aumenta.governance.models import Ballot, Vote, VoteCorrection
from aumenta.governance.polls.correct import enter_rest, reopen_vote
from aumenta.governance.polls.hold import close_vote, enter_counts, enter_votes, in_the_room
from aumenta.governance.polls.result import ballots_of, differences, frozen, result_of, seats_of
from aumenta.governance.polls.words import outcome_words, why_words
from aumenta.governance.rule_words import rule_words
from aumenta.governance.rules import may_keep_body, may_see_bodies
from aumenta.people.refusals import RefusedError

LETTERS = {"": "-", **{key: "fcanxg"[n] for n, (key, _words) in enumerate(Ballot.OPTIONS)}}
"""One letter for each possible vote: what a page showed goes with the form in as many letters as there are seats."""


@desk_page(may_see_bodies)
def vote(request: DeskRequest, number: int) -> HttpResponse:
    """A vote: every seat with what it did, the running result, and how to close it."""
    corrected = Exists(VoteCorrection.objects.filter(vote=OuterRef("pk")))
    polls = Vote.objects.select_related("session__body__territory", "act", "rule").annotate(was_corrected=corrected)
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
        _context(shown, corrected=getattr(shown, "was_corrected", False))
        | {"keeps": may_keep_body(request.user, shown.session.body)},
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
    elif verb == "counts":
        enter_counts(person=request.user, vote=shown, counts=_read(CountsForm(request.POST)).counts())
        messages.success(request, _("Counts entered."))
    elif verb == "close":
        form = _read(DeclaredForm(request.POST))
        although = bool(form.cleaned_data["although"])
        close_vote(person=request.user, vote=shown, declared=form.counts(), although=although)
        messages.success(request, _("Vote closed."))
    elif verb == "rest":
        option = RestForm(request.POST)
        n = enter_rest(
            person=request.user, vote=shown, option=option.cleaned_data["option"] if option.is_valid() else ""
        )
        messages.success(request, _("Entered: %(n)s.") % {"n": n})
    elif verb == "reopen":
        reopen_vote(person=request.user, vote=shown, reason=request.POST.get("reason", ""))
        messages.success(request, _("The vote is open again: correct it, then close it."))
    else:
        raise RefusedError("unknown_verb")


def _read(form: CountsForm) -> Any:
    """The form, with what it read; raises RefusedError «counts_unreadable»."""
    if not form.is_valid():
        raise RefusedError("counts_unreadable")
    return form


def _sent_names(request: DeskRequest, found: Composition) -> tuple[dict[str, str], dict[str, str]]:
    """What the clerk changed on the page, and what the page had shown: the rest of its lines is nobody's doing."""
    words = {letter: option for option, letter in LETTERS.items()}
    letters = request.POST.get("seen", "")
    keys = [seat.id for seat in found.seats]
    shown = {key: words.get(letter, "") for key, letter in zip(keys, letters, strict=False)}
    sent = {key: request.POST.get(key, "") for key in keys}
    changed = {key: option for key, option in sent.items() if option and option != shown.get(key, "")}
    return changed, {key: shown.get(key, "") for key in changed}


def _context(shown: Vote, *, corrected: bool) -> dict[str, Any]:
    found, room = seats_of(shown), in_the_room(shown)
    ballots = ballots_of(shown)
    computed = result_of(shown, seats=found, ballots=ballots)
    result = shown.result or frozen(computed)
    rows = [(seat, ballots.get(seat.id, "")) for seat in found.seats]
    away = [seat for seat, option in rows if room is not None and seat.id not in room and not option]
    return {
        "vote": shown,
        "composition": found,
        "rows": [row for row in rows if row[0] not in away],
        "away": away,
        "room": None if room is None else len(room),
        "seen": "".join(LETTERS[option] for _seat, option in rows),
        "options": Ballot.OPTIONS,
        "entered": len(ballots),
        "result": result,
        "sums": _sums(shown, found, ballots, result),
        "outcome": outcome_words(result) if result else "",
        "why": why_words(result) if result else "",
        "rule_words": rule_words(shown.rule.rule) if shown.rule else [],
        "differences": _differences(shown, computed),
        "corrections": shown.corrections.select_related("person") if corrected else [],
        "counts_form": CountsForm(
            initial={("votes_for" if key == "for" else key): value for key, value in (shown.counts or {}).items()}
        ),
        "declared_form": DeclaredForm(auto_id="declared_%s"),
        "rest_form": RestForm(),
        "correct_form": CorrectForm(),
    }


def _differences(shown: Vote, computed: Result | None) -> list[tuple[str, int, int]]:
    """What the minutes declare otherwise, each number by its name."""
    names = {key: str(words) for key, words in Ballot.OPTIONS} | {"present": _("present")}
    return [(names[key], one, other) for key, (one, other) in differences(shown, computed).items()]


def _sums(
    shown: Vote, found: Composition, ballots: dict[str, str], result: dict[str, Any] | None
) -> list[tuple[str, int, int | None, float | None]]:
    """For each possible vote: how many, and where municipalities vote the residents they carry and their share."""
    if not shown.is_named:
        return [(str(words), (result or {}).get(key, 0), None, None) for key, words in Ballot.OPTIONS[:4]]
    whole = found.residents
    rows = []
    for key, words in Ballot.OPTIONS:
        seats = [seat for seat in found.seats if ballots.get(seat.id) == key]
        carried = sum(seat.residents or 0 for seat in seats) if whole else None
        rows.append((str(words), len(seats), carried, 100 * carried / whole if whole and carried is not None else None))
    return rows
