"""The frameworks: what the plan serves of each, strategy by strategy, and what nobody serves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.plan.find.catalogue import catalogue
from aumenta.plan.models import FrameworkItem
from aumenta.site.frameworks.matrices import framework_matrix, gaps_of, summaries
from aumenta.site.plan.editions import editions
from aumenta.ui.caching import public_page
from aumenta.ui.not_found import NotHereError
from aumenta.ui.parts import Tab


@public_page
def overview(request: HttpRequest, label: str) -> HttpResponse:
    """Every framework with how much of it the plan serves."""
    shown = editions(label)
    plan = catalogue(shown.shown)
    context = {**shown.context, "summaries": summaries(plan), "plan": plan}
    return render(request, "site/frameworks/overview.html", context)


@public_page
def matrix(request: HttpRequest, label: str, word: str) -> HttpResponse:
    """Items of a framework against strategies; each number opens its actions. `?asse=2` opens one axis."""
    shown = editions(label)
    plan = catalogue(shown.shown)
    group = plan.groups.get(word)
    if group is None or not group.framework:
        raise NotHereError(_("There is no framework “%(word)s”.") % {"word": word[:40]})
    axis = request.GET.get("asse", "")
    context = {
        **shown.context,
        "group": group,
        "matrix": framework_matrix(plan, group, axis),
        "official": [
            item
            for item in FrameworkItem.objects.filter(framework__code=group.framework, source__startswith="http")
            if item.official_page
        ],
        "tabs": [
            Tab(one.name, reverse("site:framework", args=[label, one.word]), one.word == word)
            for one in plan.frameworks
            if plan.is_aligned(one)
        ],
        "unknown_axis": axis[:40] if axis and axis not in plan.groups["asse"].choices else "",
    }
    return render(request, "site/frameworks/matrix.html", context)


@public_page
def gaps(request: HttpRequest, label: str) -> HttpResponse:
    """Items no action serves, and actions without a fund."""
    shown = editions(label)
    plan = catalogue(shown.shown)
    context = {**shown.context, "plan": plan, "gaps": gaps_of(plan)}
    return render(request, "site/frameworks/gaps.html", context)
