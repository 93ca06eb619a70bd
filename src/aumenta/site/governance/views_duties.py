"""The calendar of duties for a calendar program: the address is the key, as those of mails are."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aumenta.governance.duties.calendar_file import duties_calendar
from aumenta.governance.duties.find_duties import find_duties
from aumenta.governance.duties.links import person_behind
from aumenta.ui.not_found import NotHereError


@never_cache
@require_safe
def duties(request: HttpRequest, token: str) -> HttpResponse:
    """The duties as an iCal file, for whoever has the address that the desk gave."""
    if person_behind(token) is None:
        raise NotHereError(_("This address of a calendar is no longer valid: take the new one from the desk."))
    content = duties_calendar(find_duties(timezone.localdate()))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
