"""Who did what: the activity log, and its export."""

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from aumenta.activity.models import ActivityEntry, ActivityQuerySet
from aumenta.activity.sentences import activity_detail, activity_sentence, known_codes
from aumenta.core.tables import MEDIA_TYPES, csv_lines
from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page
from aumenta.people.models import User
from aumenta.review.models import Proposal
from aumenta.review.rules import may_read_log

PER_PAGE = 100


def _chosen(request: DeskRequest) -> ActivityQuerySet:
    entries = ActivityEntry.objects.with_people()
    code, who, since = (request.GET.get(name, "") for name in ("cosa", "chi", "dal"))
    if code in known_codes():
        entries = entries.filter(code=code)
    if (number := whole_number(who)) is not None:
        entries = entries.filter(person=number)
    if day := _day(since):
        entries = entries.filter(at__date__gte=day)
    return entries


def _day(text: str) -> object:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _proposal(entry: ActivityEntry) -> int | None:
    """The number of the proposal that an entry is about."""
    return int(entry.subject_key) if entry.subject_kind == Proposal._meta.label_lower else None


@desk_page(may_read_log)
def show(request: DeskRequest) -> HttpResponse:
    """The log, newest first, narrowed by what, who and since when."""
    page = Paginator(_chosen(request), PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "rows": [(entry, activity_sentence(entry), activity_detail(entry), _proposal(entry)) for entry in page],
        "codes": known_codes().items(),
        "people": User.objects.filter(activity__isnull=False).distinct().order_by("full_name", "email"),
        "filters": {name: request.GET.get(name, "") for name in ("cosa", "chi", "dal")},
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/inbox/log.html", context)


@desk_page(may_read_log)
def export(request: DeskRequest) -> HttpResponse:
    """The same entries as a CSV file, written as it is read."""
    header = [_("when"), _("who"), _("what"), _("part of"), _("about"), _("sentence"), _("detail")]
    rows = (
        [
            localtime(entry.at).isoformat(timespec="seconds"),
            str(entry.person or ""),
            entry.code,
            entry.within,
            entry.subject,
            activity_sentence(entry),
            activity_detail(entry),
        ]
        for entry in _chosen(request).iterator(chunk_size=500)
    )
    lines = csv_lines(header, rows)
    answer = StreamingHttpResponse(lines, content_type=MEDIA_TYPES["csv"])
    answer["Content-Disposition"] = 'attachment; filename="registro.csv"'
    return answer  # type: ignore[return-value]
