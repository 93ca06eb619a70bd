"""Questionnaires on the site: which there are, replying, what they brought."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aumenta.core.survey.answers import LONGEST_OPEN, read_answers
from aumenta.core.survey.questions import Kind
from aumenta.people.reader import reader_language
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.site.files.writing import check_format, file_of, licence_of
from aumenta.site.surveys.forms import ReplyForm
from aumenta.site.too_often import Flood, refused_as_flood
from aumenta.surveys.models import Invitation, Questionnaire, QuestionnaireVersion
from aumenta.surveys.queries import rate_of, results_of
from aumenta.surveys.shown import given_in, shown_questions, shown_results
from aumenta.surveys.take_reply import invitation_behind, take_reply
from aumenta.ui.caching import public_page
from aumenta.ui.files import data_file
from aumenta.ui.not_found import NotHereError

REPLIES: Final = Flood("reply", 120, 1_500)
"""A whole school may reply from one address."""


@never_cache
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """The questionnaires: those one can reply to today, and what the others brought."""
    every = list(Questionnaire.objects.public())
    context = {
        "open": [one for one in every if one.standing == "open" and not one.invited_only],
        "others": [one for one in every if one.standing != "open" or one.invited_only],
    }
    return render(request, "site/surveys/questionnaires.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One questionnaire, to be replied to without an account."""
    questionnaire = get_object_or_404(Questionnaire.objects.public(), slug=slug)
    return _reply(request, questionnaire, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire of an invitation, which takes one reply; nothing leads from the one to the other."""
    invitation = invitation_behind(token)
    if invitation is None:
        raise NotHereError(_("This invitation is not valid: open the link as it was sent to you."))
    questionnaire = get_object_or_404(Questionnaire.objects.public(), pk=invitation.questionnaire_id)
    return _reply(request, questionnaire, invitation)


def _reply(request: HttpRequest, questionnaire: Questionnaire, invitation: Invitation | None) -> HttpResponse:
    version = questionnaire.in_use
    context: dict[str, Any] = {"questionnaire": questionnaire, "used": bool(invitation and invitation.used)}
    wanted = questionnaire.standing == Questionnaire.Standing.OPEN and version is not None
    if not wanted or context["used"] or (questionnaire.invited_only and invitation is None):
        return _not_asked(request, context, version)
    assert version is not None
    form = ReplyForm(request.POST or None)
    given = given_in(request.POST)
    faults: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        status = 400
        answers, faults = read_answers(version.questions, given)
        if form.is_valid() and not faults:
            too_many = _("Too many replies came from your network. Try again in ten minutes.")
            if flood := refused_as_flood(request, REPLIES, too_many):
                form.add_error(None, flood)
                status = 429
            else:
                try:
                    take_reply(
                        version=version,
                        answers=answers,
                        language=reader_language(),
                        form_key=form.form_key,
                        invitation=invitation,
                    )
                except RefusedError as refusal:
                    form.add_error(None, refusal_sentence(refusal))
                else:
                    return redirect("site:questionnaire_thanks", questionnaire.slug)
        elif faults:
            form.add_error(None, _("Some answers are missing or can't be read: they are marked below."))
    context |= {
        "form": form,
        "version": version,
        "questions": shown_questions(version.questions, given, faults),
    }
    return render(request, "site/surveys/questionnaire.html", context, status=status)


def _not_asked(request: HttpRequest, context: dict[str, Any], version: QuestionnaireVersion | None) -> HttpResponse:
    """The page without its questions. Who wrote while it was closed, or somebody used her link, is told that nothing
    was kept."""
    if request.method != "POST":
        return render(request, "site/surveys/questionnaire.html", context)
    context |= {"refused": True, "written": _written(version, given_in(request.POST))}
    return render(request, "site/surveys/questionnaire.html", context, status=409)


def _written(version: QuestionnaireVersion | None, given: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """What was written freely, so that nobody's own words are lost with a reply that came too late."""
    questions = shown_questions(version.questions, given, {}) if version else []
    return [(one.text, one.value[:LONGEST_OPEN]) for one in questions if one.kind == Kind.OPEN and one.value.strip()]


@never_cache
@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """The reply has come; what happens with it."""
    questionnaire = get_object_or_404(Questionnaire.objects.public(), slug=slug)
    return render(request, "site/surveys/thanks.html", {"questionnaire": questionnaire})


def _published(slug: str) -> Questionnaire:
    return get_object_or_404(Questionnaire.objects.public().exclude(results_published_at=None), slug=slug)


@public_page
def shown_result(request: HttpRequest, slug: str) -> HttpResponse:
    """What a questionnaire brought: who replied, each question with intervals, small counts left out."""
    questionnaire = _published(slug)
    context = {
        "questionnaire": questionnaire,
        "rate": rate_of(questionnaire),
        "results": shown_results(results_of(questionnaire)),
    }
    return render(request, "site/surveys/results.html", context)


@data_file
def results_file(request: HttpRequest, slug: str, file_format: str) -> HttpResponse:
    """The same as a file: a row for each answer to choose from."""
    check_format(file_format)
    questionnaire = _published(slug)
    origin = {"source": questionnaire.title_it, **licence_of(questionnaire.edition)}
    if questionnaire.invented:
        origin["invented"] = "1"
    rows = list(_rows(questionnaire))
    return file_of(request, rows, origin, name=f"{slug}-risultati", what="answers", file_format=file_format)


def _rows(questionnaire: Questionnaire) -> Iterator[dict[str, Any]]:
    for one in shown_results(results_of(questionnaire)):
        question = one.result.question
        same = {"question": question.code, "text": one.text, "kind": one.kind, "answered": one.result.answered}
        for row, lines in one.groups or [("", [])]:
            if not lines:
                yield {**same, "row": row, "value": "", "label": "", "replies": None, "percent": None}
            for line in lines:
                percent = None if line.percent is None else round(line.percent, 2)
                told = {"value": line.line.value, "label": line.text, "replies": line.line.count, "percent": percent}
                yield {**same, "row": row, **told}
