"""Asking to follow something, and the page behind the mailed link. A GET changes nothing: programs open every link."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from aumenta.following.follow import ask_to_follow, change_rhythm, confirm_following, stop_following
from aumenta.following.links import is_ours, subscription_behind
from aumenta.following.models import KEPT_FOR, Subscription
from aumenta.following.subjects import Subject, subject_of
from aumenta.people.rate_limit import Limit, note_attempt
from aumenta.people.reader import reader_language
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.site.events.forms import mailbox_is_full
from aumenta.site.following.forms import FollowForm
from aumenta.ui.client import client_network
from aumenta.ui.not_found import NotHereError

REQUESTS: Final = Limit("follow", 30, timedelta(minutes=10))
"""From one network: a whole office may follow from one address."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The form: `?cosa=comune-001272` says what is followed. Whatever the answer is, it comes by e-mail."""
    kind, _hyphen, key = request.GET.get("cosa", "").partition("-")
    subject = subject_of(kind, key)
    if subject is None:
        raise NotHereError(_("There is nothing here to follow: it may have been withdrawn."))
    form = FollowForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if note_attempt(limit=REQUESTS, subject=client_network(request)) is None:
            form.add_error(None, _("Too many requests came from your network. Try again in ten minutes."))
            status = 429
        elif form.is_valid():
            return _asked(request, form, kind, key)
    context = {"form": form, "subject": subject, "years": KEPT_FOR.days // 365}
    return render(request, "site/following/follow.html", context, status=status)


def _asked(request: HttpRequest, form: FollowForm, kind: str, key: str) -> HttpResponse:
    email = form.cleaned_data["email"]
    # A stranger's mailbox is not filled with questions; whoever asks reads the same page.
    if not mailbox_is_full(request, email):
        ask_to_follow(
            email=email,
            kind=kind,
            key=key,
            rhythm=form.cleaned_data["rhythm"],
            language=reader_language(),
            now=timezone.now(),
        )
    return redirect("site:follow_sent")


@require_safe
def follow_sent(request: HttpRequest) -> HttpResponse:
    """Says that an e-mail is on its way, whoever asks."""
    return render(request, "site/following/sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_following(request: HttpRequest, token: str) -> HttpResponse:
    """Where the mailed link leads: the button that confirms, then how often we write and the button that stops."""
    mine = subscription_behind(token)
    if mine is None:
        return render(request, "site/following/none.html", status=404)
    subject = subject_of(mine.kind, mine.key)
    if request.method == "POST":
        return _change(request, mine, subject)
    return _page(request, mine, subject)


def _change(request: HttpRequest, mine: Subscription, subject: Subject | None) -> HttpResponse:
    if "conferma" in request.POST:
        try:
            confirm_following(subscription=mine, now=timezone.now())
        except RefusedError as refusal:
            return _page(request, mine, subject, refusal_sentence(refusal), 409)
    elif "ritmo" in request.POST:
        change_rhythm(subscription=mine, rhythm=request.POST["ritmo"])
    elif "ferma" in request.POST:
        stop_following(subscription=mine)
        return render(request, "site/following/stopped.html", {"subject": subject})
    return redirect(request.path)


def _page(
    request: HttpRequest, mine: Subscription, subject: Subject | None, fault: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "mine": mine,
        "subject": subject,
        "rhythms": Subscription.Rhythm.choices,
        "until": mine.confirmed_at + KEPT_FOR if mine.confirmed_at else None,
        "fault": fault,
    }
    return render(request, "site/following/mine.html", context, status=status)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_at_once(request: HttpRequest, token: str) -> HttpResponse:
    """One press in a mail program (RFC 8058), which sends neither cookie nor token of a form: the link is the proof."""
    mine = subscription_behind(token)
    if not is_ours(token) or (request.method != "POST" and mine is None):
        return render(request, "site/following/none.html", status=404)
    if request.method != "POST":
        # A program that does not know the standard opens the link: the page asks first.
        return redirect("site:my_following", token)
    if mine is not None:
        stop_following(subscription=mine)
    return render(request, "site/following/stopped.html", {"subject": None})
