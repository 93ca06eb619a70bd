"""The objectives of DUP and PIAO at the desk: those of a year, what is uncovered, one of them, a table of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.monitoring.fields import ActionsField, NumberField
from aumenta.monitoring.actions.objectives import coverage, load_objectives, write_objective, years
from aumenta.monitoring.models import Objective
from aumenta.monitoring.rules import may_keep_projects
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition

MOST_BYTES = 4_000_000


class ObjectiveForm(forms.ModelForm[Objective]):
    """An objective with the actions behind it."""

    percent = NumberField(label=gettext_lazy("Percentage stated"), required=False)
    actions = ActionsField(
        label=gettext_lazy("Actions behind it"),
        help_text=gettext_lazy("One a line, years and code: 2021-2023 2.2.1."),
        max_length=4000,
    )

    class Meta:
        model = Objective
        fields = (
            "level",
            "code",
            "year",
            "title_it",
            "title_en",
            "parent",
            "standing",
            "standing_source",
            "percent",
            "source",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            tied = list(self.instance.actions.select_related("strategy__axis__edition"))
            self.initial["actions"] = ActionsField.written(tied)


class TableForm(forms.Form):
    """A table of objectives."""

    edition = forms.ModelChoiceField(label=gettext_lazy("Edition of the actions"), queryset=Edition.objects.all())
    table = forms.FileField(
        label=gettext_lazy("Table (CSV, XLSX, ODS)"),
        help_text=gettext_lazy(
            "Columns: livello (DUP strategico, DUP operativo, PIAO), codice, anno, titolo, obiettivo superiore, stato, "
            "fonte, azioni (codes parted by commas)."
        ),
    )


@desk_page(may_keep_projects)
def show_all(request: DeskRequest) -> HttpResponse:
    """The objectives of a year with the actions behind them, what is uncovered in both directions, and two forms."""
    verb = request.POST.get("verb")
    one = ObjectiveForm(request.POST if verb == "write" else None)
    table = TableForm(
        request.POST if verb == "load" else None, request.FILES if verb == "load" else None, auto_id="table_%s"
    )
    if request.method == "POST" and _took(request, verb or "", one, table):
        return redirect("desk:objectives")
    edition = Edition.objects.filter(label=request.GET.get("edizione", "")).first() or Edition.objects.current()
    known = years()
    asked = whole_number(request.GET.get("anno", ""))
    year = asked if asked in known else (known[0] if known else None)
    context: dict[str, Any] = {
        "one": one,
        "table": table,
        "years": known,
        "year": year,
        "editions": Edition.objects.all(),
        "edition": edition,
        "found": coverage(edition, year) if edition and year else None,
    }
    return render(request, "desk/monitoring/objectives.html", context, status=409 if request.method == "POST" else 200)


def _took(request: DeskRequest, verb: str, one: ObjectiveForm, table: TableForm) -> bool:
    try:
        if verb == "write":
            if not one.is_valid():
                return False
            _write(request, None, one)
        elif verb == "load":
            if not table.is_valid():
                return False
            file = table.cleaned_data["table"]
            if file.size > MOST_BYTES:
                raise RefusedError("file_too_large", most=MOST_BYTES // 1_000_000)
            taken = load_objectives(person=request.user, edition=table.cleaned_data["edition"], data=file.read())
            messages.success(request, _("Objectives taken from the table: %(n)s.") % {"n": taken})
        else:
            raise RefusedError("unknown_verb")
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return False
    return True


def _write(request: DeskRequest, kept: Objective | None, form: ObjectiveForm) -> None:
    facts = {name: form.cleaned_data[name] for name in form.Meta.fields}
    write_objective(person=request.user, objective=kept, facts=facts, actions=form.cleaned_data["actions"])
    messages.success(request, _("Objective saved."))


@desk_page(may_keep_projects)
def objective(request: DeskRequest, number: int) -> HttpResponse:
    """One objective, to change it."""
    kept = get_object_or_404(Objective, pk=number)
    form = ObjectiveForm(request.POST or None, instance=get_object_or_404(Objective, pk=number))
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, kept, form)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            return redirect("desk:objectives")
    context = {"objective": kept, "form": form}
    return render(request, "desk/monitoring/objective.html", context, status=409 if request.method == "POST" else 200)
