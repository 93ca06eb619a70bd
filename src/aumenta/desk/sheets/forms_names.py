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
        # Nothing is chosen before somebody chooses: what stands first would be a wrong meaning for nearly all.
        field.choices = [("", _("Choose what it means")), *((key, str(meant)) for key, meant in self._meanings.items())]

    @property
    def meant(self) -> Actor | FrameworkItem:
        """What was chosen; only after the form is valid."""
        return self._meanings[self.cleaned_data["means"]]


class MeantForm(forms.Form):
    """Another name for an actor or an item."""

    name_it = forms.CharField(label=_("Name in Italian"), max_length=300)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)


class MergeForm(NameForm):
    """The name that stays when two are one."""

    means = forms.ChoiceField(label=_("The name that stays"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["printed"]
