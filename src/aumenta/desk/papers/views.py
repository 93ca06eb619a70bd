"""Position papers at the desk: which there are, one with its parts, comments and versions."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_first, asked_for_good
from aumenta.desk.papers.forms import PaperForm
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.themes.models import Paper, PaperComment, PaperPart
from aumenta.themes.papers.outline import propose_outline
from aumenta.themes.papers.read import read_content
from aumenta.themes.papers.versions import content_of, freeze_paper, parts_of, publish_version, withdraw_version
from aumenta.themes.papers.write_paper import begin_paper, drop_paper, drop_part, move_part, settle_comment
from aumenta.voices.rules import may_keep_contributions, may_publish_consultations


@desk_page(may_keep_contributions)
def show_all(request: DeskRequest) -> HttpResponse:
    """The papers, and a form for another."""
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_paper(person=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Begun. Let an outline be proposed, or write its first part."))
            return redirect("desk:paper", made.pk)
    papers = Paper.objects.select_related("edition").prefetch_related("versions")
    status = 400 if request.method == "POST" else 200
    return render(request, "desk/papers/papers.html", {"papers": papers, "form": form}, status=status)


@desk_page(may_keep_contributions)
def show(request: DeskRequest, number: int) -> HttpResponse:
    """One paper: its parts in their order with what they rest on, comments, versions."""
    paper = get_object_or_404(Paper.objects.select_related("edition"), pk=number)
    if request.method == "POST":
        verb = request.POST.get("verb", "")
        if question := _question(request, paper, verb):
            return question
        try:
            if verb not in STEPS:
                raise RefusedError("unknown_verb")
            STEPS[verb](request, paper)
            messages.success(request, _("Done."))
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            if verb == "drop":
                return redirect("desk:papers")
        return redirect("desk:paper", number)
    parts = list(parts_of(paper))
    comments = PaperComment.objects.filter(part__paper=paper, settled_at=None).select_related("by", "part")
    context = {
        "paper": paper,
        "sections": read_content(content_of(paper, parts), office=True),
        "parts": len(parts),
        "comments": comments,
        "versions": paper.versions.select_related("frozen_by").order_by("-number"),
        "may_publish": may_publish_consultations(request.user),
    }
    return render(request, "desk/papers/paper.html", context)


def _question(request: DeskRequest, paper: Paper, verb: str) -> HttpResponse | None:
    back = reverse("desk:paper", args=[paper.pk])
    if verb == "drop":
        says = [_("It goes with its parts (%(n)s), and what was said about them.") % {"n": paper.parts.count()}]
        title = _("Delete “%(name)s”?") % {"name": paper}
        return asked_for_good(request, title=title, says=says, submit=_("Delete it"), cancel=back)
    if verb == "drop_part":
        title = _("Take this part out?")
        says = [_("Its words, sources and comments go; versions keep what they have.")]
        return asked_for_good(request, title=title, says=says, submit=_("Take it out"), cancel=back)
    if verb == "publish":
        return asked_first(
            request,
            title=_("Publish this version?"),
            question=_("Everybody reads it from now on."),
            says=[_("Passages are quoted only as far as who said them lets them be quoted.")],
            submit=_("Publish it"),
            cancel=back,
            danger=False,
        )
    return None


def _part(request: DeskRequest, paper: Paper) -> PaperPart:
    key = whole_number(request.POST.get("part", "")) or 0
    return get_object_or_404(PaperPart.objects.select_related("paper__edition"), paper=paper, pk=key)


def _version(request: DeskRequest, paper: Paper) -> Any:
    return get_object_or_404(paper.versions.all(), number=whole_number(request.POST.get("version", "")) or 0)


def _settle(request: DeskRequest, paper: Paper) -> None:
    key = whole_number(request.POST.get("comment", "")) or 0
    said = get_object_or_404(PaperComment, part__paper=paper, pk=key)
    settle_comment(person=request.user, said=said)


STEPS: Final[dict[str, Callable[[DeskRequest, Paper], object]]] = {
    "outline": lambda request, paper: propose_outline(person=request.user, paper=paper),
    "up": lambda request, paper: move_part(person=request.user, part=_part(request, paper), up=True),
    "down": lambda request, paper: move_part(person=request.user, part=_part(request, paper), up=False),
    "drop_part": lambda request, paper: drop_part(person=request.user, part=_part(request, paper)),
    "settle": _settle,
    "freeze": lambda request, paper: freeze_paper(person=request.user, paper=paper),
    "publish": lambda request, paper: publish_version(person=request.user, version=_version(request, paper)),
    "withdraw": lambda request, paper: withdraw_version(person=request.user, version=_version(request, paper)),
    "drop": lambda request, paper: drop_paper(person=request.user, paper=paper),
}
