"""Which actions belong together: one picture of the strongest ties, and the list of all of them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aumenta.plan.connections import connections
from aumenta.plan.queries import tree
from aumenta.site.connections.arc_diagram import MOST_ARCS, arc_diagram
from aumenta.site.connections.connection_texts import choose, connection_texts
from aumenta.site.plan.editions import editions
from aumenta.ui.caching import public_page

ON_A_PAGE = 20


@public_page
def overview(request: HttpRequest, label: str) -> HttpResponse:
    """The ties of an edition, of one axis with the others (`asse`) or of one action (`azione`), strongest first."""
    shown = editions(label)
    plan = connections(shown.shown)
    axes = tree(shown.shown)
    chosen, action, axis = choose(plan, axes, request.GET.get("azione", ""), request.GET.get("asse", ""))
    page = Paginator(chosen, ON_A_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "site/connections/overview.html",
        {
            "editions": shown,
            "edition": shown.shown,
            "axes": axes,
            "axis": axis,
            "action": action,
            "titles": plan.titles,
            "picture": arc_diagram(axes, chosen),
            "number_of_ties": len(chosen),
            "number_of_arcs": min(len(chosen), MOST_ARCS),
            "page": page,
            "ties": connection_texts(page.object_list, plan),
        },
    )
