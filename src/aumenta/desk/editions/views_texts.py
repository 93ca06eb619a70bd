"""The texts of an edition outside its sheets, and the titles that wait to be confirmed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_for_good
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, AlignmentProposal, Chapter, Edition
from aumenta.review.editions.chapters import chapter_mark, drop_chapter, write_chapter
from aumenta.review.editions.confirm_titles import confirm_titles
from aumenta.review.editions.decide_alignments import decide_alignments
from aumenta.review.rules import may_confirm_proposed, may_manage_editions, may_see_editions

PROPOSALS_ON_A_PAGE = 60


class ChapterForm(forms.Form):
    """One text of an edition and its place among the others."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Chapter.Kind.choices)
    position = forms.IntegerField(label=gettext_lazy("Place in the order"), min_value=1, max_value=999)
    title_it = forms.CharField(label=gettext_lazy("Title in Italian"), max_length=300)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=300, required=False)
    text_it = forms.CharField(label=gettext_lazy("Text in Italian"), required=False, widget=forms.Textarea)
    text_en = forms.CharField(label=gettext_lazy("Text in English"), required=False, widget=forms.Textarea)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text_it", "text_en"):
            attributes = {"rows": 16, "data-rich": True, "lang": name[-2:], "class": "form-control"}
            self.fields[name].widget.attrs.update(attributes)


@desk_page(may_see_editions)
def chapters(request: DeskRequest, label: str) -> HttpResponse:
    """The texts of an edition in their order; who may writes a new one."""
    edition = get_object_or_404(Edition, label=label)
    held = list(edition.chapters.defer("text_it", "text_en"))
    may_write = may_manage_editions(request.user)
    context = {"edition": edition, "chapters": held, "may_write": may_write}
    return render(request, "desk/editions/chapters.html", context)


@desk_page(may_manage_editions)
def new_chapter(request: DeskRequest, label: str) -> HttpResponse:
    """Write a new text of an edition."""
    edition = get_object_or_404(Edition, label=label)
    return _chapter_page(request, edition, None, {"position": edition.chapters.count() + 1})


@desk_page(may_manage_editions)
def chapter(request: DeskRequest, label: str, number: int) -> HttpResponse:
    """Change a text of an edition, move it, or take it out."""
    edition = get_object_or_404(Edition, label=label)
    held = get_object_or_404(edition.chapters, position=number)
    if request.method == "POST" and request.POST.get("verb") == "drop":
        question = asked_for_good(
            request,
            title=_("Take “%(title)s” out of the edition?") % {"title": held.title_it},
            says=[_("Its text in both languages is gone from the site, the print and the files.")],
            submit=_("Take the text out"),
            cancel=reverse("desk:chapter", args=[label, number]),
        )
        if question:
            return question
        try:
            drop_chapter(person=request.user, chapter=held)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("“%(title)s” is taken out.") % {"title": held.title_it})
        return redirect("desk:chapters", label)
    names = ("kind", "position", "title_it", "title_en", "text_it", "text_en")
    start = {name: getattr(held, name) for name in names}
    return _chapter_page(request, edition, held, {**start, "seen": chapter_mark(held)})


def _chapter_page(request: DeskRequest, edition: Edition, held: Chapter | None, start: dict[str, Any]) -> HttpResponse:
    form = ChapterForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = write_chapter(person=request.user, edition=edition, chapter=held, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("“%(title)s” is saved.") % {"title": made.title_it})
            return redirect("desk:chapters", edition.label)
    context = {"edition": edition, "chapter": held, "form": form}
    return render(request, "desk/editions/chapter.html", context, status=409 if request.method == "POST" else 200)


@desk_page(may_confirm_proposed)
def proposed_titles(request: DeskRequest, label: str) -> HttpResponse:
    """Titles made from the text of the document: confirm those that are right; mend the others in their sheets."""
    edition = get_object_or_404(Edition, label=label)
    waiting = Action.objects.of(edition).filter(title_proposed=True).select_related("strategy__axis__edition")
    if request.method == "POST":
        chosen = [
            (code, title) for code in request.POST.getlist("code") if (title := request.POST.get(f"title-{code}", ""))
        ]
        try:
            count = confirm_titles(person=request.user, edition=edition, titles=chosen)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            text = ngettext("%(n)d title is confirmed.", "%(n)d titles are confirmed.", count) % {"n": count}
            messages.success(request, text)
            if count < len(chosen):
                messages.info(request, _("The others were changed meanwhile: look at them again."))
        return redirect("desk:proposed_titles", label)
    context = {"edition": edition, "actions": list(waiting)}
    return render(request, "desk/editions/proposed_titles.html", context)


@desk_page(may_confirm_proposed)
def proposed_goals(request: DeskRequest, label: str) -> HttpResponse:
    """Goals of sustainable development that the words of the sheets point to: confirm or decline each."""
    edition = get_object_or_404(Edition, label=label)
    if request.method == "POST":
        answers = {key: value for name, value in request.POST.items() if (key := _key_of(name)) is not None}
        try:
            yes, no = decide_alignments(
                person=request.user,
                edition=edition,
                confirmed=[key for key, value in answers.items() if value == "yes"],
                declined=[key for key, value in answers.items() if value == "no"],
            )
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Confirmed: %(yes)d; declined: %(no)d.") % {"yes": yes, "no": no})
        return redirect(f"{request.path}?pagina={whole_number(request.GET.get('pagina', '')) or 1}")
    waiting = (
        AlignmentProposal.objects.filter(
            action__strategy__axis__edition=edition, state=AlignmentProposal.State.PROPOSED
        )
        .select_related("item", "action__strategy__axis__edition")
        .order_by("action__strategy__axis__number", "action__strategy__number", "action__number", "item__position")
    )
    page = Paginator(waiting, PROPOSALS_ON_A_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "desk/editions/proposed_goals.html", {"edition": edition, "page": page})


def _key_of(name: str) -> int | None:
    """The proposal that a field is about."""
    return whole_number(name.removeprefix("goal-")) if name.startswith("goal-") else None
