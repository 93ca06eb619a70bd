"""The desk's small forms; the sheet's own form is in sheet_form.py."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.people.models import Organisation, Role
from aumenta.plan.models import Actor, Axis, ContinuationKind, FrameworkItem


class PersonForm(forms.Form):
    """A new account."""

    full_name = forms.CharField(label=_("Name and surname"), max_length=150)
    email = forms.EmailField(label=_("E-mail"))
    language = forms.ChoiceField(label=_("Language of the e-mails"), choices=[("it", "Italiano"), ("en", "English")])


class RoleForm(forms.Form):
    """A role for somebody."""

    role = forms.ChoiceField(label=_("Role"), choices=Role)
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label=_("Organisation"),
        required=False,
        help_text=_("Only for a referent: whose actions she answers for."),
    )


class AxesForm(forms.Form):
    """The axes an editor writes."""

    axes = forms.ModelMultipleChoiceField(
        Axis.objects.none(), label=_("Axes she writes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["axes"]
        field.queryset = Axis.objects.select_related("edition").order_by("-edition__first_year", "number")
        field.label_from_instance = lambda axis: f"{axis.edition.label} · {axis}"


class OrganisationForm(forms.Form):
    """A new organisation."""

    name_it = forms.CharField(label=_("Name in Italian"), max_length=300)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    municipality_code = forms.CharField(
        label=_("Code of the municipality"),
        max_length=6,
        required=False,
        help_text=_("The six figures ISTAT gives it; empty for an office or another body."),
    )


class MyAccountForm(forms.Form):
    """What somebody may change of her own account."""

    full_name = forms.CharField(label=_("Name and surname"), max_length=150, required=False)
    language = forms.ChoiceField(label=_("Language of the e-mails"), choices=[("it", "Italiano"), ("en", "English")])


class AddressForm(forms.Form):
    """A new e-mail address for one's own account."""

    email = forms.EmailField(label=_("New e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class OpenEditionForm(forms.Form):
    """The next edition."""

    label = forms.CharField(label=_("Years"), max_length=9, help_text=_("Two years with a hyphen, such as 2027-2029."))
    title_it = forms.CharField(label=_("Title in Italian"), max_length=300)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)


class FreezeForm(forms.Form):
    """A dated version of an edition."""

    title_it = forms.CharField(
        label=_("Title in Italian"), max_length=200, help_text=_("Such as «Aggiornamento 2022».")
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    dated = forms.DateField(
        label=_("Date of the act"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ContinuationForm(forms.Form):
    """How something goes on from the edition before."""

    older = forms.CharField(label=_("Code in the edition before"), max_length=12)
    newer = forms.CharField(label=_("Code in this edition"), max_length=12)
    kind = forms.ChoiceField(label=_("How it goes on"), choices=ContinuationKind)
    reason = forms.CharField(label=_("Why"), max_length=500, required=False)


class NewSheetForm(forms.Form):
    """A new sheet of an edition in preparation."""

    strategy = forms.CharField(label=_("Code of the strategy"), max_length=8)
    title_it = forms.CharField(label=_("Title in Italian"), max_length=500)


class DropSheetForm(forms.Form):
    """A sheet to take out of an edition in preparation."""

    code = forms.CharField(label=_("Code of the sheet"), max_length=12)
    reason = forms.CharField(label=_("Why it is taken out"), max_length=500)


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
