"""The questions before what can't be undone at an event: what will happen is said in figures and names."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.desk.access import DeskRequest
from aumenta.desk.asking import asked_first
from aumenta.events.models import Event, Registration, Table, Venue
from aumenta.events.participants.registration_mail import message_to
from aumenta.events.participants.write_to_all import addressed


def ask_to_drop_table(request: DeskRequest, table: Table) -> HttpResponse | None:
    """Whether to take a table away."""
    return asked_first(
        request,
        title=_("Take %(table)s away?") % {"table": table},
        question=_("This can't be undone."),
        says=[_("Its QR code and PIN open nothing then.")],
        submit=_("Take the table away"),
        cancel=reverse("desk:event_table", args=[table.event.slug, table.number]),
    )


def ask_to_drop_venue(request: DeskRequest, venue: Venue) -> HttpResponse | None:
    """Whether to take a venue away, with its tables."""
    n = venue.tables.count()
    tables = ngettext("Its table goes with it.", "Its %(count)s tables go with it.", n) % {"count": n}
    return asked_first(
        request,
        title=_("Take %(venue)s away?") % {"venue": venue.name},
        question=_("This can't be undone."),
        says=[tables if n else _("There is no table in it.")],
        submit=_("Take the venue away"),
        cancel=reverse("desk:event_venue", args=[venue.event.slug, venue.position]),
    )


def ask_to_shut_devices(request: DeskRequest, table: Table) -> HttpResponse | None:
    """Whether to shut the devices that are open now, as a renewal of the access can; none asks nothing."""
    n = table.devices.filter(shut_at=None).count()
    if not n:
        return None
    what = ngettext(
        "One device is open now. It sends what it still holds only after somebody opens the table again with the new"
        " code and PIN.",
        "%(count)s devices are open now. They send what they still hold only after somebody opens the table again with"
        " the new code and PIN.",
        n,
    )
    return asked_first(
        request,
        title=_("Shut the devices of %(table)s?") % {"table": table},
        question=_("This can't be undone."),
        says=[what % {"count": n}],
        submit=_("Renew and shut the devices"),
        cancel=reverse("desk:event_table", args=[table.event.slug, table.number]),
    )


def ask_to_withdraw(request: DeskRequest, event: Event, person: Registration) -> HttpResponse | None:
    """Whether to withdraw somebody, whose words are erased at once."""
    return asked_first(
        request,
        title=_("Withdraw %(name)s?") % {"name": person.name},
        question=_("This can't be undone."),
        says=[_("What she told us is erased at once, her badge opens nothing, and the seat goes to who waits first.")],
        submit=_("Withdraw the registration"),
        cancel=reverse("desk:event_person", args=[event.slug, person.pk]),
    )


def ask_to_tell_all(request: DeskRequest, event: Event) -> HttpResponse | None:
    """Whether to write everybody how things stand now, with the e-mail as the first of them gets it."""
    people = addressed(event)
    if not people:
        return None
    mail = message_to("changed", people[0])
    return asked_first(
        request,
        title=_("Tell everybody that date or place have changed?"),
        question=_("This is how it arrives. What is sent can't be taken back."),
        says=[ngettext("One person gets it.", "%(count)s people get it.", len(people)) % {"count": len(people)}],
        submit=_("Tell everybody"),
        cancel=reverse("desk:event_people", args=[event.slug]),
        danger=False,
        mails=[(str(mail.subject), str(mail.body))],
    )


def ask_to_hide(request: DeskRequest, event: Event) -> HttpResponse | None:
    """Whether to take the page off the public site, and who has a link that leads to it."""
    n = len(addressed(event))
    says = [_("The page, the registration form and, where they are public, the results are gone for everybody.")]
    if n:
        told = ngettext(
            "One person is registered and is told nothing: if the event does not take place, cancel it instead.",
            "%(count)d people are registered and are told nothing: if the event does not take place, cancel it "
            "instead.",
            n,
        )
        says.append(told % {"count": n})
    return asked_first(
        request,
        title=_("Take the page of “%(title)s” off the public site?") % {"title": event.title},
        question=_("You can publish it again."),
        says=says,
        submit=_("Take the page off the public site"),
        cancel=reverse("desk:event", args=[event.slug]),
    )
