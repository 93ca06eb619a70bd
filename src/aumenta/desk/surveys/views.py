"""Questionnaires at the desk: which there are, preparing one, opening and closing it, what it brought."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_first, asked_for_good
from aumenta.desk.surveys.forms import InvitationsForm, QuestionnaireForm
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.surveys.models import Questionnaire
from aumenta.surveys.queries import rate_of, results_of
from aumenta.surveys.rules import may_keep_questionnaires, may_publish_questionnaires
from aumenta.surveys.shown import shown_results
from aumenta.surveys.take_reply import make_invitations
from aumenta.surveys.write_questionnaire import (
    change_questionnaire,
    close_questionnaire,
    drop_questionnaire,
    hide_results,
    open_questionnaire,
    prepare_questionnaire,
    publish_results,
)


@desk_page(may_keep_questionnaires)
def show_all(request: DeskRequest) -> HttpResponse:
    """The questionnaires, with how many replies came."""
    rows = Questionnaire.objects.select_related("edition").annotate(came=Count("versions__replies"))
    return render(request, "desk/surveys/questionnaires.html", {"questionnaires": rows})


@desk_page(may_keep_questionnaires)
def new(request: DeskRequest) -> HttpResponse:
    """Prepare a questionnaire; nobody sees it before it is opened."""
    form = QuestionnaireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = prepare_questionnaire(person=request.user, facts=form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Prepared. Write its questions; nobody sees it before it is opened."))
            return redirect("desk:questionnaire_questions", made.pk)
    status = 400 if form.is_bound else 200
    return render(request, "desk/surveys/questionnaire_new.html", {"form": form}, status=status)


@desk_page(may_keep_questionnaires)
def show(request: DeskRequest, number: int) -> HttpResponse:
    """One questionnaire: its facts, opening and closing it, invitations, what it brought so far."""
    questionnaire = get_object_or_404(Questionnaire.objects.select_related("edition"), pk=number)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    if verb == "change":
        return _change(request, questionnaire)
    if verb == "invite":
        return _invite(request, questionnaire)
    if request.method == "POST":
        if question := _question(request, questionnaire, verb):
            return question
        return _step(request, questionnaire, verb)
    return _shown(request, questionnaire)


def _step(request: DeskRequest, questionnaire: Questionnaire, verb: str) -> HttpResponse:
    """Do what the button says; what is deleted has no page any more."""
    try:
        if verb not in STEPS:
            raise RefusedError("unknown_verb")
        STEPS[verb](person=request.user, questionnaire=questionnaire)
        messages.success(request, _("Done."))
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    else:
        if verb == "drop":
            return redirect("desk:questionnaires")
    return redirect("desk:questionnaire", questionnaire.pk)


def _shown(request: DeskRequest, questionnaire: Questionnaire, status: int = 200, **forms: Any) -> HttpResponse:
    # What stands on the page is what there is, and not what a form that was refused would have made of it.
    found = get_object_or_404(Questionnaire.objects.select_related("edition"), pk=questionnaire.pk)
    context = {
        "questionnaire": found,
        "form": QuestionnaireForm(instance=get_object_or_404(Questionnaire, pk=questionnaire.pk)),
        "invitations_form": InvitationsForm(),
        "written": found.written,
        "in_use": found.in_use,
        "rate": rate_of(found),
        "results": shown_results(results_of(found)) if found.opened_at else [],
        "may_publish": may_publish_questionnaires(request.user),
        **forms,
    }
    return render(request, "desk/surveys/questionnaire.html", context, status=status)


def _question(request: DeskRequest, questionnaire: Questionnaire, verb: str) -> HttpResponse | None:
    back = reverse("desk:questionnaire", args=[questionnaire.pk])
    name = {"name": questionnaire.title_it}
    if verb == "close":
        return asked_for_good(
            request,
            title=_("Close “%(name)s”?") % name,
            says=[_("It takes no reply any more, from nobody, and its questions don't change any more.")],
            submit=_("Close it"),
            cancel=back,
        )
    if verb == "drop":
        links = questionnaire.invitations.count()
        says = [_("It goes with its questions, in both languages.")]
        if links:
            says.append(_("Its invitations go too (%(n)s): links that were sent lead nowhere.") % {"n": links})
        return asked_for_good(
            request, title=_("Delete “%(name)s”?") % name, says=says, submit=_("Delete it"), cancel=back
        )
    if verb == "open":
        return asked_first(
            request,
            title=_("Open “%(name)s”?") % name,
            question=_("Its questions are asked from now on as they stand."),
            says=[_("What is asked is frozen: a change becomes a new version, and replies keep theirs.")],
            submit=_("Open it"),
            cancel=back,
            danger=False,
        )
    return None


def _change(request: DeskRequest, questionnaire: Questionnaire) -> HttpResponse:
    form = QuestionnaireForm(request.POST, instance=get_object_or_404(Questionnaire, pk=questionnaire.pk))
    if form.is_valid():
        try:
            change_questionnaire(person=request.user, questionnaire=questionnaire, facts=form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:questionnaire", questionnaire.pk)
    return _shown(request, questionnaire, status=400, form=form)


def _invite(request: DeskRequest, questionnaire: Questionnaire) -> HttpResponse:
    form = InvitationsForm(request.POST)
    if form.is_valid():
        try:
            make_invitations(person=request.user, questionnaire=questionnaire, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Made. Download their links and send them."))
            return redirect("desk:questionnaire", questionnaire.pk)
    return _shown(request, questionnaire, status=400, invitations_form=form)


STEPS: Final[dict[str, Callable[..., object]]] = {
    "open": open_questionnaire,
    "close": close_questionnaire,
    "publish": publish_results,
    "hide": hide_results,
    "drop": drop_questionnaire,
}
