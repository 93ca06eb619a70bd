"""Where people sit: venues, tables, and the devices that were opened at a table."""

import secrets
import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aumenta.events.models.event import TABLES_OPEN_FOR, Event
from aumenta.people.reader import in_language
from aumenta.people.secrets import EncryptedBinaryField, EncryptedTextField


def new_export_key() -> bytes:
    """32 bytes that seal what a table exports to a file."""
    return secrets.token_bytes(32)


def new_table_code() -> str:
    """What a table's QR code carries; long enough that nobody guesses another table's."""
    return secrets.token_urlsafe(12)


class Venue(models.Model):
    """A place where some of the tables sit."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="venues", verbose_name=_("event"))
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)
    municipality = models.ForeignKey(
        "territory.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="venues",
        verbose_name=_("municipality"),
    )
    in_charge = models.CharField(_("person in charge"), max_length=120, blank=True)
    managed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="venues",
        verbose_name=_("account of the person in charge"),
        help_text=_("Who signs in with it sees the tables and the entrance of this venue."),
    )
    # The link of a wall of this venue alone; empty: there is none.
    wall_code = models.CharField(max_length=24, blank=True, db_index=True, editable=False)
    access_it = models.TextField(
        _("how to get there and in (Italian)"),
        blank=True,
        help_text=_("Stops, parking, steps, lifts, toilets, induction loop: what somebody must know before coming."),
    )
    access_en = models.TextField(_("how to get there and in (English)"), blank=True)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["event", "position"], name="venue_position_once_in_an_event"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access(self) -> str:
        return in_language(self.access_it, self.access_en)


class Table(models.Model):
    """A table of an event. `public_id` is its name in the protocol, `code` and the PIN open it from a device."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tables", verbose_name=_("event"))
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="tables", verbose_name=_("venue"))
    number = models.PositiveSmallIntegerField(_("number"))
    room = models.CharField(_("room"), max_length=80, blank=True)
    zones = models.ManyToManyField("territory.Zone", related_name="tables", verbose_name=_("zones"))
    seats = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: as many as come, up to the seats of the event.")
    )
    remote = models.BooleanField(
        _("remote table"), default=False, help_text=_("Its participants meet at the event's link, not in the room.")
    )
    facilitator = models.CharField(_("facilitator"), max_length=120, blank=True)
    facilitated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tables",
        verbose_name=_("account of the facilitator"),
        help_text=_("Who signs in with it sees this table, its QR code and its PIN."),
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=24, default=new_table_code, unique=True, editable=False)
    pin = EncryptedTextField(_("PIN"))
    export_key = EncryptedBinaryField(default=new_export_key, editable=False)

    class Meta:
        verbose_name = _("table")
        verbose_name_plural = _("tables")
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="table_number_once_in_an_event"),
        ]

    def __str__(self) -> str:
        return str(_("Table %(number)s")) % {"number": self.number}


class TableDevices(models.QuerySet["TableDevice"]):
    """Devices at tables."""

    def that_are_open(self, now: datetime) -> Self:
        """Those whose secret opens their table now: not shut out, and at an event whose tables are open still."""
        still_open = Q(table__event__ends_at__gt=now - TABLES_OPEN_FOR) | Q(table__event__tables_open_until__gt=now)
        return self.filter(still_open, shut_at=None)


class TableDevice(models.Model):
    """A phone, tablet or laptop opened at a table. Only a digest of its secret is kept."""

    class Held(models.TextChoices):
        """Why nothing more is taken from a device until the regia has looked: see tables/device_bounds.py."""

        ENTRIES = "entries", _("more entries than a whole morning has")
        TEXTS = "texts", _("more observations than a table says")

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="devices", verbose_name=_("table"))
    public_id = models.UUIDField(unique=True, editable=False)
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    last_seen_at = models.DateTimeField(_("last seen"), null=True, blank=True)
    waiting = models.PositiveIntegerField(_("entries it said it still holds"), default=0)
    shut_at = models.DateTimeField(_("shut"), null=True, blank=True)
    held_for = models.CharField(_("held, because it sent"), max_length=7, choices=Held, blank=True)
    # What the regia let it send beyond the bounds: multiples of them.
    allowed = models.PositiveSmallIntegerField(default=1, editable=False)
    left_out = models.BooleanField(_("what it sent is left out"), default=False)
    minute_at = models.DateTimeField(null=True, editable=False)
    minute_entries = models.PositiveIntegerField(default=0, editable=False)
    minute_size = models.PositiveIntegerField(default=0, editable=False)

    objects = TableDevices.as_manager()

    class Meta:
        verbose_name = _("device at a table")
        verbose_name_plural = _("devices at tables")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def short_name(self) -> str:
        """What the device shows on its own screen."""
        return str(self.public_id)[:4]
