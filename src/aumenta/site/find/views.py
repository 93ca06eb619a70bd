"""Find: the actions that answer a question, as a list, a table, on the picture of the plan, and as files."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.following.models import LONGEST_KEY
from aumenta.plan.find.catalogue import Catalogue, Entry
from aumenta.plan.find.place_filters import PLACE_WORDS, catalogue_with_places, reached_of, without_places
from aumenta.plan.find.search_query import LIST, PAGE_SIZES, PICTURE, RELEVANCE, SearchQuery, answer, read, wider
from aumenta.plan.queries import tree
from aumenta.site.files.writing import check_format
from aumenta.site.find.actions_export import export_actions
from aumenta.site.find.search_results import chips, orders, results, view_tabs
from aumenta.site.plan.editions import editions
from aumenta.ui.caching import public_page
from aumenta.ui.files import data_file
from aumenta.ui.plan_picture import plan_picture
from aumenta.ui.reached import reached_words


@public_page
def actions(request: HttpRequest, label: str) -> HttpResponse:
    """The actions that answer the question in the address, with filters whose counts are true."""
    shown = editions(label)
    plan = catalogue_with_places(shown.shown)
    question = read(request.GET, plan)
    found = answer(question, plan)
    problems = list(question.problems)
    page = Paginator(found.entries, PAGE_SIZES[question.view] or max(1, len(found.entries))).get_page(question.page)
    if question.page > page.paginator.num_pages:
        problems.append(_("There is no page %(number)d: this is the last one.") % {"number": question.page})
    picture = None
    if question.view == PICTURE:
        codes = {entry.code for entry in found.entries} if question.asks_something else None
        picture = plan_picture(tree(shown.shown), at=reverse("site:edition", args=[label]), highlighted=codes)
    return render(
        request,
        "site/find/actions.html",
        {
            **shown.context,
            "plan": plan,
            "question": question,
            "found": found,
            "page": page,
            "results": []
            if picture
            else results(page.object_list, plan, found.findings, question, passages=question.view == LIST),
            "chips": chips(question, plan),
            "orders": orders(question),
            "table_order": RELEVANCE if question.q else "codice",
            "tabs": view_tabs(question),
            "wider": list(wider(question, plan, found.within)) if not found.entries else [],
            "problems": problems,
            "without_places": without_places(plan),
            "follow": _followed(question, label),
            "counted_words": _counted_words(plan, question, found.entries),
            "picture": picture,
        },
    )


def _followed(question: SearchQuery, label: str) -> str:
    """What of a question can be followed by e-mail: its words, one actor, or words and filters together; nothing where
    nothing is asked, or so much that it is too long to be kept."""
    if question.q and not question.chosen:
        return f"ricerca-{label}/{question.q}"
    actors = question.chosen.get("attore", ())
    if not question.q and len(question.chosen) == len(actors) == 1:
        return f"attore-{label}/{actors[0]}"
    key = f"{label}/{question.to_follow}"
    return f"filtri-{key}" if question.chosen and len(key) <= LONGEST_KEY else ""


def _counted_words(plan: Catalogue, question: SearchQuery, entries: Sequence[Entry]) -> str:
    """Where a place is chosen: how many of the actions found are confirmed for it and how many only proposed."""
    if not any(question.chosen.get(word) for word in PLACE_WORDS):
        return ""
    return reached_words(reached_of(plan, question.chosen, entries))


@data_file
def download(request: HttpRequest, label: str, file_format: str) -> HttpResponse:
    """The same selection as a file, of any kind that files come in."""
    check_format(file_format)
    shown = editions(label)
    plan = catalogue_with_places(shown.shown)
    question = read(request.GET, plan)
    if question.problems:
        # A file can't carry a remark where a program would see it: a question that isn't understood gets none.
        return HttpResponse("\n".join(question.problems), status=400, content_type="text/plain; charset=utf-8")
    return export_actions(request, shown.shown, plan, question, file_format)
