"""Two editions side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.people.reader import reader_language
from aumenta.plan.comparison import OUTCOMES, compare_actions, compare_strategies
from aumenta.plan.models import Edition
from aumenta.site.compare.comparison_labels import OUTCOME_WORDS, compared_rows
from aumenta.site.compare.slope import slope_picture
from aumenta.site.plan.editions import editions
from aumenta.ui.caching import public_page
from aumenta.ui.not_found import NotHereError


@public_page
def start(request: HttpRequest) -> HttpResponse:
    """Goes to the comparison of the two latest public editions; says so where there is only one."""
    public = list(Edition.objects.public().select_related("plan").order_by("-first_year", "-pk"))
    if len(public) > 1:
        return redirect("site:comparison", public[1].label, public[0].label)
    return render(request, "site/compare/only_one.html", {"public": public})


@public_page
def comparison(request: HttpRequest, older: str, newer: str) -> HttpResponse:
    """What became of the strategies, or with `livello=azioni` of the actions; `esito` shows one outcome alone."""
    shown = editions(newer)
    before = editions(older).shown
    if before.first_year > shown.shown.first_year:
        query = request.META.get("QUERY_STRING", "")
        swapped = reverse("site:comparison", args=[newer, older])
        return redirect(f"{swapped}?{query}" if query else swapped, permanent=True)
    if before.first_year == shown.shown.first_year:
        raise NotHereError(
            _("Edition %(older)s does not come before edition %(newer)s.") % {"older": older, "newer": newer}
        )
    by_action = request.GET.get("livello") == "azioni"
    compared = (compare_actions if by_action else compare_strategies)(before, shown.shown)
    outcome = request.GET.get("esito", "")
    outcome = outcome if outcome in OUTCOMES else ""
    changes = [change for change in compared.changes if not outcome or change.outcome == outcome]
    return render(
        request,
        "site/compare/comparison.html",
        {
            "editions": shown,
            "edition": shown.shown,
            "older": before,
            "newer": shown.shown,
            "level": "azioni" if by_action else "",
            "nothing_yet": by_action and not any(change.newer for change in compared.changes),
            "outcome": outcome,
            "counts": [(name, OUTCOME_WORDS[name], count) for name, count in compared.counts.items()],
            "rows": compared_rows(changes, reader_language()),
            "picture": None if by_action else slope_picture(compared.changes, reader_language()),
            "any_proposed": any(change.proposed for change in compared.changes),
        },
    )
