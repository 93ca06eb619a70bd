"""The codebook of issues with its matrix, its history, and how far two readers agree."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from aumenta.core.tables import MEDIA_TYPES, SheetToWrite, write_table
from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.issues.forms import IssueForm
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Edition
from aumenta.themes.issues.agreement import alpha_in_words, compare_readings, judgement_rows
from aumenta.themes.issues.codebook import add_issue
from aumenta.themes.issues.matrix import count_issues
from aumenta.themes.issues.publish_matrix import publish_matrix, published_matrix, withdraw_matrix
from aumenta.themes.issues.steps import take_back
from aumenta.themes.models import Issue, IssueStep
from aumenta.voices.models import Statement
from aumenta.voices.rules import may_keep_contributions, may_publish_consultations

PER_PAGE: Final = 50
MOST_DIFFERENCES: Final = 200


def chosen_edition(request: DeskRequest) -> tuple[Edition | None, list[Edition]]:
    """The edition that is asked for, else the one with issues that is latest; and all there are."""
    editions = list(Edition.objects.order_by("-first_year"))
    asked = request.GET.get("edizione", "") or request.POST.get("edizione", "")
    found = next((one for one in editions if one.label == asked), None)
    if found is None:
        used = set(Issue.objects.order_by().values_list("edition_id", flat=True).distinct())
        found = next((one for one in editions if one.pk in used), editions[0] if editions else None)
    return found, editions


@desk_page(may_keep_contributions)
def show_all(request: DeskRequest) -> HttpResponse:
    """Headings and issues with what was counted, for who reads here; publishing the matrix."""
    edition, editions = chosen_edition(request)
    if request.method == "POST" and edition:
        return _publish(request, edition)
    counted = count_issues(edition) if edition else None
    by_heading = []
    if edition and counted:
        used = Issue.objects.in_use().filter(edition=edition).select_related("parent")
        issues = list(used.issues())
        for heading in used.headings():
            own = sorted((one for one in issues if one.parent_id == heading.pk), key=lambda one: one.position)
            by_heading.append((heading, [(one, _row(counted.table(one.pk)), counted.total(one.pk)) for one in own]))
    context = {
        "edition": edition,
        "editions": editions,
        "by_heading": by_heading,
        "counted": counted,
        "published": published_matrix(edition) if edition else None,
        "may_publish": may_publish_consultations(request.user),
    }
    return render(request, "desk/issues/issues.html", context)


def _row(table: list[list[int]]) -> list[int]:
    """Sources by zone, of all kinds."""
    return [sum(cells) for cells in table]


def _publish(request: DeskRequest, edition: Edition) -> HttpResponse:
    try:
        if request.POST.get("verb") == "withdraw":
            withdraw_matrix(person=request.user, edition=edition)
            messages.success(request, _("The counts are off the site."))
        elif request.POST.get("verb") == "publish":
            publish_matrix(person=request.user, edition=edition)
            messages.success(request, _("Published: small counts are left out."))
        else:
            raise RefusedError("unknown_verb")
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return _back(edition)


def _back(edition: Edition, name: str = "desk:issues") -> HttpResponse:
    response = redirect(name)
    response["Location"] += f"?edizione={edition.label}"
    return response


@desk_page(may_keep_contributions)
def new(request: DeskRequest) -> HttpResponse:
    """Add an issue under a heading, or a heading."""
    edition, _editions = chosen_edition(request)
    heading = request.GET.get("tipo") == "capo"
    if edition is None:
        return redirect("desk:issues")
    form = IssueForm(request.POST or None, edition=edition, heading=heading)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_issue(
                person=request.user, edition=edition, parent=form.cleaned_data.get("parent"), words=form.words()
            )
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Added: %(issue)s") % {"issue": made})
            return _back(edition)
    status = 400 if form.is_bound else 200
    context = {"form": form, "edition": edition, "heading": heading}
    return render(request, "desk/issues/issue_new.html", context, status=status)


@desk_page(may_keep_contributions)
def history(request: DeskRequest) -> HttpResponse:
    """Every step of the codebook, the newest first; each can be taken back."""
    edition, editions = chosen_edition(request)
    if request.method == "POST" and edition:
        key = whole_number(request.POST.get("step", ""))
        step = get_object_or_404(IssueStep, pk=key, edition=edition)
        try:
            take_back(person=request.user, step=step)
            messages.success(request, _("Taken back."))
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        return _back(edition, "desk:issue_steps")
    rows = IssueStep.objects.filter(edition=edition).select_related("issue__parent", "by", "undone_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "desk/issues/steps.html", {"page": page, "edition": edition, "editions": editions})


@desk_page(may_keep_contributions)
def agreement(request: DeskRequest) -> HttpResponse:
    """How far first and second readers agree, in all and under each heading, and where they don't."""
    edition, editions = chosen_edition(request)
    found = compare_readings(edition) if edition else None
    named = {one.pk: str(one) for one in Issue.objects.filter(edition=edition).select_related("parent")}
    said = [key for (kind, key), _issue, _first in found.differing if kind == "statement"] if found else []
    talks = {
        key: (talk, title)
        for key, talk, title in Statement.objects.filter(pk__in=said[:MOST_DIFFERENCES]).values_list(
            "pk", "talk_id", "talk__title"
        )
    }
    context = {
        "edition": edition,
        "editions": editions,
        "found": found,
        "alpha": alpha_in_words(found.overall) if found else "",
        "headings": [(one, alpha_in_words(own), own.units) for one, own in found.headings] if found else [],
        "differing": [
            (text[1], talks.get(text[1]) if text[0] == "statement" else None, named[issue], first)
            for text, issue, first in (found.differing if found else ())[:MOST_DIFFERENCES]
        ],
    }
    return render(request, "desk/issues/agreement.html", context)


@desk_page(may_keep_contributions)
def agreement_file(request: DeskRequest) -> HttpResponse:
    """The judgements of both readers as a table: unit, coder, value."""
    edition, _editions = chosen_edition(request)
    named = {one.pk: one.code for one in Issue.objects.filter(edition=edition).select_related("parent")}
    rows = judgement_rows(compare_readings(edition), named) if edition else []
    content = write_table([SheetToWrite("", ["unit", "coder", "value"], rows)], "csv")
    headers = {"Content-Disposition": 'attachment; filename="accordo.csv"'}
    return HttpResponse(content, content_type=MEDIA_TYPES["csv"], headers=headers)
