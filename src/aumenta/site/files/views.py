"""What the pages say as files, and the page that lists all files and explains their columns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from aumenta.events.models import Event
from aumenta.governance.models import InstrumentVersion
from aumenta.monitoring.models import Indicator
from aumenta.plan.comparison import compare_actions, compare_strategies
from aumenta.plan.connections import connections
from aumenta.plan.find.catalogue import catalogue
from aumenta.results.event_snapshot import EventSnapshot
from aumenta.results.published_rows import theme_rows, vote_rows
from aumenta.site.files import rows
from aumenta.site.files.dictionary import dictionary_rows, files_and_columns
from aumenta.site.files.writing import check_format, file_of, licence_of, origin_of
from aumenta.site.plan.editions import Editions, editions, public_editions
from aumenta.surveys.models import Questionnaire
from aumenta.ui.caching import public_page
from aumenta.ui.files import LICENCE, LICENCE_ADDRESS, data_file
from aumenta.ui.not_found import NotHereError


@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    """Every file of the site, edition by edition, and what the columns mean."""
    public = public_editions()
    if not public:
        return render(request, "site/plan/no_edition.html")
    with_actions = next((one for one in public if one.n_actions), public[0])  # type: ignore[attr-defined]
    context = {
        **Editions(with_actions, public).context,
        "pairs": list(zip(public[1:], public[:-1], strict=True)),
        "of_editions": [
            (one, [g for g in catalogue(one).frameworks if catalogue(one).is_aligned(g)]) for one in public
        ],
        "events": Event.objects.exclude(published_at=None).exclude(results_published_at=None),
        "indicators": Indicator.objects.filter(public=True).order_by("code"),
        "instruments": InstrumentVersion.objects.select_related("instrument").order_by(
            "instrument__position", "-label"
        ),
        "questionnaires": Questionnaire.objects.public().exclude(results_published_at=None).order_by("pk"),
        "matrix_formats": [("ods", "ODS"), ("xlsx", "XLSX")],
        "files": files_and_columns(),
    }
    return render(request, "site/files/open_data.html", context)


@data_file
def dictionary_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """The columns of all files: file, column, type, meaning."""
    origin = {"source": "Aumenta", "licence": LICENCE, "licence_address": LICENCE_ADDRESS}
    found = dictionary_rows()
    return file_of(request, found, origin, name="dizionario", what="columns", file_format=file_format)


@data_file
def connections_file(request: HttpRequest, label: str, file_format: str) -> HttpResponse:
    """Which actions belong together, how strongly and why."""
    shown = editions(label).shown
    found = rows.connection_rows(connections(shown))
    name = f"{shown.plan.slug}-{label}-connessioni"
    return file_of(request, found, origin_of(shown), name=name, what="connections", file_format=file_format)


@data_file
def matrix_file(request: HttpRequest, label: str, word: str, file_format: str) -> HttpResponse:
    """How many actions of each strategy serve each item of a framework."""
    shown = editions(label).shown
    plan = catalogue(shown)
    group = plan.groups.get(word)
    if group is None or not group.framework:
        raise NotHereError(_("There is no framework “%(word)s”.") % {"word": word[:40]})
    found = rows.matrix_rows(plan, group)
    name = f"{shown.plan.slug}-{label}-{word}"
    return file_of(request, found, origin_of(shown), name=name, what="items", file_format=file_format)


@data_file
def comparison_file(request: HttpRequest, older: str, newer: str, file_format: str) -> HttpResponse:
    """What became of the strategies, or with `livello=azioni` of the actions."""
    check_format(file_format)
    both = editions(newer)
    before = next((one for one in both.public if one.label == older), None)
    if before is None or before.first_year >= both.shown.first_year:
        raise NotHereError(
            _("Edition %(older)s does not come before edition %(newer)s.") % {"older": older, "newer": newer}
        )
    by_action = request.GET.get("livello") == "azioni"
    compared = (compare_actions if by_action else compare_strategies)(before, both.shown)
    origin = origin_of(both.shown) | licence_of(before, both.shown) | {"edition": f"{older}, {newer}"}
    origin["source"] = "; ".join(one.source or one.title_it for one in (before, both.shown))
    name = f"{both.shown.plan.slug}-{older}-{newer}-{'azioni' if by_action else 'strategie'}"
    found = rows.comparison_rows(compared.changes)
    return file_of(request, found, origin, name=name, what="changes", file_format=file_format)


def _results(slug: str) -> tuple[Event, EventSnapshot]:
    event = get_object_or_404(Event.objects.select_related("edition"), slug=slug, published_at__isnull=False)
    return event, get_object_or_404(event.snapshots.exclude(published_at=None)).read()


def _origin(event: Event) -> dict[str, str]:
    source = event.titles["title_it"]
    if event.cancelled_at:
        source = f"{source} (annullato)"
    return {"source": source, **licence_of(event.edition), "event": event.slug}


@data_file
def votes_file(request: HttpRequest, slug: str, file_format: str) -> HttpResponse:
    """The stickers of an event: session by session, zone by zone, strategy by strategy."""
    event, state = _results(slug)
    found = vote_rows(state)
    return file_of(request, found, _origin(event), name=f"{slug}-esiti", what="votes", file_format=file_format)


@data_file
def themes_file(request: HttpRequest, slug: str, file_format: str) -> HttpResponse:
    """The themes of an event, and where they came up."""
    event, state = _results(slug)
    found = theme_rows(state)
    return file_of(request, found, _origin(event), name=f"{slug}-temi", what="themes", file_format=file_format)
