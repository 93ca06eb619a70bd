"""What became of what was said: the answers of a consultation, and one page for each contribution that may be read."""

from collections.abc import Mapping
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aumenta.chain.queries import issues_named_in
from aumenta.ui.caching import public_page
from aumenta.ui.parts import KeyFigure, Tab
from aumenta.ui.templatetags.words import number as in_words
from aumenta.voices import queries
from aumenta.voices.models import Answer, Claim, Consultation, Contribution

PER_PAGE: Final = 20
OUTCOMES: Final = {
    "accolti": Answer.Outcome.TAKEN_UP,
    "accolti-in-parte": Answer.Outcome.PARTLY,
    "gia-nel-piano": Answer.Outcome.ALREADY,
    "altra-competenza": Answer.Outcome.NOT_OURS,
    "non-accolti": Answer.Outcome.NOT,
}
"""The word of each outcome in the address."""


@require_safe
@public_page
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """The answers to a consultation, with the words they answer as far as who wrote allows it."""
    consultation = _consultation(slug)
    figures = queries.answered_in_figures(consultation)
    rows = queries.shown_answers(consultation)
    word = request.GET.get("esito", "")
    if word in OUTCOMES:
        rows = rows.filter(outcome=OUTCOMES[word])
    at = request.path
    shown = queries.shown_outcomes(consultation)
    tabs = [Tab(_("All"), at, word not in OUTCOMES, sum(shown.values()))]
    tabs += [
        Tab(str(outcome.label), f"{at}?esito={key}", word == key, shown.get(outcome, 0))
        for key, outcome in OUTCOMES.items()
    ]
    context = {
        "consultation": consultation,
        "title": _("What became of what was said"),
        "here": _("Answers"),
        "figures": _figures(figures),
        "points": figures["points"],
        "outcomes": [(outcome.label, figures.get(outcome, 0), shown.get(outcome, 0)) for outcome in Answer.Outcome],
        "tabs": tabs,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
    }
    return render(request, "site/voices/answers.html", context)


def _figures(found: Mapping[str, int]) -> list[KeyFigure]:
    labels = {
        "came": _("contributions received"),
        "closed": _("answered in every point"),
        "waiting": _("waiting for an answer"),
        "not_admitted": _("contributions not admitted"),
        "shown": _("published, because who wrote asked for it"),
    }
    return [KeyFigure(str(in_words(found[name])), label) for name, label in labels.items()]


@require_safe
@public_page
def contributions(request: HttpRequest, slug: str) -> HttpResponse:
    """The contributions to a consultation that anybody may read, each with how far it is answered."""
    consultation = _consultation(slug)
    rows = Contribution.objects.shown().filter(consultation=consultation).order_by("year", "number")
    answered = Claim.objects.filter(answer__state=Answer.State.PUBLISHED).select_related("answer")
    rows = rows.prefetch_related(Prefetch("claims", answered, to_attr="answered"))
    context = {
        "consultation": consultation,
        "title": _("Published contributions"),
        "here": _("Published contributions"),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
    }
    return render(request, "site/voices/contributions.html", context)


@require_safe
@public_page
def contribution(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """What one contribution said, and what became of each of its points."""
    if number > 999_999_999:
        raise Http404
    rows = Contribution.objects.shown().select_related("consultation", "zone", "municipality")
    found = get_object_or_404(rows, year=year, number=number)
    context = {"contribution": found, "claims": queries.published_points(found), "issues": issues_named_in(found)}
    return render(request, "site/voices/contribution.html", context)


def _consultation(slug: str) -> Consultation:
    return get_object_or_404(Consultation.objects.public(), slug=slug)
