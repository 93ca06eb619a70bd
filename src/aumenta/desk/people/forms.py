"""The forms of accounts, roles and organisations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.governance.models import Body
from aumenta.people.models import Organisation, Role
from aumenta.plan.models import Axis


class PersonForm(forms.Form):
    """A new account."""

    full_name = forms.CharField(label=_("Name and surname"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the e-mails"), choices=[("it", "Italiano"), ("en", "English")])


class RoleForm(forms.Form):
    """A role for somebody: chosen, none stands there before."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *Role.choices])
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


class BodiesForm(forms.Form):
    """The bodies a secretary keeps."""

    bodies = forms.ModelMultipleChoiceField(
        Body.objects.all(), label=_("Bodies kept"), required=False, widget=forms.CheckboxSelectMultiple
    )


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

    email = forms.EmailField(
        label=_("New e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
