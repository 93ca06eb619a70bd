"""What the office does with an edition as a whole: renamed, removed, its dated versions put right."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_for_good
from aumenta.desk.editions.asking import ask_to_remove
from aumenta.desk.editions.forms import FreezeForm, RenameForm
from aumenta.desk.editions.views import form_verb
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Edition
from aumenta.review.editions.correct_release import correct_release, removable, remove_release
from aumenta.review.editions.rename import remove_edition, rename_edition
from aumenta.review.models import Release
from aumenta.review.rules import may_manage_editions


@require_POST
@desk_page(may_manage_editions)
def rename(request: DeskRequest, label: str) -> HttpResponse:
    """Other titles or years; goes to the edition at its new address."""
    made: list[Edition] = []

    def act(edition: Edition, data: dict[str, Any]) -> str:
        made.append(rename_edition(person=request.user, edition=edition, **data))
        return _("The edition is called %(label)s “%(title)s” now.") % {
            "label": made[0].label,
            "title": made[0].title_it,
        }

    answer = form_verb(request, label, "rename", RenameForm, act)
    return redirect("desk:edition", made[0].label) if made else answer


@require_POST
@desk_page(may_manage_editions)
def remove(request: DeskRequest, label: str) -> HttpResponse:
    """Take away an edition in which nobody wrote."""
    edition = get_object_or_404(Edition, label=label)
    if question := ask_to_remove(request, edition):
        return question
    try:
        remove_edition(person=request.user, edition=edition)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return redirect("desk:edition", label)
    messages.success(request, _("The edition %(label)s is removed.") % {"label": label})
    return redirect("desk:editions")


@desk_page(may_manage_editions)
def release(request: DeskRequest, label: str, number: int) -> HttpResponse:
    """A dated version: its title, date and act put right, or taken away where it was sealed by mistake."""
    found = get_object_or_404(Release.objects.select_related("edition"), edition__label=label, number=number)
    if request.POST.get("verb") == "remove":
        return _remove_release(request, found)
    form = FreezeForm(request.POST or None, initial=vars(found))
    if request.method == "POST" and form.is_valid():
        try:
            correct_release(person=request.user, release=found, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("The dated version is put right; its seal is the same."))
            return redirect("desk:edition", label)
    context = {"release": found, "edition": found.edition, "form": form, "removable": removable(found)}
    return render(request, "desk/editions/release.html", context, status=409 if form.errors else 200)


def _remove_release(request: DeskRequest, found: Release) -> HttpResponse:
    label = found.edition.label
    if removable(found):
        question = asked_for_good(
            request,
            title=_("Take away the dated version “%(title)s”?") % {"title": found.title_it},
            says=[
                _("Its seal and its date are gone; the edition is open again, and proposals can be approved."),
                _("Sheets and their versions stay as they are."),
            ],
            submit=_("Take the dated version away"),
            cancel=reverse("desk:release", args=[label, found.number]),
        )
        if question:
            return question
    try:
        remove_release(person=request.user, release=found)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return redirect("desk:release", label, found.number)
    messages.success(request, _("The dated version is taken away; the edition is open again."))
    return redirect("desk:edition", label)
