"""How a form that anybody may send tells a person from a machine, without asking anybody else."""

import secrets
import time
from typing import Any, ClassVar, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

FASTEST: Final = 2
"""Seconds from the first showing: nobody writes faster."""
LONGEST: Final = 24 * 60 * 60


class GuardedForm(forms.Form):
    """A form with a trap that nobody sees, and the signed moment it was shown."""

    salt: ClassVar[str]
    # Nobody sees this field; who fills in everything she finds is a machine.
    website = forms.CharField(required=False, label=_("Leave this empty"))
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    form_key: str
    """Which showing of the form this is, known once it is valid: each is sent once."""

    @property
    def mark(self) -> str:
        """When the form was first shown and which showing this is, signed.

        A form that comes back to be put right keeps the time of its first showing: whoever corrects a slip at once has
        been at it longer than a machine.
        """
        sent = self._sent_mark() if self.is_bound else None
        first = sent[0] if sent else time.time()
        return signing.dumps([str(first), secrets.token_hex(16)], salt=self.salt)

    def _sent_mark(self) -> tuple[float, str] | None:
        """The time of the first showing and the key of this one; nothing where we did not sign it, or too long ago."""
        try:
            mark = signing.loads(self.data.get("shown", ""), salt=self.salt, max_age=LONGEST)
            return float(mark[0]), str(mark[1])
        except (signing.BadSignature, ValueError, TypeError, LookupError):
            return None

    @property
    def seen_fields(self) -> list[Any]:
        """The fields of people, in order: without the trap and the mark of the time."""
        return [field for field in self.visible_fields() if field.name != "website"]

    def clean(self) -> dict[str, Any]:
        """Refuse what a machine would send, each time with words that let a person go on."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("website"):
            raise forms.ValidationError(_("The hidden field was filled in. Leave it empty and send again."))
        sent = self._sent_mark()
        if sent is None:
            raise forms.ValidationError(
                _("This page was open for too long. What you wrote is still here: press the button again.")
            )
        first_shown, self.form_key = sent
        if time.time() - first_shown < FASTEST:
            raise forms.ValidationError(_("We could not check what was sent. Press the button again."))
        return cleaned
