"""The forms of an edition: opening the next, freezing, how things go on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.plan.models import ContinuationKind, Edition


class OpenEditionForm(forms.Form):
    """The next edition."""

    label = forms.CharField(label=_("Years"), max_length=20, help_text=_("Two years with a hyphen, such as 2027-2029."))
    title_it = forms.CharField(label=_("Title in Italian"), max_length=300)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)


class FactsForm(forms.Form):
    """What the office says of an edition: whether it is in force, its source, the licence of its texts."""

    standing = forms.ChoiceField(
        label=_("Is it in force?"), choices=[("", _("not said")), *Edition.Standing.choices], required=False
    )
    in_force_since = forms.DateField(
        label=_("In force since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
        help_text=_("The date of the act that adopted it, also where it is no longer in force."),
    )
    standing_it = forms.CharField(
        label=_("A warning at the top of its pages, in Italian"), max_length=500, required=False
    )
    standing_en = forms.CharField(label=_("The same in English"), max_length=500, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, help_text=_("The document its texts come from.")
    )
    licence = forms.CharField(
        label=_("Licence of its texts"),
        max_length=100,
        required=False,
        help_text=_("As the authority states it, such as CC BY 4.0. Left empty, files say that it states none."),
    )
    licence_address = forms.URLField(label=_("Address of the licence"), required=False, assume_scheme="https")


class RenameForm(OpenEditionForm):
    """Other titles and, in preparation, other years."""


class FreezeForm(forms.Form):
    """A dated version of an edition."""

    title_it = forms.CharField(
        label=_("Title in Italian"), max_length=200, help_text=_("Such as “Aggiornamento 2022”.")
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    dated = forms.DateField(
        label=_("Date of the act"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    act = forms.CharField(
        label=_("Act that adopts it"),
        max_length=300,
        required=False,
        help_text=_("Such as “Deliberazione del Consiglio metropolitano n. 12/2022”."),
    )
    act_address = forms.URLField(
        label=_("Where the act can be read"), max_length=500, required=False, assume_scheme="https"
    )


class ContinuationForm(forms.Form):
    """How something goes on from the edition before."""

    older = forms.CharField(label=_("Code in the edition before"), max_length=12)
    newer = forms.CharField(label=_("Code in this edition"), max_length=12)
    kind = forms.ChoiceField(label=_("How it goes on"), choices=ContinuationKind)
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        help_text=_("Everybody reads it in the comparison of the editions, once this one is public."),
    )


class NewSheetForm(forms.Form):
    """A new sheet of an edition in preparation."""

    strategy = forms.CharField(label=_("Code of the strategy"), max_length=8)
    title_it = forms.CharField(label=_("Title in Italian"), max_length=500)


class DropSheetForm(forms.Form):
    """A sheet to take out of an edition in preparation."""

    code = forms.CharField(label=_("Code of the sheet"), max_length=12)
    reason = forms.CharField(label=_("Why it is taken out"), max_length=500)
