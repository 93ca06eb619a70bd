"""One part of a position paper at the desk: its words and sources, and what colleagues say about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.papers.forms import PartForm
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.themes.models import Paper, PaperPart
from aumenta.themes.papers.write_paper import comment, part_digest, write_part
from aumenta.voices.rules import may_keep_contributions


@desk_page(may_keep_contributions)
def new(request: DeskRequest, number: int) -> HttpResponse:
    """Write another part, at the end."""
    paper = get_object_or_404(Paper.objects.select_related("edition"), pk=number)
    form = PartForm(request.POST or None, paper=paper)
    if request.method == "POST" and form.is_valid():
        try:
            made = write_part(person=request.user, paper=paper, facts=form.facts, cited=form.cited)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:paper_part", number, made.pk)
    context = {"paper": paper, "form": form}
    return render(request, "desk/papers/part.html", context, status=400 if request.method == "POST" else 200)


@desk_page(may_keep_contributions)
def change(request: DeskRequest, number: int, position: int) -> HttpResponse:
    """A part with its sources and comments; `position` is its key."""
    paper = get_object_or_404(Paper.objects.select_related("edition"), pk=number)
    part = get_object_or_404(PaperPart.objects.select_related("paper__edition"), paper=paper, pk=position)
    if request.POST.get("verb") == "comment":
        return _comment(request, part)
    digest = part_digest(part)
    form = PartForm(request.POST or None, instance=part, paper=paper, initial={"seen": digest})
    if request.method == "POST" and form.is_valid():
        try:
            kept = get_object_or_404(PaperPart, pk=part.pk)
            seen = form.cleaned_data["seen"]
            write_part(person=request.user, paper=paper, facts=form.facts, cited=form.cited, part=kept, seen=seen)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:paper", number)
    said = part.comments.select_related("by")
    context = {"paper": paper, "part": part, "form": form, "comments": said}
    return render(request, "desk/papers/part.html", context, status=400 if request.method == "POST" else 200)


def _comment(request: DeskRequest, part: PaperPart) -> HttpResponse:
    try:
        comment(person=request.user, part=part, text=request.POST.get("text", ""))
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, _("Said to your colleagues."))
    return redirect("desk:paper_part", part.paper_id, part.pk)
