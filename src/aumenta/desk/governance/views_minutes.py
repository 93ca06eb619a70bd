"""Votes taken from a written minute: it is read, names are matched with the roll of that day, a person confirms."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.core.documents import DocumentError, DocumentFault
from aumenta.core.documents.limited import document_read_apart
from aumenta.core.minutes import read_minute
from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.governance.forms import day_field
from aumenta.governance.composition import Composition, composition
from aumenta.governance.models import Ballot, Body
from aumenta.governance.polls.from_minute import (
    VoteProposed,
    attendance_proposed,
    attendance_read,
    proposals,
    take_over,
)
from aumenta.governance.polls.minute_words import STATES, problem_words
from aumenta.governance.rules import bodies_kept_by, may_keep_bodies
from aumenta.people.refusals import RefusedError

MOST_BYTES = 8_000_000
MOST_CHARACTERS = 400_000


class MinuteForm(forms.Form):
    """A minute: pasted, or a file with text."""

    body = forms.ModelChoiceField(label=gettext_lazy("Body"), queryset=Body.objects.none())
    day = day_field(gettext_lazy("Day of the session"))
    text = forms.CharField(
        label=gettext_lazy("Text of the minute"),
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
        max_length=MOST_CHARACTERS,
    )
    file = forms.FileField(label=gettext_lazy("Or a file (text, DOCX, ODT, RTF, PDF with text)"), required=False)

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body: Any = self.fields["body"]
        body.queryset = bodies

    def words(self) -> str:
        """The text that was given; raises RefusedError «minute_required», «file_too_large», «minute_unreadable»,
        «minute_busy»."""
        file = self.cleaned_data["file"]
        if file is None:
            if not self.cleaned_data["text"].strip():
                raise RefusedError("minute_required")
            return str(self.cleaned_data["text"])
        if file.size > MOST_BYTES:
            raise RefusedError("file_too_large", most=MOST_BYTES // 1_000_000)
        try:
            return document_read_apart(file.read()).text[:MOST_CHARACTERS]
        except DocumentError as fault:
            if fault.fault is DocumentFault.BUSY:
                raise RefusedError("minute_busy") from None
            raise RefusedError("minute_unreadable") from None


@desk_page(may_keep_bodies)
def minutes(request: DeskRequest) -> HttpResponse:
    """Read a minute; then, vote by vote, take over what it says once every name has its seat."""
    form = MinuteForm(request.POST or None, request.FILES or None, bodies=bodies_kept_by(request.user))
    context: dict[str, Any] = {"form": form, "options": dict(Ballot.OPTIONS)}
    if request.method == "POST" and form.is_valid():
        found = composition(form.cleaned_data["body"], form.cleaned_data["day"])
        try:
            words = form.words()
            minute = read_minute(words)
            proposed = proposals(minute, found)
            if request.POST.get("verb") == "take":
                made = _take(request, found, proposed, attendance_proposed(minute, found))
                messages.success(request, _("Vote taken over from the minute: look at it, then close it."))
                return redirect("desk:body_vote", made.pk)
            context |= {
                "minute": minute,
                "problems": [(one.line, problem_words(one)) for one in minute.problems],
                "attendance": [(one, STATES[one.state]) for one in attendance_read(minute, found)],
                "there": len(attendance_proposed(minute, found)),
                "proposed": proposed,
                "composition": found,
                "words": words,
            }
        except RefusedError as refusal:
            tell_refusal(request, refusal)
    status = 409 if request.method == "POST" and "minute" not in context else 200
    return render(request, "desk/governance/minutes.html", context, status=status)


def _take(request: DeskRequest, found: Composition, proposed: list[VoteProposed], attendance: dict[str, str]) -> Any:
    """The vote that was chosen, each name with the seat that was matched or said."""
    place = whole_number(request.POST.get("vote", ""))
    if place is None or place >= len(proposed):
        raise RefusedError("unknown_verb")
    chosen = proposed[place]
    votes: list[tuple[str, str]] = []
    for number, one in enumerate(chosen.names):
        seat = one.seat or request.POST.get(f"seat-{number}", "")
        if not seat:
            raise RefusedError("name_without_seat", name=one.printed)
        votes.append((seat, one.option))
    declared = {key: value for key, value in chosen.read.declared.items() if value is not None}
    question = chosen.read.subject or _("Vote no. %(n)s of the minute") % {"n": place + 1}
    return take_over(
        person=request.user,
        found=found,
        votes=votes,
        question=question[:400],
        declared=declared,
        attendance=attendance,
    )
