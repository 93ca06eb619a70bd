"""Asks before what can't be undone, and says what will happen, in figures; nothing is done before the answer."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

YES = "sure"
"""The name of the field that the page of the question sends with what was posted before."""


def asked_for_good(
    request: HttpRequest, *, title: str, says: Sequence[str], submit: str, cancel: str
) -> HttpResponse | None:
    """The question before something is gone for good."""
    question = _("This can't be undone.")
    return asked_first(request, title=title, question=question, says=says, submit=submit, cancel=cancel)


def asked_first(
    request: HttpRequest,
    *,
    title: str,
    question: str,
    says: Sequence[str],
    submit: str,
    cancel: str,
    danger: bool = True,
    mails: Sequence[tuple[str, str]] = (),
    correct: str = "",
) -> HttpResponse | None:
    """The page that asks, with all that was posted kept in it; None once she has said yes.

    `mails` are subjects and texts that will be sent, to be read first; `correct` is the name of a button that posts
    everything without a yes, so that who finds a fault goes back to her words.
    """
    if YES in request.POST and not (correct and correct in request.POST):
        return None
    kept = [
        (name, value) for name in request.POST for value in request.POST.getlist(name) if name != "csrfmiddlewaretoken"
    ]
    context = {
        "title": title,
        "question": question,
        "details": says,
        "submit": submit,
        "cancel": cancel,
        "danger": danger,
        "mails": mails,
        "correct": correct,
        "kept": [*kept, (YES, "1")],
        "base_template": "desk/desk.html",
    }
    return render(request, "ui/confirm.html", context)
