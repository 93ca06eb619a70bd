"""The search of the whole site: a page of results, and suggestions while somebody types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aumenta.plan.find.place_filters import catalogue_with_places
from aumenta.plan.find.search_query import read
from aumenta.plan.models import Edition
from aumenta.site.plan.editions import Editions, public_editions
from aumenta.site.search.answering import answer_everything
from aumenta.site.search.directory import Kind, directory
from aumenta.site.search.suggesting import suggest
from aumenta.ui.caching import public_page

LONGEST_TYPED = 100
KIND_NAMES = {
    Kind.PLACE: gettext_lazy("place"),
    Kind.FRAMEWORK: gettext_lazy("fund or programme"),
    Kind.AXIS: gettext_lazy("axis"),
    Kind.STRATEGY: gettext_lazy("strategy"),
    Kind.BODY: gettext_lazy("body"),
    Kind.ACTION: gettext_lazy("action"),
    Kind.ACT: pgettext_lazy("kind of result", "act"),
    Kind.EVENT: pgettext_lazy("kind of result", "event"),
    Kind.NEWS: gettext_lazy("news"),
    Kind.PAGE: gettext_lazy("page"),
    Kind.WORDS: gettext_lazy("search"),
}


def _editions(asked: str) -> Editions | None:
    """The edition searched: the one asked for, else the current one; None before any is public."""
    public = public_editions()
    wanted = next((one for one in public if one.label == asked), None)
    if wanted is None and (current := Edition.objects.current()):
        wanted = next(one for one in public if one.pk == current.pk)
    return Editions(wanted, public) if wanted else None


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Everything that answers `?q=`, in groups; `?edizione=2021-2023` searches the actions of another edition."""
    shown = _editions(request.GET.get("edizione", ""))
    if shown is None:
        return render(request, "site/plan/no_edition.html")
    plan = catalogue_with_places(shown.shown)
    question = read(request.GET, plan)
    answer = answer_everything(question, directory(shown.shown), plan) if question.q else None
    groups = (
        [
            (_("Strategies"), [*answer.group(Kind.AXIS), *answer.group(Kind.STRATEGY)]),
            (_("Acts"), answer.group(Kind.ACT)),
            (_("Events"), answer.group(Kind.EVENT)),
            (_("News"), answer.group(Kind.NEWS)),
            (_("Pages"), answer.group(Kind.PAGE)),
        ]
        if answer
        else []
    )
    context = {
        **shown.context,
        "asked": question.q,
        "problems": question.problems,
        "answer": answer,
        "groups": [(name, entries) for name, entries in groups if entries],
    }
    return render(request, "site/search/results.html", context)


@public_page
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the letters in `?q=` may mean: name, kind and address of eight things at most, as JSON."""
    shown = _editions("")
    found = suggest(request.GET.get("q", "")[:LONGEST_TYPED], directory(shown.shown)) if shown else []
    rows = [
        {"name": one.name, "under": one.under, "kind": str(KIND_NAMES[one.kind]), "address": one.target.address}
        for one in found
    ]
    return JsonResponse({"suggestions": rows})
