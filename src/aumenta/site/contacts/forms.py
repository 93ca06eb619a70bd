"""The forms by which the public writes to the office and rates a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.contacts.models import GOOD_FROM, NEGATIVE, POSITIVE, Message
from aumenta.site.guarded_form import GuardedForm


class OfficeForm(GuardedForm):
    """A form of the office's own."""

    salt = "site.contacts.shown"


class ContactForm(OfficeForm):
    """A message to the office: no more than an answer needs."""

    subject = forms.ChoiceField(label=_("What is it about?"), choices=Message.Subject.choices)
    text = forms.CharField(
        label=_("Your message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8, "maxlength": 4000})
    )
    name = forms.CharField(
        label=_("Name and surname"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("You get a receipt there, and the answer."),
    )
    page = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    read_notice = forms.BooleanField(
        label=_("I have read how my data are used"),
        error_messages={"required": _("Read the notice on this page and tick the box.")},
    )

    @property
    def message(self) -> dict[str, str]:
        """What the verb takes; only after the form is valid."""
        return {name: self.cleaned_data[name] for name in ("subject", "text", "name", "email", "page")}


class RatingForm(OfficeForm):
    """The second step of a rating: why, and more if somebody wants."""

    stars = forms.TypedChoiceField(
        choices=[(n, str(n)) for n in range(1, 6)], coerce=int, widget=forms.HiddenInput, label=_("Stars")
    )
    page = forms.CharField(max_length=300, widget=forms.HiddenInput)
    reason = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Would you like to say more?"),
        required=False,
        max_length=200,
        help_text=_("At most 200 characters. Please write no personal data."),
    )

    def __init__(self, *args: Any, stars: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        good = stars >= GOOD_FROM
        reason: Any = self.fields["reason"]
        reason.choices = [(one.value, one.label) for one in (POSITIVE if good else NEGATIVE)]
        reason.label = _("What did you like best?") if good else _("What was the main difficulty?")


STARS = {
    1: _("not at all clear"),
    2: _("hardly clear"),
    3: _("fairly clear"),
    4: _("clear"),
    5: _("very clear"),
}
