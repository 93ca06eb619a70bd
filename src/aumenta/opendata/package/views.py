"""The address of a package: it stays, and gives the present public state."""

from datetime import UTC, datetime
from typing import Final

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from aumenta.core.process_cache import ProcessCache
from aumenta.opendata.package.tables import tables_of
from aumenta.opendata.package.writing import write_package
from aumenta.plan.models import Edition
from aumenta.review.models import Version
from aumenta.ui.caching import public_revision
from aumenta.ui.files import data_file

_KEPT: Final[ProcessCache[int, bytes]] = ProcessCache.of_the_process(64_000_000, len)


@data_file
def package(request: HttpRequest, label: str) -> HttpResponse:
    """All open data as one zip, as an edition has them now: Data Package 2 with CSVW beside each CSV."""
    edition = Edition.objects.public().select_related("plan").filter(label=label[:9]).first()
    if edition is None:
        raise Http404(_("There is no public edition “%(label)s” of the plan.") % {"label": label[:9]})
    content = _KEPT.get(edition.pk, lambda: _made(edition), public_revision())
    name = f"{edition.plan.slug}-{edition.label}-dati.zip"
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _made(edition: Edition) -> bytes:
    """In Italian, whoever asks first: the same state is the same bytes. The README is in both languages."""
    with translation.override("it"):
        return write_package(edition, tables_of(edition), changed_at(edition))


def changed_at(edition: Edition) -> datetime:
    """When an edition last changed for the public."""
    last = Version.objects.filter(edition=edition).aggregate(last=Max("made_at"))["last"]
    return max((one for one in (last, edition.public_since) if one), default=_beginning(edition))


def _beginning(edition: Edition) -> datetime:
    """The first day of an edition whose sheets have no version yet."""
    return datetime(edition.first_year, 1, 1, tzinfo=UTC)
