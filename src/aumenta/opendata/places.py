"""The places as open data: `/dati/luoghi.geojson?tipo=comuni&zona=5`, also .gpkg, .csv and .xlsx.

The territory's other tables, as .csv and .xlsx: `/dati/equilibrio.csv`, `/dati/stampati.csv` and
`/dati/confronto.csv?luogo=comune-001272&luogo=zona-5`.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aumenta.opendata import table_files
from aumenta.opendata.place_files import Selection, as_csv, as_geojson, as_geopackage, as_xlsx
from aumenta.plan.models import Edition
from aumenta.plan.places import ties_of
from aumenta.territory.models import Territory
from aumenta.territory.queries import BELT, MUNICIPALITY, ZONE, table_of
from aumenta.ui.files import SEPARATOR_WORD, csv_asked, data_file
from aumenta.ui.not_found import NotHereError

KINDS = {"comuni": MUNICIPALITY, "zone": ZONE, "fasce": BELT}
FORMATS = {
    "geojson": (as_geojson, "application/geo+json"),
    "gpkg": (as_geopackage, "application/geopackage+sqlite3"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}

TABLE_FORMATS = {"csv": (table_files.as_csv, FORMATS["csv"][1]), "xlsx": (table_files.as_xlsx, FORMATS["xlsx"][1])}
QUESTIONS = {"tipo", "zona", "fascia", "comune"}
MOST_COMPARED = 5


@data_file
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """A selection of places as a file. `tipo` comuni, zone or fasce; `zona`, `fascia`, `comune` narrow it."""
    if file_format not in FORMATS:
        raise NotHereError(_("Places can be had as .geojson, .gpkg, .csv and .xlsx."))
    territory = Territory.objects.home()
    if territory is None:
        raise NotHereError(_("No territory is loaded yet."))
    selection, problem = _selection(request, territory)
    if selection is None:
        return HttpResponse(problem, status=400, content_type="text/plain; charset=utf-8")
    write, content_type = FORMATS[file_format]
    written = as_csv(selection, csv_asked(request)) if file_format == "csv" else write(selection)
    response = HttpResponse(written, content_type=content_type)
    kind = request.GET.get("tipo", "comuni")
    response["Content-Disposition"] = f'attachment; filename="{territory.slug}-{kind}.{file_format}"'
    return response


def _selection(request: HttpRequest, territory: Territory) -> tuple[Selection | None, str]:
    """The places asked for, or what is wrong with the question: a file never answers one that is not understood."""
    asked = {name: request.GET.getlist(name) for name in request.GET}
    unknown = asked.keys() - QUESTIONS - {SEPARATOR_WORD}
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


def _territory(file_format: str) -> Territory:
    """The territory a table is asked of; 404 where there is none, or no such format."""
    if file_format not in TABLE_FORMATS:
        raise NotHereError(_("This table can be had as .csv and .xlsx."))
    territory = Territory.objects.home()
    if territory is None:
        raise NotHereError(_("No territory is loaded yet."))
    return territory


def _table_file(
    request: HttpRequest, rows: list[table_files.Row], territory: Territory, name: str, file_format: str
) -> HttpResponse:
    write, content_type = TABLE_FORMATS[file_format]
    if file_format == "csv":
        written = table_files.as_csv(rows, territory, csv_asked(request))
    else:
        written = write(rows, territory)
    response = HttpResponse(written, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{territory.slug}-{name}.{file_format}"'
    return response


@data_file
def balance_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """How evenly every rate is spread over the municipalities: csv or xlsx."""
    territory = _territory(file_format)
    return _table_file(request, table_files.balance_rows(territory), territory, "equilibrio", file_format)


@data_file
def comparison_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """Up to five places side by side, figure by figure: csv or xlsx. `luogo` as on the page that compares them."""
    territory = _territory(file_format)
    words = list(dict.fromkeys(request.GET.getlist("luogo")))
    found = {word: table_files.place_position(table_of(territory), territory, word) for word in words}
    positions = [position for position in found.values() if position is not None]
    if not 1 <= len(positions) == len(words) <= MOST_COMPARED:
        unknown = next((word for word in words if found[word] is None), "")
        problem = _("There is no place “%(word)s”.") % {"word": unknown[:40]} if unknown else ""
        how = _("Ask for one to five places, such as luogo=comune-001272&luogo=zona-5.")
        return HttpResponse(f"{problem} {how}".strip(), status=400, content_type="text/plain; charset=utf-8")
    return _table_file(request, table_files.comparison_rows(territory, positions), territory, "confronto", file_format)


@data_file
def printed_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """The figures that the plan prints, beside ours: csv or xlsx."""
    territory = _territory(file_format)
    rows = table_files.printed_rows(territory)
    if not rows:
        raise NotHereError(_("No plan prints figures of this territory."))
    return _table_file(request, rows, territory, "stampati", file_format)
