"""Projects at the desk: the list with how many are tied, a file with what it would do, one project with its actions."""

import re
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.core.tables import FORMATS, MEDIA_TYPES, SheetToWrite, write_table
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.governance.forms import day_field
from aumenta.desk.monitoring.fields import ActionsField
from aumenta.desk.monitoring.source_files import SHOWN, in_figures, seen_figures
from aumenta.monitoring.models import Project, ProjectTie, SourceFile
from aumenta.monitoring.projects.read_projects import TEMPLATE, Refused
from aumenta.monitoring.projects.take_projects import (
    FORMAT,
    look_at_projects,
    put_projects_aside,
    send_projects,
    take_projects,
)
from aumenta.monitoring.projects.ties import decide_tie, matching, propose_ties
from aumenta.monitoring.rules import may_keep_projects
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition
from aumenta.territory.models import Territory

ON_A_PAGE = 40
MOST_BYTES: Final = 20_000_000
WHY: Final = {
    "missing": gettext_lazy("nothing is written there"),
    "too_long": gettext_lazy("it is too long"),
    "cup": gettext_lazy("a CUP has 15 characters, such as D11B21007090001"),
    "state": gettext_lazy("there is no such state"),
    "amount": gettext_lazy("it is no amount"),
    "doubtful": gettext_lazy("it could be a thousand or a thousandth: write it without the sign"),
    "day": gettext_lazy("it is no day: write 2023-02-21"),
    "future": gettext_lazy("this day is still to come"),
    "count": gettext_lazy("it is no number"),
    "place": gettext_lazy("it is no code of a municipality"),
    "twice": gettext_lazy("it stands in the file twice"),
}


class ProjectsFileForm(forms.Form):
    """A file of projects."""

    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("The official PNRR table, or our template (CSV, XLSX, ODS).")
    )
    retrieved_on = day_field(gettext_lazy("Fetched on"))


class TieForm(forms.Form):
    """Another action that a project carries out."""

    actions = ActionsField(
        label=gettext_lazy("Actions it carries out"),
        help_text=gettext_lazy("One a line, years and code: 2021-2023 2.2.1."),
        max_length=400,
    )


@desk_page(may_keep_projects)
def show_all(request: DeskRequest) -> HttpResponse:
    """Projects with how many are tied to actions; send a file of them, let actions be proposed for them."""
    form = ProjectsFileForm(request.POST or None, request.FILES or None, initial={"retrieved_on": timezone.localdate()})
    edition = Edition.objects.filter(label=request.GET.get("edizione", "")).first() or Edition.objects.current()
    if request.method == "POST":
        answer = _sent(request, form, edition)
        if answer is not None:
            return answer
    rows = Project.objects.order_by("-planned", "key")
    asked = request.GET.get("q", "").strip()[:80]
    if asked:
        rows = rows.filter(
            Q(title__icontains=asked) | Q(cup__iexact=asked) | Q(key__iexact=asked) | Q(head__icontains=asked)
        )
    context = {
        "form": form,
        "asked": asked,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("pagina")),
        "waiting": SourceFile.objects.filter(format=FORMAT, taken_at=None).defer("content"),
        "edition": edition,
        "editions": Edition.objects.all(),
        "matching": matching(edition) if edition else None,
    }
    return render(request, "desk/monitoring/projects.html", context, status=409 if request.method == "POST" else 200)


def _sent(request: DeskRequest, form: ProjectsFileForm, edition: Edition | None) -> HttpResponse | None:
    """Do what was sent; None where it could not be done."""
    territory = Territory.objects.home()
    try:
        if request.POST.get("verb") == "propose":
            if edition is None or territory is None:
                raise RefusedError("unknown_verb")
            made = propose_ties(person=request.user, edition=edition, territory=territory)
            messages.success(request, _("Proposals made: %(n)s. None counts before you confirm it.") % {"n": made})
            return redirect("desk:projects")
        if not form.is_valid():
            return None
        file = form.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise RefusedError("file_too_large", most=MOST_BYTES // 1_000_000)
        kept = send_projects(
            person=request.user,
            name=file.name or _("file"),
            data=file.read(),
            retrieved_on=form.cleaned_data["retrieved_on"],
        )
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return None
    return redirect("desk:projects_file", kept.pk)


@desk_page(may_keep_projects)
def file(request: DeskRequest, number: int) -> HttpResponse:
    """What a file of projects would do, and which rows are refused and why; take it in, or put it aside."""
    kept = get_object_or_404(SourceFile, pk=number, format=FORMAT)
    if request.method == "POST":
        try:
            return _settle(request, kept)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
    context: dict[str, Any] = {"file": kept, "words": _words()}
    if not kept.taken_at:
        preview = look_at_projects(file=kept)
        context |= in_figures(preview) | {
            "refused": [_why(one) for one in preview.refused[:SHOWN]],
            "changed": [(one, ", ".join(map(_name_of, names))) for one, _read, names in preview.changed[:SHOWN]],
            "new": preview.new[:SHOWN],
        }
    return render(
        request, "desk/monitoring/projects_file.html", context, status=409 if request.method == "POST" else 200
    )


def _words() -> dict[str, str]:
    return {
        "all": _("Projects"),
        "all_url": reverse("desk:projects"),
        "new": _("New projects"),
        "changed": _("Changed projects"),
        "take": _("Take the projects in"),
        "nothing": _("There is nothing to take in: every project is known already, or was refused."),
    }


def _why(refused: Refused) -> str:
    told = {"row": refused.row, "column": refused.column, "shown": refused.shown}
    where = _("Row %(row)s, column “%(column)s”, “%(shown)s”:") % told
    return f"{where} {WHY[refused.code]}"


def _name_of(fact: str) -> str:
    return str(getattr(Project._meta.get_field(fact), "verbose_name", fact))


def _settle(request: DeskRequest, kept: SourceFile) -> HttpResponse:
    verb = request.POST.get("verb")
    if verb == "aside":
        put_projects_aside(person=request.user, file=kept)
        messages.success(request, _("File put aside: nothing was taken from it."))
        return redirect("desk:projects")
    if verb != "take":
        raise RefusedError("unknown_verb")
    done = take_projects(person=request.user, file=kept, looked_at=seen_figures(request))
    counts = {"new": len(done.new), "changed": len(done.changed), "refused": done.n_refused}
    messages.success(request, _("Taken in: %(new)s new, %(changed)s changed; left out: %(refused)s.") % counts)
    return redirect("desk:projects")


@desk_page(may_keep_projects)
def template(request: DeskRequest, kind: str) -> HttpResponse:
    """The empty template of projects."""
    if kind not in FORMATS:
        raise Http404(_("This can be had as .csv, .xlsx and .ods."))
    content = write_table([SheetToWrite(_("Projects"), list(TEMPLATE), [], frozen=1)], FORMATS[kind])
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="progetti-modello.{kind}"'
    return response


@desk_page(may_keep_projects)
def project(request: DeskRequest, number: int) -> HttpResponse:
    """A project with what its source declares, the actions proposed for it and why, those confirmed."""
    kept = get_object_or_404(Project.objects.select_related("file"), pk=number)
    form = TieForm(request.POST if request.POST.get("verb") == "tie" else None)
    if request.method == "POST" and _decided(request, kept, form):
        return redirect("desk:project", number)
    ties = ProjectTie.objects.filter(project=kept).select_related("action__strategy__axis__edition", "decided_by")
    context = {"project": kept, "ties": ties, "form": form, "municipalities": kept.municipalities.order_by("name")}
    return render(request, "desk/monitoring/project.html", context, status=409 if request.method == "POST" else 200)


def _decided(request: DeskRequest, kept: Project, form: TieForm) -> bool:
    verb = request.POST.get("verb", "")
    if verb == "tie":
        if not form.is_valid() or not form.cleaned_data["actions"]:
            return False
        for action in form.cleaned_data["actions"]:
            decide_tie(person=request.user, project=kept, action=action, confirmed=True)
    else:
        found = re.fullmatch(r"(confirm|decline)-([0-9]{1,9})", verb)
        if not found:
            tell_refusal(request, RefusedError("unknown_verb"))
            return False
        action = get_object_or_404(Action, pk=int(found[2]), project_ties__project=kept)
        decide_tie(person=request.user, project=kept, action=action, confirmed=found[1] == "confirm")
    messages.success(request, _("Noted: readers see it from now on."))
    return True
