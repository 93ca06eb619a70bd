"""What is printed for the tables of an event: posters, note sheets, access, participants, badges."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from aumenta.core.text import whole_number
from aumenta.events.models import Badge, Event, Registration, Table
from aumenta.events.participants.phone_votes import phone_codes
from aumenta.events.queries import events_seen_by, sticker_sessions, table_address
from aumenta.events.rules import may_prepare
from aumenta.people.dates import day_in_words
from aumenta.people.reader import reader_language
from aumenta.printing.paper import compile_pdf, qr_code

Sheet = dict[str, Any]
# Rows of the poster are at least this share of an A3 page; long titles take more.
_POSTER_MM, _TALLEST_MM = 230, 22


def kit_pdf(event: Event, tables: Sequence[Table], kind: str) -> bytes:
    """The kit of `kind` for these tables as PDF/UA-1, in the active language."""
    pictures: dict[str, bytes] = {}
    sheets = []
    for table in tables:
        place = " · ".join(part for part in (table.venue.name, table.room, _zones(table)) if part)
        sheet: Sheet = {"name": str(table), "place": place}
        sheets.append(sheet | _MADE[kind](event, table, pictures))
    return compile_pdf("kit.typ", {**_frame(event, kind), "tables": sheets}, pictures)


def _nothing_more(event: Event, table: Table, pictures: dict[str, bytes]) -> Sheet:
    return {}


def _access(event: Event, table: Table, pictures: dict[str, bytes]) -> Sheet:
    address = table_address(table)
    pictures[f"table-{table.number}.svg"] = qr_code(address)
    return {"qr": f"table-{table.number}.svg", "address": address, "pin": table.pin}


def _people(event: Event, table: Table, pictures: dict[str, bytes]) -> Sheet:
    seated = table.registrations.filter(state=Registration.State.CONFIRMED).select_related("badge_holder__badge")
    return {
        "people": [
            {
                "name": person.name,
                "kind": person.organisation or person.get_organisation_kind_display(),
                "needs": person.needs,
                "code": person.badge_holder.badge.code if hasattr(person, "badge_holder") else "",
            }
            for person in seated.order_by("name", "pk")
        ]
    }


def _badges(event: Event, table: Table, pictures: dict[str, bytes]) -> Sheet:
    codes = phone_codes(table) if event.votes_by_phone else {}
    if codes:
        pictures["phone.svg"] = qr_code(f"{settings.PUBLIC_ADDRESS}/{reader_language()}/eventi/{event.slug}/bollini/")
    return {
        "badges": [
            {
                "name": badge.holder.registration.name if hasattr(badge, "holder") else "",
                "code": badge.code,
                "phone": codes.get(badge.code, ""),
            }
            for badge in Badge.objects.filter(table=table).select_related("holder__registration")
        ]
    }


_MADE: dict[str, Callable[[Event, Table, dict[str, bytes]], Sheet]] = {
    "manifesti": _nothing_more,
    "fogli": _nothing_more,
    "accesso": _access,
    "partecipanti": _people,
    "cartellini": _badges,
}


def _frame(event: Event, kind: str) -> dict[str, Any]:
    strategies = [{"code": s.code, "axis": s.axis, "title": s.title} for s in event.strategies.all()]
    session = next(iter(sticker_sessions(event)), None)
    each = session.stickers_each or 0 if session else 0
    rule = ngettext("Each person has %(n)s sticker.", "Each person has %(n)s stickers.", each) % {"n": each}
    questions = [q.text for s in event.sessions.prefetch_related("questions") for q in s.questions.all()]
    day = day_in_words(event.forget_people_on, "il")
    titles = {
        "manifesti": _("Posters"),
        "fogli": _("Note sheets"),
        "accesso": _("Access to the tables"),
        "partecipanti": _("Participants"),
        "cartellini": _("Badges"),
    }
    return {
        "kind": kind,
        "language": reader_language(),
        "title": f"{titles[kind]}: {event.title}",
        "event": event.title,
        "invented": _("Rehearsal: invented") if event.invented else "",
        "cancelled": _("Cancelled: this event does not take place") if event.cancelled_at else "",
        "strategies": strategies,
        "row": round(min(_TALLEST_MM, _POSTER_MM / max(1, len(strategies))), 1),
        "question": session.question if session else "",
        "rule": rule if session else "",
        "questions": questions or [_("Notes")],
        "forget": _("Destroy this sheet after the event. Names are deleted on %(day)s.") % {"day": day},
        "steps": [
            _("Point a phone, tablet or laptop at the code, or type the address."),
            _("Type the PIN. A second device may join in the same way."),
            _("Go on without a network: everything is kept on the device and sent when the network comes back."),
        ],
        "labels": _labels(),
    }


def _labels() -> dict[str, str]:
    return {
        "code": _("Code"),
        "strategy": _("Strategy"),
        "stickers": _("Stickers"),
        "total": _("Total"),
        "qr": _("QR code that opens the table"),
        "pin": "PIN",
        "here": _("Present"),
        "name": _("Name"),
        "comes_as": _("Comes as"),
        "badge": _("Badge"),
        "nobody": _("Nobody is seated here yet."),
        "guest": _("Guest"),
        "phone": _("Stickers by phone: type this code once"),
        "phone_qr": _("QR code of the page for stickers"),
    }


def _zones(table: Table) -> str:
    return ", ".join(str(zone) for zone in table.zones.all())


@login_required
@require_safe
def kit(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """One kit for all tables, or for `?tavolo=3`; a facilitator prints those of her own tables, and who is in charge of
    a venue those of its tables."""
    event = get_object_or_404(events_seen_by(request.user), slug=slug)
    tables = event.tables.select_related("venue", "event").prefetch_related("zones")
    if not may_prepare(request.user):
        tables = tables.filter(Q(facilitated_by=request.user.pk) | Q(venue__managed_by=request.user.pk))
    wanted = request.GET.get("tavolo", "")
    if wanted:
        number = whole_number(wanted)
        tables = tables.filter(number=number) if number is not None else tables.none()
    found = list(tables)
    if not found:
        raise Http404
    name = f"{slug}-{kind}{f'-{wanted}' if wanted else ''}.pdf"
    response = HttpResponse(kit_pdf(event, found, kind), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
