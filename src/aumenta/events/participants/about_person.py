"""Registrations and names at venues and tables, where somebody asks what is held about her."""

from collections.abc import Callable, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from aumenta.events.models import Registration, Table, Venue
from aumenta.events.participants.register import withdraw
from aumenta.people.dates import day_in_words
from aumenta.people.erasures import note_erasure
from aumenta.people.models import User
from aumenta.people.subjects import Held, Who

NAMED = "event.name_taken_out"


def find_participants(who: Who) -> Iterator[Held]:
    """Where she is registered, and where her name stands as that of who is in charge or facilitates."""
    asked = Q(email__iexact=who.email) if who.email else Q(name__iexact=who.name)
    for seat in Registration.objects.filter(asked | Q(email="", name__iexact=who.name or " ")).select_related("event"):
        said = {
            _("event"): str(seat.event),
            _("name and surname"): seat.name,
            _("e-mail"): seat.email,
            _("organisation"): seat.organisation,
            _("accessibility needs"): seat.needs,
            _("state"): seat.get_state_display(),
        }
        until = day_in_words(seat.event.forget_people_on)
        yield Held(_("registration for an event"), said, until, _withdrawing(seat))
    for venue in Venue.objects.filter(in_charge__iexact=who.name or " ").select_related("event"):
        until = day_in_words(venue.event.forget_people_on)
        yield Held(_("in charge of a venue"), {_("venue"): str(venue)}, until, _taking_out(f"venue/{venue.pk}"))
    for table in Table.objects.filter(facilitator__iexact=who.name or " ").select_related("venue__event"):
        until = day_in_words(table.event.forget_people_on)
        yield Held(_("facilitates a table"), {_("table"): str(table)}, until, _taking_out(f"table/{table.pk}"))


def _withdrawing(seat: Registration) -> Callable[[User | None], object]:
    return lambda _person: withdraw(registration=seat)


def _taking_out(key: str) -> Callable[[User | None], object]:
    def erase(_person: User | None) -> None:
        take_name_out_again(key)
        note_erasure(NAMED, key)

    return erase


def take_name_out_again(key: str) -> None:
    """Leave a venue or a table without the name of who was in charge; also after a backup was restored."""
    kind, _slash, number = key.partition("/")
    if kind == "venue":
        Venue.objects.filter(pk=number).update(in_charge="")
    else:
        Table.objects.filter(pk=number).update(facilitator="")
