"""The contact form with its receipt, and the rating of a page in two steps."""

from typing import Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aumenta.contacts.queries import office
from aumenta.contacts.rate_page import rate_page
from aumenta.contacts.send_message import send_message
from aumenta.people.reader import reader_language
from aumenta.site.contacts.forms import STARS, ContactForm, RatingForm
from aumenta.site.events.forms import mailbox_is_full
from aumenta.site.too_often import Flood, refused_as_flood
from aumenta.ui.not_found import NotHereError

MESSAGES: Final = Flood("contact", 10, 60)
RATINGS: Final = Flood("rating", 60, 600)
"""A whole school may rate from one address."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """How the authority is reached, and a form; `?pagina=` says which page a message is about."""
    form = ContactForm(request.POST or None, initial={"page": _own_path(request.GET.get("pagina", ""))})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            too_many = _("Too many messages came from your network. Try again in ten minutes.")
            if refusal := refused_as_flood(request, MESSAGES, too_many):
                form.add_error(None, refusal)
                status = 429
            else:
                # A stranger's mailbox is not filled with receipts; the message arrives all the same.
                receipt = not mailbox_is_full(request, form.message["email"])
                sent = send_message(**form.message, language=reader_language(), receipt=receipt, form_key=form.form_key)
                return redirect("site:contact_received", sent.reference)
    context = {"form": form, "office": office()}
    return render(request, "site/contacts/contact.html", context, status=status)


@never_cache
@require_safe
def received(request: HttpRequest, reference: str) -> HttpResponse:
    """Says that the message arrived and how it is called; the receipt comes by e-mail too."""
    return render(request, "site/contacts/received.html", {"reference": reference[:12]})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest) -> HttpResponse:
    """The second step: `?pagina=` and `?voto=` bring what was chosen on the page; nothing is kept before the button."""
    asked = request.POST if request.method == "POST" else request.GET
    page = _own_path(asked.get("page" if request.method == "POST" else "pagina", ""))
    chosen = asked.get("stars" if request.method == "POST" else "voto", "")
    if not page or chosen not in {str(stars) for stars in STARS}:
        raise NotHereError(_("Choose from one to five stars at the foot of a page."))
    stars = int(chosen)
    form = RatingForm(request.POST or None, stars=stars, initial={"page": page, "stars": stars})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            too_many = _("Too many ratings came from your network. Try again in ten minutes.")
            if refusal := refused_as_flood(request, RATINGS, too_many):
                form.add_error(None, refusal)
                status = 429
            elif _kept(form, page, stars):
                return redirect("site:rated")
    context = {"form": form, "page": page, "stars": stars, "said": STARS[stars]}
    return render(request, "site/contacts/rate.html", context, status=status)


def _kept(form: RatingForm, page: str, stars: int) -> bool:
    language, _slash, path = page.removeprefix("/").partition("/")
    words = {"reason": form.cleaned_data["reason"], "note": form.cleaned_data["note"]}
    try:
        rate_page(path=f"/{path}", language=language, stars=stars, **words)
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return False
    return True


@require_safe
def rated(request: HttpRequest) -> HttpResponse:
    """Thanks."""
    return render(request, "site/contacts/rated.html")


def _own_path(path: str) -> str:
    """A path of this site in one of its languages, without its query; empty for anything else."""
    plain = path.partition("?")[0].partition("#")[0][:300]
    return plain if plain.startswith(("/it/", "/en/")) and plain.isprintable() else ""
