"""Who takes part: registrations, badges, and for a limited time which badge is whose."""

import re
import secrets
from datetime import timedelta
from typing import ClassVar, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from aumenta.events.models.event import Event
from aumenta.events.models.venue import Table
from aumenta.mailing.models import MailAttempt
from aumenta.people.organisation_kinds import OrganisationKind

HELD_FOR: Final = timedelta(hours=24)
"""How long what somebody asked for waits for her to open the mailed link; then the nightly job forgets it."""


def new_link() -> str:
    """The unguessable part of a registration's own address."""
    return secrets.token_urlsafe(24)


# What a name never holds and an advertisement does: addresses of pages and of mail, telephone numbers.
_NO_NAME = re.compile(
    r"[/\\@<>]|:\S|www\.|\d{3}|\.(?:com|net|org|info|biz|it|eu|io|co|ru|cn|xyz|top|site|online|shop|club|link|click|app|me)\b",
    re.IGNORECASE,
)


def check_name(name: str) -> None:
    """A name goes into a mail to an address nobody has confirmed: it must not carry a stranger's message there."""
    if _NO_NAME.search(name):
        raise ValidationError(_("Write only name and surname, without web or e-mail addresses and without numbers."))


class Registration(models.Model):
    """Somebody registered for an event."""

    class State(models.TextChoices):
        # Somebody typed the address; it holds no seat until the link mailed there is opened.
        ASKED = "asked", _("asked, not confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        WAITING = "waiting", _("on the waiting list")
        WITHDRAWN = "withdrawn", _("withdrawn")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations", verbose_name=_("event"))
    name = models.CharField(_("name and surname"), max_length=150, validators=[check_name])
    # Empty for somebody whom the office or the entrance registered without one: she gets no e-mail.
    email = models.EmailField(_("e-mail"), blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    organisation_kind = models.CharField(
        _("kind of organisation"), max_length=12, choices=OrganisationKind, default=OrganisationKind.OTHER
    )
    municipality = models.ForeignKey(
        "territory.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("municipality"),
    )
    zone = models.ForeignKey(
        "territory.Zone",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("zone"),
    )
    table = models.ForeignKey(
        Table, on_delete=models.SET_NULL, null=True, blank=True, related_name="registrations", verbose_name=_("table")
    )
    remote = models.BooleanField(_("takes part from afar"), default=False)
    wants_report = models.BooleanField(_("wants the report by e-mail"), default=False)
    needs = models.CharField(_("accessibility needs"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=2, default="it")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.CONFIRMED)
    link = models.CharField(max_length=40, default=new_link, unique=True, editable=False)
    registered_at = models.DateTimeField(_("registered"), auto_now_add=True)
    # The name of the fault, never its words: a mail server's refusal repeats the address.
    mail_failure = models.CharField(_("why the last e-mail was not sent"), max_length=80, blank=True, editable=False)
    # Who types somebody else's address again and again writes her one mail a day, not one each time.
    reminded_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering: ClassVar[list[str]] = ["registered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "event",
                Lower("email"),
                condition=~Q(state="withdrawn") & ~Q(email=""),
                name="registration_once_for_each_address",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegistrationMailAttempt(MailAttempt):
    """One attempt to send a mail of a registration. It goes when the person is forgotten."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="mail_attempts", verbose_name=_("registration")
    )


class Badge(models.Model):
    """A badge of an event. It carries a code, not a name: the name is only in BadgeHolder, for a time."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="badges", verbose_name=_("event"))
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="badges", verbose_name=_("table"))
    code = models.CharField(_("code"), max_length=12)
    organisation_kind = models.CharField(_("kind of organisation"), max_length=12, blank=True)
    phone_code_digest = models.CharField(max_length=64, blank=True, editable=False)
    # That it was used, never when: beside the times of the log, a time would say which stickers were whose.
    phone_code_used = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="badge_code_once_in_an_event"),
            models.UniqueConstraint(
                fields=["phone_code_digest"], condition=~Q(phone_code_digest=""), name="badge_phone_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class BadgeHolder(models.Model):
    """Whose badge it is: the only tie between a person and what happens at a table, deleted on `forget_on`."""

    badge = models.OneToOneField(Badge, on_delete=models.CASCADE, related_name="holder", verbose_name=_("badge"))
    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, related_name="badge_holder", verbose_name=_("registration")
    )
    forget_on = models.DateField(_("deleted on"))

    class Meta:
        verbose_name = _("holder of a badge")
        verbose_name_plural = _("holders of badges")

    def __str__(self) -> str:
        return str(self.badge_id)
