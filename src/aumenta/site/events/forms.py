"""The registration form, and how often one network or one person may register."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aumenta.events.models import Event, Registration
from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.people.rate_limit import Limit, note_attempt
from aumenta.site.guarded_form import GuardedForm
from aumenta.territory.models import Municipality, Zone
from aumenta.ui.client import client_network

TEN_MINUTES, DAY = timedelta(minutes=10), timedelta(days=1)
REGISTRATIONS: Final = Limit("register", 30, TEN_MINUTES)
"""From one network: a whole office may register from one address; a machine tries more."""
MAILBOX_HERE: Final = Limit("register-mailbox", 5, DAY)
"""Mails to one person that one network asks for: ada+1@ and ada+2@ are read by the same ada."""
MAILBOX: Final = Limit("register-mailbox-all", 15, DAY)
"""Mails to one person, from all networks together."""


class RegistrationForm(GuardedForm, forms.ModelForm[Registration]):
    """What somebody tells us: no more than seats, a table and an answer need."""

    salt = "site.registration.shown"
    read_notice = forms.BooleanField(
        label=_("I have read how my data are used"),
        error_messages={"required": _("Read the notice on this page and tick the box.")},
    )

    class Meta:
        model = Registration
        fields = [
            "name",
            "email",
            "organisation",
            "organisation_kind",
            "municipality",
            "zone",
            "remote",
            "needs",
            "wants_report",
        ]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "needs": forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
        }

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The office may register somebody without an address; here the answer comes by e-mail.
        self.fields["email"].required = True
        self.fields["organisation_kind"].initial = None
        kind: Any = self.fields["organisation_kind"]
        kind.choices = [("", _("Choose")), *OrganisationKind.choices]
        kind.initial = ""
        kind.label = _("You come as")
        town: Any = self.fields["municipality"]
        town.queryset = Municipality.objects.filter(valid_to=None)
        town.empty_label = _("None of these")
        town.help_text = _("Where you live or work: it tells which table suits you.")
        zone: Any = self.fields["zone"]
        zone.queryset = Zone.objects.filter(tables__event=event).distinct()
        zone.empty_label = _("That of my municipality")
        zone.label = _("Zone whose table you want")
        if not event.remote_link:
            del self.fields["remote"]
        else:
            self.fields["remote"].label = _("I take part from afar: the link comes by e-mail")
        self.fields["needs"].label = _("What you need to take part")
        self.fields["needs"].help_text = _(
            "Such as a place for a wheelchair, an interpreter of sign language, large print. Only the office reads it."
        )
        self.fields["wants_report"].label = _("Send me the report of my zone by e-mail after the event")

    @property
    def person(self) -> dict[str, Any]:
        """The fields of the registration; only after the form is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}


def registers_too_often(request: HttpRequest) -> bool:
    """Note that this network registers somebody; whether it does so more often than a group of people would."""
    return note_attempt(limit=REGISTRATIONS, subject=client_network(request)) is None


def mailbox_is_full(request: HttpRequest, email: str) -> bool:
    """Note that a mail to this person is asked for; whether she got enough of them today.

    Whoever asks learns nothing: it would tell a stranger who is registered.
    """
    mailbox = mailbox_of(email)
    if note_attempt(limit=MAILBOX_HERE, subject=f"{client_network(request)} {mailbox}") is None:
        return True
    return note_attempt(limit=MAILBOX, subject=mailbox) is None


def mailbox_of(email: str) -> str:
    """Where a mail to this address is read: what stands after a plus is for sorting, and letters have one case."""
    local, _at, domain = email.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
