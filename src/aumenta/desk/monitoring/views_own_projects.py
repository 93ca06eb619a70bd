"""A project the office writes itself: one that no official file brings."""

import re
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.governance.forms import day_field
from aumenta.desk.monitoring.fields import AmountField, MunicipalitiesField
from aumenta.monitoring.models import Project
from aumenta.monitoring.projects.write_project import project_digest, write_project
from aumenta.monitoring.rules import may_keep_projects
from aumenta.people.refusals import RefusedError

FIELDS: Final = (
    "key",
    "cup",
    "title",
    "summary",
    "state",
    "head",
    "programme",
    "component",
    "measure",
    "planned",
    "planned_fund",
    "awarded",
    "paid",
    "paid_on",
    "as_of",
    "everywhere",
)


class OwnProjectForm(forms.ModelForm[Project]):
    """A project; amounts in euro, empty where nobody says."""

    # Longer than a CUP, for the spaces that come with it from paper; the model has the last word.
    cup = forms.CharField(label="CUP", max_length=40, required=False)
    planned = AmountField(label=gettext_lazy("Whole amount, euro"), required=False)
    planned_fund = AmountField(label=gettext_lazy("Of which from the programme, euro"), required=False)
    awarded = AmountField(label=gettext_lazy("Awarded, euro"), required=False)
    paid = AmountField(label=gettext_lazy("Paid, euro"), required=False)
    paid_on = day_field(gettext_lazy("Paid until"), required=False)
    as_of = day_field(gettext_lazy("As of"))
    municipalities = MunicipalitiesField(
        label=gettext_lazy("Municipalities it lies in"),
        help_text=gettext_lazy("One a line: the name, or the code such as 001272."),
    )

    class Meta:
        model = Project
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("as_of", timezone.localdate())
        if self.instance.pk:
            self.initial["municipalities"] = MunicipalitiesField.written(self.instance.municipalities.order_by("name"))

    def clean_cup(self) -> str:
        """The CUP in capitals, without the spaces of the paper it was copied from."""
        return re.sub(r"\s", "", self.cleaned_data["cup"]).upper()


@desk_page(may_keep_projects)
def new(request: DeskRequest) -> HttpResponse:
    """Write a project that no official file brings."""
    return _written(request, None)


@desk_page(may_keep_projects)
def change(request: DeskRequest, number: int) -> HttpResponse:
    """Change a project that the office wrote; one that came from a file is changed by a file."""
    return _written(request, get_object_or_404(Project, pk=number))


def _written(request: DeskRequest, kept: Project | None) -> HttpResponse:
    form = OwnProjectForm(request.POST or None, instance=kept)
    seen = project_digest(kept) if kept else ""
    if request.method == "POST" and form.is_valid():
        try:
            made = write_project(
                person=request.user,
                project=kept,
                facts={name: form.cleaned_data[name] for name in FIELDS},
                municipalities=form.cleaned_data["municipalities"],
                seen=request.POST.get("seen", ""),
            )
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:project", made.pk)
    context = {"project": kept, "form": form, "seen": request.POST.get("seen", seen)}
    return render(request, "desk/monitoring/own_project.html", context, status=409 if request.method == "POST" else 200)
