"""How a form that anybody may send tells a person from a machine, without asking anybody else."""

import secrets
import time
from typing import Any, ClassVar, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

FASTEST: Final = 2
"""Seconds: nobody writes faster."""
LONGEST: Final = 24 * 60 * 60


class GuardedForm(forms.Form):
    """A form with a trap that nobody sees, and the signed moment it was shown."""

    salt: ClassVar[str]
    # Nobody sees this field; who fills in everything she finds is a machine.
    website = forms.CharField(required=False, label=_("Leave this empty"))
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    form_key: str
    """Which showing of the form this is, known once it is valid: each is sent once."""

    @classmethod
    def fresh_mark(cls) -> str:
        """When the form is shown and which one it is, signed."""
        return signing.dumps([str(time.time()), secrets.token_hex(16)], salt=cls.salt)

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
            mark = signing.loads(cleaned.get("shown", ""), salt=self.salt, max_age=LONGEST)
            when, self.form_key = float(mark[0]), str(mark[1])
        except (signing.BadSignature, ValueError, TypeError, LookupError):
            raise forms.ValidationError(
                _("This page was open for too long. What you wrote is still here: press the button again.")
            ) from None
        if time.time() - when < FASTEST:
            raise forms.ValidationError(_("We could not check what was sent. Press the button again."))
        return cleaned
