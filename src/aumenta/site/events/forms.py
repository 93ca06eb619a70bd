"""The registration form, and how it tells a person from a machine without asking anybody else."""

import time
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.events.models import Event, Registration
from aumenta.events.participants.rate_limit import source_of, too_many
from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.territory.models import Municipality, Zone
from aumenta.ui.client import client_address

SHOWN = "site.registration.shown"
FASTEST = 2
LONGEST = 24 * 60 * 60
# A whole office may register from one address; a machine tries more.
MOST_IN_TEN_MINUTES = 30


class RegistrationForm(forms.ModelForm):  # type: ignore[type-arg]
    """What somebody tells us: no more than seats, a table and an answer need."""

    # Nobody sees this field; who fills in everything she finds is a machine.
    website = forms.CharField(required=False, label=_("Leave this empty"))
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    read_notice = forms.BooleanField(
        label=_("I have read how my data are used"),
        error_messages={"required": _("Read the notice on this page and tick the box.")},
    )

    class Meta:
        model = Registration
        fields = ["name", "email", "organisation", "organisation_kind", "municipality", "zone", "needs", "wants_report"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "needs": forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
        }

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        self.fields["needs"].label = _("What you need to take part")
        self.fields["needs"].help_text = _(
            "Such as a place for a wheelchair, an interpreter of sign language, large print. Only the office reads it."
        )
        self.fields["wants_report"].label = _("Send me the report of my zone by e-mail after the event")
        self.initial["shown"] = fresh_mark()

    @property
    def seen_fields(self) -> list[Any]:
        """The fields of people, in order: without the trap and the mark of the time."""
        return [field for field in self.visible_fields() if field.name != "website"]

    def clean(self) -> dict[str, Any]:
        """Refuse what a machine would send, each time with words that let a person go on."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("website"):
            raise forms.ValidationError(_("The hidden field was filled in. Leave it empty and send again."))
        try:
            when = float(signing.loads(cleaned.get("shown", ""), salt=SHOWN, max_age=LONGEST))
        except (signing.BadSignature, ValueError):
            raise forms.ValidationError(
                _("This page was open for too long. What you wrote is still here: press the button again.")
            ) from None
        if time.time() - when < FASTEST:
            raise forms.ValidationError(_("That was faster than a person writes. Press the button again."))
        return cleaned

    @property
    def person(self) -> dict[str, Any]:
        """The fields of the registration; only after the form is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def fresh_mark() -> str:
    """When the form was shown, signed."""
    return signing.dumps(str(time.time()), salt=SHOWN)


def tries_too_often(request: HttpRequest, what: str, most: int = MOST_IN_TEN_MINUTES) -> bool:
    """Whether this visitor's device has tried `what` more often than a group of people would."""
    now = timezone.now()
    return too_many(source=source_of(client_address(request), now), what=what, most=most, now=now)
