"""The form that says what a printed name means."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.plan.models import Actor, FrameworkItem


class NameForm(forms.Form):
    """What a wording means: one of `meanings`, actors or items of one framework."""

    printed = forms.CharField(label=_("Wording"), max_length=500)
    means = forms.ChoiceField(label=_("Means"))

    def __init__(self, *args: Any, meanings: Sequence[Actor | FrameworkItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._meanings = {str(meant.pk): meant for meant in meanings}
        field = self.fields["means"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, str(meant)) for key, meant in self._meanings.items()]

    @property
    def meant(self) -> Actor | FrameworkItem:
        """What was chosen; only after the form is valid."""
        return self._meanings[self.cleaned_data["means"]]
