"""Taking part in writing: which consultations there are, the form, its receipt, and following what was sent."""

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aumenta.people.rate_limit import Limit, note_attempt
from aumenta.people.reader import reader_language
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.site.events.forms import mailbox_is_full
from aumenta.site.too_often import Flood, refused_as_flood
from aumenta.site.voices.forms import ContributionForm, FollowForm
from aumenta.ui.client import client_network
from aumenta.voices.contributions.own import ask_erasure, unpublish_own, withdraw_own
from aumenta.voices.contributions.receive import receive_contribution
from aumenta.voices.contributions.secret import contribution_behind, receipt_behind, receipt_token
from aumenta.voices.models import Answer, Consultation, Contribution
from aumenta.voices.queries import published_points, receipt_standing

TEN_MINUTES = timedelta(minutes=10)
CONTRIBUTIONS: Final = Flood("contribute", 120, 500)
"""A whole assembly may write from one address."""
FILES: Final = Limit("contribution-files", 150, timedelta(days=1))
"""Attachments from one network: they stay for years, and 4 MB each would fill the disk in a night."""
FOLLOWED: Final = Limit("follow-contribution", 40, TEN_MINUTES)
"""Numbers and secrets tried from one network."""


@never_cache
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """The consultations: those one can write to today, those to come, those that are over."""
    every = list(Consultation.objects.public())
    context = {
        "open": [one for one in every if one.takes_contributions],
        "coming": [one for one in every if one.standing == Consultation.Standing.COMING],
        "over": [one for one in every if one.standing == Consultation.Standing.CLOSED],
    }
    return render(request, "site/voices/consultations.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One consultation with the form to write to it, without an account."""
    consultation = get_object_or_404(Consultation.objects.public(), slug=slug)
    context: dict[str, Any] = {
        "consultation": consultation,
        "late": consultation.standing == "late",
        "answered": Answer.objects.shown().filter(claims__contribution__consultation=consultation).exists(),
    }
    if not consultation.takes_contributions:
        return render(request, "site/voices/consultation.html", context)
    form = ContributionForm(request.POST or None, request.FILES or None, consultation=consultation)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            too_many = _("Too many contributions came from your network. Try again in ten minutes.")
            if flood := refused_as_flood(request, CONTRIBUTIONS, too_many):
                form.add_error(None, flood)
                status = 429
            elif _too_many_files(request, form):
                form.add_error(
                    "attachments",
                    _("Too many files came from your network today. Send the text alone, or write to the office."),
                )
                status = 429
            elif token := _received(request, consultation, form):
                return redirect("site:contribution_receipt", token)
    context |= {"form": form}
    return render(request, "site/voices/consultation.html", context, status=status)


def _too_many_files(request: HttpRequest, form: ContributionForm) -> bool:
    """Whether its network has sent as many files as it may; those that may come are noted."""
    files, network = form.cleaned_data["attachments"], client_network(request)
    return any(note_attempt(limit=FILES, subject=network) is None for _file in files)


def _received(request: HttpRequest, consultation: Consultation, form: ContributionForm) -> str:
    """The address of the receipt; empty where it was refused, which the form says."""
    email = form.cleaned_data["email"]
    # A stranger's mailbox is not filled with receipts; the contribution arrives all the same.
    by_mail = bool(email) and not mailbox_is_full(request, email)
    try:
        kept = receive_contribution(
            consultation=consultation, now=timezone.now(), language=reader_language(), by_mail=by_mail, **form.sent
        )
    except RefusedError as refusal:
        form.add_error(None, refusal_sentence(refusal))
        return ""
    return receipt_token(kept.contribution, kept.secret)


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Number, secret and the day an answer is due, to be printed or written down; for an hour."""
    found = receipt_behind(token)
    context = {"contribution": found[0], "secret": found[1], **_mail_of(found[0])} if found else {}
    return render(request, "site/voices/receipt.html", context, status=200 if found else 404)


def _mail_of(contribution: Contribution) -> dict[str, Any]:
    """How the mail with number and secret stands, and when it is tried again."""
    last = contribution.attempts.last()
    return {"mail": receipt_standing(contribution), "again_at": last.again_at if last else None}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """What became of a contribution, for whoever has its number and secret; a wrong one of them says the same. She may
    withdraw it there, or no longer wish it published."""
    if "verb" in request.POST:
        return _own_step(request)
    form = FollowForm(request.POST or None, initial={"number": request.GET.get("numero", "")[:40]})
    if request.method != "POST" or not form.is_valid():
        return render(request, "site/voices/follow.html", {"form": form}, status=400 if form.is_bound else 200)
    if note_attempt(limit=FOLLOWED, subject=client_network(request)) is None:
        form.add_error(None, _("Too many tries came from your network. Try again in ten minutes."))
        return render(request, "site/voices/follow.html", {"form": form}, status=429)
    secret = form.cleaned_data["secret"]
    mine = contribution_behind(form.cleaned_data["number"], secret)
    if mine is None:
        form.add_error(None, _("Number and secret don't belong together. Look at the receipt and write both again."))
        return render(request, "site/voices/follow.html", {"form": form}, status=400)
    return _mine(request, mine, secret)


def _mine(request: HttpRequest, mine: Contribution, secret: str, done: str = "") -> HttpResponse:
    context = {
        "contribution": mine,
        "claims": published_points(mine),
        "files": mine.attachments.all(),
        "key": receipt_token(mine, secret),
        "done": done,
        **_mail_of(mine),
    }
    return render(request, "site/voices/mine.html", context)


STEPS: Final = {"withdraw": withdraw_own, "unpublish": unpublish_own, "erase": ask_erasure}


def _own_step(request: HttpRequest) -> HttpResponse:
    """What she does with her own contribution: asked once more first, done at once."""
    found, verb = receipt_behind(request.POST.get("key", "")[:2000]), request.POST["verb"]
    if found is None or verb not in STEPS or not found[0].secret_digest:
        form = FollowForm()
        error = _("This page was open for too long. Write number and secret again.")
        return render(request, "site/voices/follow.html", {"form": form, "error": error}, status=400)
    mine, secret = found
    if "sure" not in request.POST:
        context = {"contribution": mine, "verb": verb, "key": receipt_token(mine, secret)}
        return render(request, "site/voices/own_step.html", context)
    try:
        mine = STEPS[verb](contribution=mine)
    except RefusedError as refusal:
        return render(request, "site/voices/follow.html", {"form": FollowForm(), "error": refusal_sentence(refusal)})
    return _mine(request, mine, secret, done=verb)
