"""One issue at the desk: its words and state, its passages, joining and splitting it."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.issues.forms import IssueForm, grouped
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.themes.issues.code_passages import take_from_issue
from aumenta.themes.issues.codebook import change_issue, drop_issue, merge_issue, split_issue
from aumenta.themes.models import Coding, Issue
from aumenta.voices.models import SecondReading
from aumenta.voices.rules import may_keep_contributions

PER_PAGE: Final = 50


@desk_page(may_keep_contributions)
def show(request: DeskRequest, number: int) -> HttpResponse:
    """One issue or heading: change, join, split it or take it out of use; the passages given to it."""
    issue = get_object_or_404(Issue.objects.select_related("edition", "parent"), pk=number)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    if verb == "change":
        return _change(request, issue)
    if request.method == "POST":
        try:
            if verb not in STEPS:
                raise RefusedError("unknown_verb")
            issue = STEPS[verb](request, issue)
            messages.success(request, _("Done. The history takes it back."))
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        return redirect("desk:issue", issue.pk)
    return _shown(request, issue, _form(request, issue))


def _form(request: DeskRequest, issue: Issue) -> IssueForm:
    last = issue.steps.order_by("-pk").values_list("pk", flat=True).first() or 0
    data = request.POST if request.method == "POST" else None
    return IssueForm(data, instance=issue, edition=issue.edition, heading=issue.parent_id is None, last=last)


def _shown(request: DeskRequest, issue: Issue, form: IssueForm, status: int = 200) -> HttpResponse:
    # Who reads a second time must not see here what others marked, nor they what she does.
    reads = SecondReading.objects.filter(reader=request.user, finished_at=None)
    codings = (
        issue.codings.filter(passage__blind=False)
        .exclude(passage__statement__talk__in=reads.exclude(talk=None).values("talk"))
        .exclude(passage__contribution__in=reads.exclude(contribution=None).values("contribution"))
        .select_related("passage__statement__talk", "passage__contribution")
    )
    others = Issue.objects.in_use().filter(edition=issue.edition).issues().exclude(pk=issue.pk)
    context: dict[str, Any] = {
        "issue": issue,
        "form": form,
        "page": Paginator(codings, PER_PAGE).get_page(request.GET.get("pagina")),
        "others": grouped(others.select_related("parent").order_by("position")) if issue.parent_id else [],
    }
    return render(request, "desk/issues/issue.html", context, status=status)


def _change(request: DeskRequest, issue: Issue) -> HttpResponse:
    form = _form(request, issue)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            change_issue(
                person=request.user,
                issue=issue,
                words=form.words(),
                parent=facts.get("parent"),
                actions=facts.get("actions"),
                seen=facts["seen"],
            )
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:issue", issue.pk)
    return _shown(request, issue, form, status=400)


def _merge(request: DeskRequest, issue: Issue) -> Issue:
    key = whole_number(request.POST.get("into", ""))
    into = Issue.objects.filter(pk=key or 0, edition=issue.edition).first()
    if into is None:
        raise RefusedError("issues_dont_join")
    return merge_issue(person=request.user, issue=issue, into=into)


def _split(request: DeskRequest, issue: Issue) -> Issue:
    words = {"title_it": request.POST.get("title_it", ""), "title_en": request.POST.get("title_en", "")}
    return split_issue(person=request.user, issue=issue, codings=_chosen(request), words=words)


def _take_out(request: DeskRequest, issue: Issue) -> Issue:
    chosen = Coding.objects.filter(issue=issue, pk__in=_chosen(request), passage__blind=False)
    if not chosen:
        raise RefusedError("no_passage_to_split")
    for coding in chosen.select_related("passage"):
        take_from_issue(person=request.user, coding=coding)
    return issue


def _drop(request: DeskRequest, issue: Issue) -> Issue:
    return drop_issue(person=request.user, issue=issue)


def _chosen(request: DeskRequest) -> list[int]:
    return [key for one in request.POST.getlist("chosen") if (key := whole_number(one)) is not None][:PER_PAGE]


STEPS: Final[dict[str, Callable[[DeskRequest, Issue], Issue]]] = {
    "merge": _merge,
    "split": _split,
    "take_out": _take_out,
    "drop": _drop,
}
