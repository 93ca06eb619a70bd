"""The desk's forms for mandates, for who stands for a municipality, and for the rule of a body."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.core.tally.rule import Abstentions, MajorityOf, QuorumOf, TieRule
from aumenta.governance.models import Body, BodyRule, Mandate, MunicipalOffice


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, as browsers let it be chosen."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), localize=False, **options
    )


class MandateForm(forms.Form):
    """Somebody takes a seat in a body."""

    name = forms.CharField(label=_("Name and surname"), max_length=150)
    role = forms.ChoiceField(label=_("Office held"), choices=Mandate.Role.choices, initial=Mandate.Role.MEMBER)
    group = forms.CharField(label=_("List or group"), max_length=120, required=False)
    from_day = day_field(_("From"))
    to_day = day_field(_("Last day"), required=False)
    replaces = forms.ModelChoiceField(
        label=_("Takes the place of"), queryset=Mandate.objects.none(), required=False, empty_label=_("nobody")
    )
    source = forms.CharField(label=_("Source (act, minutes)"), max_length=300, required=False)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = body.mandates.filter(to_day__isnull=False, replaced_by=None).select_related("holder")
        self.fields["replaces"].queryset = free  # type: ignore[attr-defined]


class NoticeForm(forms.Form):
    """How many days before a session its notice goes out."""

    days = forms.IntegerField(
        label=_("Days between the notice and the session"),
        min_value=0,
        max_value=90,
        required=False,
        help_text=_("As the rules of the body ask; empty where it is not known."),
    )


class EndForm(forms.Form):
    """The last day of a mandate or of an office."""

    to_day = day_field(_("Last day"))


class MunicipalOfficeForm(forms.Form):
    """Somebody stands for a municipality."""

    name = forms.CharField(label=_("Name and surname"), max_length=150)
    kind = forms.ChoiceField(label=_("Office held"), choices=MunicipalOffice.Kind.choices)
    from_day = day_field(_("From"))
    to_day = day_field(_("Last day"), required=False)
    source = forms.CharField(label=_("Source (act, minutes)"), max_length=300, required=False)


class RuleForm(forms.Form):
    """The rule of a body, field by field."""

    quorum_of = forms.ChoiceField(
        label=_("How many must be present"),
        choices=[(QuorumOf.MEMBERS, _("a share of the members")), (QuorumOf.NONE, _("no number is asked"))],
    )
    quorum_share = forms.CharField(label=_("Share of the members who must be present"), max_length=9)
    without_chair = forms.BooleanField(label=_("The chair is left out of that share"), required=False)
    majority_of = forms.ChoiceField(
        label=_("Majority"),
        choices=[
            (MajorityOf.VOTERS, _("of the voters")),
            (MajorityOf.PRESENT, _("of those present")),
            (MajorityOf.MEMBERS, _("of all members")),
            (MajorityOf.MUNICIPALITIES_AND_RESIDENTS, _("of all municipalities and of the residents")),
        ],
    )
    majority_share = forms.CharField(label=_("Share in favour"), max_length=9, help_text=_("Such as 1/2 or 2/3."))
    strictly_more = forms.BooleanField(label=_("More than that share, not just as much"), required=False)
    residents_share = forms.CharField(
        label=_("Share of the residents"), max_length=9, help_text=_("Counts only where residents are asked about.")
    )
    abstentions = forms.ChoiceField(
        label=_("Who abstains"),
        choices=[
            (Abstentions.COUNTED, _("is counted among the voters")),
            (Abstentions.EXCLUDED, _("is not counted among the voters")),
        ],
    )
    tie = forms.ChoiceField(
        label=_("With a tie"),
        choices=[(TieRule.FAILS, _("it fails")), (TieRule.CHAIR_DECIDES, _("the vote of the chair decides"))],
    )
    from_day = day_field(_("In force since"), required=False)
    to_day = day_field(_("Last day"), required=False)
    citation = forms.CharField(label=_("Where it is written"), max_length=300)
    doubt = forms.CharField(label=_("What has to be checked"), max_length=300, required=False)

    @staticmethod
    def of(rule: BodyRule) -> dict[str, Any]:
        """What the form shows of a rule."""
        quorum, majority = rule.record.get("quorum", {}), rule.record.get("majority", {})
        return {
            "quorum_of": quorum.get("of"),
            "quorum_share": quorum.get("share", "1/3"),
            "without_chair": quorum.get("without_chair", False),
            "majority_of": majority.get("of"),
            "majority_share": majority.get("share", "1/2"),
            "strictly_more": majority.get("strictly_more", True),
            "residents_share": majority.get("residents_share", "1/2"),
            "abstentions": rule.record.get("abstentions"),
            "tie": rule.record.get("tie"),
            "from_day": rule.from_day,
            "to_day": rule.to_day,
            "citation": rule.citation,
            "doubt": rule.doubt,
        }

    def record(self) -> dict[str, Any]:
        """What was chosen, as the count reads it."""
        given = self.cleaned_data
        return {
            "quorum": {
                "of": given["quorum_of"],
                "share": given["quorum_share"],
                "without_chair": given["without_chair"],
            },
            "majority": {
                "of": given["majority_of"],
                "share": given["majority_share"],
                "strictly_more": given["strictly_more"],
                "residents_share": given["residents_share"],
            },
            "abstentions": given["abstentions"],
            "tie": given["tie"],
        }
