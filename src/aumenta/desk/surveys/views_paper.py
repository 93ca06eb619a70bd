"""Replies from paper at the desk: entering them one after the other, mending one, taking one back."""

import re
import secrets
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.core.survey.answers import as_given, read_answers
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_for_good
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.surveys.mend_paper_replies import correct_reply, take_reply_back
from aumenta.surveys.models import Questionnaire, Reply
from aumenta.surveys.rules import may_keep_questionnaires
from aumenta.surveys.shown import given_in, shown_questions
from aumenta.surveys.take_reply import enter_reply

ON_A_PAGE: Final = 50


@desk_page(may_keep_questionnaires)
def enter(request: DeskRequest, number: int) -> HttpResponse:
    """A reply that came on paper; below it those that were entered, to be mended."""
    questionnaire = get_object_or_404(Questionnaire, pk=number)
    version = questionnaire.in_use
    given = given_in(request.POST)
    faults: dict[str, str] = {}
    context: dict[str, Any] = {"questionnaire": questionnaire, "page": _entered(request, questionnaire)}
    if version is None or questionnaire.closed_at:
        if request.method == "POST":
            # Closed while it was filled in: who types is told, and finds the paper still in her hands.
            tell_refusal(request, RefusedError("questionnaire_not_open"))
        return render(request, "desk/surveys/paper.html", context, status=400 if request.method == "POST" else 200)
    if request.method == "POST":
        answers, faults = read_answers(version.questions, given)
        if not faults:
            try:
                enter_reply(person=request.user, version=version, answers=answers, form_key=_form_key(request))
            except RefusedError as refusal:
                context["problem"] = refusal_sentence(refusal)
            else:
                messages.success(request, _("The reply is kept. Here is the form for the next one."))
                return redirect("desk:questionnaire_paper", number)
    context |= {
        "questions": shown_questions(version.questions, given, faults),
        "faults": faults,
        "form_key": _form_key(request),
    }
    return render(request, "desk/surveys/paper.html", context, status=400 if request.method == "POST" else 200)


def _entered(request: DeskRequest, questionnaire: Questionnaire) -> Any:
    rows = Reply.objects.filter(version__questionnaire=questionnaire, way=Reply.Way.PAPER)
    return Paginator(rows.select_related("entered_by", "version").order_by("-pk"), ON_A_PAGE).get_page(
        request.GET.get("pagina")
    )


def _form_key(request: DeskRequest) -> str:
    """Which showing of the form it is: each is kept once."""
    sent = request.POST.get("form_key", "")
    return sent if re.fullmatch(r"[0-9a-f]{32}", sent) else secrets.token_hex(16)


@desk_page(may_keep_questionnaires)
def mend(request: DeskRequest, number: int, reply: int) -> HttpResponse:
    """One reply from paper: what was typed, to be put right or taken back. What came by a link is nobody's to see."""
    rows = Reply.objects.select_related("version__questionnaire", "entered_by").filter(way=Reply.Way.PAPER)
    found = get_object_or_404(rows, pk=reply, version__questionnaire=number)
    context: dict[str, Any] = {"questionnaire": found.version.questionnaire, "reply": found}
    given, faults = as_given(found.version.questions, found.answers), dict[str, str]()
    if request.POST.get("verb") == "take_back":
        return _take_back(request, found)
    if request.method == "POST":
        given = given_in(request.POST)
        answers, faults = read_answers(found.version.questions, given)
        if not faults:
            try:
                correct_reply(person=request.user, reply=found, answers=answers)
            except RefusedError as refusal:
                context["problem"] = refusal_sentence(refusal)
            else:
                messages.success(request, _("Saved."))
                return redirect("desk:questionnaire_paper", number)
    context |= {"questions": shown_questions(found.version.questions, given, faults), "faults": faults}
    return render(request, "desk/surveys/paper_reply.html", context, status=400 if request.method == "POST" else 200)


def _take_back(request: DeskRequest, found: Reply) -> HttpResponse:
    questionnaire = found.version.questionnaire
    back = reverse("desk:questionnaire_paper", args=[questionnaire.pk])
    question = asked_for_good(
        request,
        title=_("Take back this reply from paper?"),
        says=[_("It is gone from the results and from the table of replies; the paper can be entered anew.")],
        submit=_("Take this reply back"),
        cancel=reverse("desk:questionnaire_paper_reply", args=[questionnaire.pk, found.pk]),
    )
    if question:
        return question
    try:
        take_reply_back(person=request.user, reply=found)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, _("The reply is taken back."))
    return redirect(back)
