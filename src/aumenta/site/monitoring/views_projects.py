"""Projects for everybody: the list, one of them, their money by plan, component, head; the balance among zones."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from aumenta.monitoring.models import Indicator, Project, ProjectTie
from aumenta.monitoring.projects.balance import balance, by_belt
from aumenta.monitoring.projects.money import Sum, amounts, by, by_component, by_part, confirmed_ties, total
from aumenta.monitoring.projects.ties import matching
from aumenta.plan.models import Axis
from aumenta.site.files.writing import check_format, file_of
from aumenta.site.plan.editions import editions
from aumenta.territory.models import Belt, Municipality, Territory, Zone
from aumenta.ui.caching import public_page
from aumenta.ui.files import data_file

ON_A_PAGE = 40
HEADS: Final = 20


def _found(request: HttpRequest) -> Any:
    """The projects that what was asked for leaves."""
    rows = Project.objects.order_by("-planned", "key")
    words = request.GET.get("q", "").replace("\0", "").strip()[:80]
    if words:
        rows = rows.filter(
            Q(title__icontains=words) | Q(cup__iexact=words) | Q(key__iexact=words) | Q(head__icontains=words)
        )
    place, zone = (request.GET.get(name, "").replace("\0", "") for name in ("comune", "zona"))
    if place:
        rows = rows.filter(municipalities__istat_code=place[:6])
    if zone.isascii() and zone.isdigit():
        rows = rows.filter(municipalities__zone__number=int(zone[:4])).distinct()
    component = request.GET.get("componente", "").replace("\0", "")
    if component:
        rows = rows.filter(component=component[:12])
    return rows


@public_page
def projects(request: HttpRequest) -> HttpResponse:
    """All projects, by words, municipality, zone or component."""
    rows = _found(request)
    components = (
        Project.objects.exclude(component="").order_by("component").values_list("component", flat=True).distinct()
    )
    territory = Territory.objects.home()
    without_page = request.GET.copy()
    without_page.pop("pagina", None)
    context = {
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("pagina")),
        "asked": request.GET,
        "components": components,
        "zones": Zone.objects.filter(territory=territory).order_by("number") if territory else (),
        "municipality": Municipality.objects.filter(
            istat_code=request.GET.get("comune", "").replace("\0", "")[:6]
        ).first(),
        "query": without_page.urlencode(),
    }
    return render(request, "site/monitoring/projects.html", context)


@data_file
def projects_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """The projects that were asked for, as a file; what no source states is empty."""
    check_format(file_format)
    rows = [
        {
            "key": one.key,
            "cup": one.cup,
            "title": one.title,
            "state": one.state,
            "head": one.head,
            "programme": one.programme,
            "component": one.component,
            "measure": one.measure,
            "planned": _text(one.planned),
            "planned_fund": _text(one.planned_fund),
            "awarded": _text(one.awarded),
            "paid": _text(one.paid),
            "paid_on": one.paid_on.isoformat() if one.paid_on else None,
            "as_of": one.as_of.isoformat(),
            "municipalities": sorted(place.istat_code for place in one.municipalities.all()),
            "provinces": one.provinces,
        }
        for one in _found(request).prefetch_related("municipalities")
    ]
    origin = {
        "source": _("ReGiS open data of the PNRR, and what the office entered"),
        "licence": "CC BY 4.0",
        "licence_address": "",
    }
    return file_of(request, rows, origin, name="progetti", what="projects", file_format=file_format)


def _text(amount: Any) -> str | None:
    return None if amount is None else str(amount)


@public_page
def project(request: HttpRequest, number: int) -> HttpResponse:
    """One project as its source declares it, and the actions it carries out."""
    shown = get_object_or_404(Project.objects.select_related("file"), pk=number)
    ties = ProjectTie.objects.filter(project=shown, action__strategy__axis__edition__state="public")
    context = {
        "project": shown,
        "municipalities": shown.municipalities.order_by("name"),
        "ties": ties.exclude(state="declined").select_related("action__strategy__axis__edition"),
    }
    return render(request, "site/monitoring/project.html", context)


@public_page
def money(request: HttpRequest, label: str) -> HttpResponse:
    """The money of projects: all of it, tied to the plan, by component, by head."""
    shown = editions(label)
    territory = Territory.objects.home()
    rows = amounts(territory) if territory else []
    ties = confirmed_ties(shown.shown)
    parts, nothing = by_part(rows, ties, "strategy")
    axes, _same = by_part(rows, ties, "axis")
    context = {
        **shown.context,
        "total": total(rows),
        "matching": matching(shown.shown, {one.pk for one in rows} if territory else None),
        "axes": [(axis, axes[axis.code]) for axis in Axis.objects.filter(edition=shown.shown) if axis.code in axes],
        "strategies": list(parts.items()),
        "nothing": nothing,
        "components": [(name or _("none stated"), one) for name, one in by_component(rows)],
        "heads": _largest(by(rows, lambda one: one.head).items()),
        "belts": _belts(by_belt(rows, territory)) if territory else [],
        "several_provinces": sum(one.provinces > 1 for one in rows),
    }
    return render(request, "site/monitoring/money.html", context)


def _belts(sums: Mapping[str, Sum]) -> list[tuple[str, Sum]]:
    """The belts from the plain upwards, then what lies in no single one."""
    words = [*Belt.Key.choices, ("several", _("in several belts")), ("nowhere", _("not located"))]
    return [(str(label), sums[key]) for key, label in words if key in sums]


def _largest(rows: Iterable[tuple[str, Sum]]) -> list[tuple[str, Sum]]:
    """The heads with the largest amounts, and all others together as one row that is named so."""
    ordered = sorted(rows, key=lambda one: -one[1].planned)
    others = Sum()
    for _head, one in ordered[HEADS:]:
        for name in vars(others):
            setattr(others, name, getattr(others, name) + getattr(one, name))
    return [*ordered[:HEADS], *([(_("all others"), others)] if others.projects else [])]


@public_page
def balance_page(request: HttpRequest, label: str) -> HttpResponse:
    """Money, projects and actions by zone beside residents and a need; who has more or less than its share."""
    shown = editions(label)
    territory = Territory.objects.home()
    needs = Indicator.objects.filter(public=True).exclude(grouping="none").order_by("name_it")
    need = needs.filter(code=request.GET.get("bisogno", "")).first()
    found = balance(shown.shown, territory, need) if territory else None
    context = {**shown.context, "found": found, "needs": needs, "need": need}
    return render(request, "site/monitoring/balance.html", context)
