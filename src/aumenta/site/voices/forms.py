"""The form by which anybody writes to a consultation, and the one by which she follows what she wrote."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.plan.models import Strategy
from aumenta.site.guarded_form import GuardedForm
from aumenta.territory.models import Municipality, Territory
from aumenta.voices.contributions.attachments import LARGEST, MOST_FILES, SentFile
from aumenta.voices.contributions.receive import MOST_PARTS, Part, Sender
from aumenta.voices.models import Consultation, Contribution, ContributionSender


class FilesInput(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The files that were chosen, none included."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file by Django's own rule."""
        several = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in several]


class ContributionForm(GuardedForm):
    """What somebody sends: a text, about strategies or free, who she is as far as she says it, and her wish."""

    strategy = forms.ChoiceField(label=_("What do you write about?"), required=False)
    text = forms.CharField(
        label=_("Your contribution"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What you would change, add or take out, and why. Please write no personal data of others."),
    )
    kind = forms.ChoiceField(label=_("You write as"), choices=ContributionSender.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name, or name of the organisation"),
        required=False,
        max_length=200,
        help_text=_("Only an organisation must give its name."),
    )
    organisation_kind = forms.ChoiceField(label=_("Kind of organisation"), required=False)
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("Municipality"), required=False, empty_label=_("I'd rather not say")
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("For the receipt. Without it you follow your contribution with its number and secret."),
    )
    attachments = FilesField(label=_("Attachments"), required=False)
    wish = forms.ChoiceField(
        label=_("May it be published?"), choices=Contribution.Wish.choices, widget=forms.RadioSelect, initial="no"
    )
    read_notice = forms.BooleanField(
        label=_("I have read how my data are used"),
        error_messages={"required": _("Read the notice on this page and tick the box.")},
    )
    salt = "site.contribution.shown"

    more = range(2, MOST_PARTS + 1)

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("kind", ContributionSender.Kind.PERSON)
        strategies: list[tuple[str, Any]] = [("", _("the plan as a whole, or something else"))]
        strategies += [(one.code, f"{one.code} {one.title_it}") for one in Strategy.objects.of(consultation.edition)]
        self._choose("strategy", strategies)
        for number in self.more:
            self.fields[f"strategy_{number}"] = forms.ChoiceField(
                label=_("Another strategy"), required=False, choices=[("", _("no other")), *strategies[1:]]
            )
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("What you say about it"),
                required=False,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 5}),
            )
        kinds = [one for one in OrganisationKind.choices if one[0] != OrganisationKind.CITIZEN]
        self._choose("organisation_kind", [("", _("Choose")), *kinds])
        town: Any = self.fields["municipality"]
        home = Territory.objects.home()
        town.queryset = Municipality.objects.filter(territory=home, valid_to=None).select_related("zone")
        town.help_text = _("Where you live or work: it tells us which zone you speak of.")
        self.fields["attachments"].help_text = _(
            "At most %(files)s files of %(most)s MB: PDF, ODT, ODS, DOCX, XLSX, JPEG, PNG, WebP."
        ) % {"files": MOST_FILES, "most": LARGEST // 1024**2}

    def _choose(self, field: str, choices: list[tuple[Any, Any]]) -> None:
        chooser: Any = self.fields[field]
        chooser.choices = choices

    def names(self, *names: str) -> list[Any]:
        """These fields, in this order."""
        return [self[name] for name in names]

    @property
    def about(self) -> list[Any]:
        """What the contribution says."""
        return self.names("strategy", "text")

    @property
    def others(self) -> list[Any]:
        """Room for other strategies."""
        return self.names(*(f"{name}_{number}" for number in self.more for name in ("strategy", "text")))

    @property
    def others_filled(self) -> bool:
        """Whether somebody wrote there: then it is shown open."""
        return self.is_bound and any(self.data.get(field.html_name) for field in self.others)

    @property
    def who(self) -> list[Any]:
        """Who writes, what comes with it, and what she wishes."""
        return self.names(
            "kind", "name", "organisation_kind", "municipality", "email", "attachments", "wish", "read_notice"
        )

    def clean(self) -> dict[str, Any]:
        """An organisation says who it is, and a contribution says something."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == ContributionSender.Kind.ORGANISATION:
            if not (cleaned.get("name") or "").strip():
                self.add_error("name", _("Write the name of the organisation."))
            if not cleaned.get("organisation_kind"):
                self.add_error("organisation_kind", _("Choose what kind of organisation it is."))
        elif cleaned.get("wish") == Contribution.Wish.SIGNED and not (cleaned.get("name") or "").strip():
            self.add_error("name", _("You want it published with the name: write it, or choose to publish without."))
        if not any((cleaned.get(f"text{end}") or "").strip() for end in ("", "_2", "_3")):
            self.add_error("text", _("Write what you want to say: there is no text."))
        return cleaned

    @property
    def sent(self) -> dict[str, Any]:
        """What the verb takes; only after the form is valid."""
        data = self.cleaned_data
        parts = [Part(data["text"], data["strategy"])] if data["text"].strip() or data["strategy"] else []
        parts += [
            Part(data[f"text_{n}"], data[f"strategy_{n}"])
            for n in self.more
            if data[f"text_{n}"].strip() or data[f"strategy_{n}"]
        ]
        return {
            "parts": parts,
            "sender": Sender(data["kind"], data["name"], data["email"], data["organisation_kind"]),
            "wish": data["wish"],
            "municipality": data["municipality"],
            "files": [SentFile(file.name, file.read(LARGEST + 1)) for file in data["attachments"]],
            "form_key": self.form_key,
        }


class FollowForm(forms.Form):
    """Number and secret of a contribution."""

    number = forms.CharField(label=_("Number"), max_length=40, help_text=_("Such as 2026/12."))
    secret = forms.CharField(
        label=_("Secret"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
