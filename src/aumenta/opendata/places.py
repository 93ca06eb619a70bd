"""The places as open data: `/dati/luoghi.geojson?tipo=comuni&zona=5`, also .gpkg, .csv and .xlsx.

How evenly figures are spread among them: `/dati/equilibrio.csv`, also .xlsx.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aumenta.opendata.balance_files import balance_as_csv, balance_as_xlsx
from aumenta.opendata.place_files import Selection, as_csv, as_geojson, as_geopackage, as_xlsx
from aumenta.plan.models import Edition
from aumenta.plan.places import ties_of
from aumenta.territory.models import Territory
from aumenta.territory.queries import BELT, MUNICIPALITY, ZONE, table_of

KINDS = {"comuni": MUNICIPALITY, "zone": ZONE, "fasce": BELT}
FORMATS = {
    "geojson": (as_geojson, "application/geo+json"),
    "gpkg": (as_geopackage, "application/geopackage+sqlite3"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}

TABLE_FORMATS = {"csv": (balance_as_csv, FORMATS["csv"][1]), "xlsx": (balance_as_xlsx, FORMATS["xlsx"][1])}


def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """A selection of places as a file. `tipo` comuni, zone or fasce; `zona`, `fascia`, `comune` narrow it."""
    if file_format not in FORMATS:
        raise Http404(_("Places can be had as .geojson, .gpkg, .csv and .xlsx."))
    territory = Territory.objects.home()
    if territory is None:
        raise Http404(_("No territory is loaded yet."))
    selection, problem = _selection(request, territory)
    if selection is None:
        return HttpResponse(problem, status=400, content_type="text/plain; charset=utf-8")
    write, content_type = FORMATS[file_format]
    response = HttpResponse(write(selection), content_type=content_type)
    kind = request.GET.get("tipo", "comuni")
    response["Content-Disposition"] = f'attachment; filename="{territory.slug}-{kind}.{file_format}"'
    return response


def _selection(request: HttpRequest, territory: Territory) -> tuple[Selection | None, str]:
    """The places asked for, or what is wrong with the question: a file never answers one that is not understood."""
    asked = {name: request.GET.getlist(name) for name in request.GET}
    unknown = asked.keys() - {"tipo", "zona", "fascia", "comune"}
    if unknown:
        return None, _("“%(name)s” is not a question: use tipo, zona, fascia, comune.") % {"name": min(unknown)[:40]}
    kind = KINDS.get(request.GET.get("tipo", "comuni"))
    if kind is None:
        return None, _("“tipo” is comuni, zone or fasce.")
    table = table_of(territory)
    zones, belts, codes = (asked.get(name, []) for name in ("zona", "fascia", "comune"))
    positions = [
        i
        for i in table.of_kind(kind)
        if table.places[i].territory == territory.code
        and (not zones or str(table.places[i].zone) in zones)
        and (not belts or table.places[i].belt in belts)
        and (not codes or table.places[i].key in codes)
    ]
    if not positions:
        return None, _("No place answers this question.")
    edition = Edition.objects.current()
    return Selection(territory, table, kind, positions, ties_of(edition, territory) if edition else []), ""


def balance_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """How evenly every rate is spread over the municipalities: csv or xlsx."""
    if file_format not in TABLE_FORMATS:
        raise Http404(_("This table can be had as .csv and .xlsx."))
    territory = Territory.objects.home()
    if territory is None:
        raise Http404(_("No territory is loaded yet."))
    write, content_type = TABLE_FORMATS[file_format]
    response = HttpResponse(write(territory), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{territory.slug}-equilibrio.{file_format}"'
    return response
