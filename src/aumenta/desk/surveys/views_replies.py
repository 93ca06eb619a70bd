"""Replies at the desk: from paper, as a table with its codebook; and the links of invitations."""

import re
import secrets
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.core.survey.answers import read_answers
from aumenta.core.tables import MEDIA_TYPES, SheetToWrite, write_table
from aumenta.core.tables.writing import csv_lines
from aumenta.desk.access import DeskRequest, desk_page
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.surveys.models import Questionnaire
from aumenta.surveys.queries import codebook_rows, columns_of, questions_asked, reply_rows
from aumenta.surveys.rules import may_keep_questionnaires
from aumenta.surveys.shown import given_in, shown_questions
from aumenta.surveys.take_reply import enter_reply, token_of

CODEBOOK: Final = ("column", "kind", "question", "value", "label")


@desk_page(may_keep_questionnaires)
def enter(request: DeskRequest, number: int) -> HttpResponse:
    """A reply that came on paper."""
    questionnaire = get_object_or_404(Questionnaire, pk=number)
    version = questionnaire.in_use
    if version is None or questionnaire.closed_at:
        messages.info(request, _("Replies from paper are entered from the opening until it is closed."))
        return redirect("desk:questionnaire", number)
    given = given_in(request.POST)
    faults: dict[str, str] = {}
    problem = ""
    if request.method == "POST":
        answers, faults = read_answers(version.questions, given)
        if not faults:
            try:
                enter_reply(person=request.user, version=version, answers=answers, form_key=_form_key(request))
            except RefusedError as refusal:
                problem = refusal_sentence(refusal)
            else:
                messages.success(request, _("The reply is kept. Here is the form for the next one."))
                return redirect("desk:questionnaire_paper", number)
    context = {
        "questionnaire": questionnaire,
        "questions": shown_questions(version.questions, given, faults),
        "problem": problem,
        "faults": faults,
        "form_key": _form_key(request),
    }
    return render(request, "desk/surveys/paper.html", context, status=400 if request.method == "POST" else 200)


def _form_key(request: DeskRequest) -> str:
    """Which showing of the form it is: each is kept once."""
    sent = request.POST.get("form_key", "")
    return sent if re.fullmatch(r"[0-9a-f]{32}", sent) else secrets.token_hex(16)


@desk_page(may_keep_questionnaires)
def invitations_file(request: DeskRequest, number: int) -> HttpResponse:
    """The links of the invitations that were not used yet, to be sent, or sent again as a reminder."""
    questionnaire = get_object_or_404(Questionnaire, pk=number)
    free = questionnaire.invitations.filter(used=False).select_related("zone")
    rows = [
        (
            one.number,
            str(one.zone or ""),
            one.get_organisation_kind_display() if one.organisation_kind else "",
            settings.PUBLIC_ADDRESS + reverse("site:questionnaire_invited", args=[token_of(one)]),
        )
        for one in free
    ]
    content = write_table([SheetToWrite("", ["number", "zone", "kind", "link"], rows)], "csv")
    headers = {"Content-Disposition": f'attachment; filename="{questionnaire.slug}-inviti.csv"'}
    return HttpResponse(content, content_type=MEDIA_TYPES["csv"], headers=headers)


@desk_page(may_keep_questionnaires)
def replies_file(request: DeskRequest, number: int, file_format: str) -> HttpResponse:
    """Every reply as a row, with what was written freely; as XLSX with its codebook, or the codebook alone."""
    questionnaire = get_object_or_404(Questionnaire, pk=number)
    questions = questions_asked(questionnaire)
    header = ["way", "received_on", *(name for name, _question, _part in columns_of(questions))]
    rows = reply_rows(questionnaire, questions)
    name = f"{questionnaire.slug}-risposte.{file_format.removeprefix('codici.')}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if file_format == "csv":
        content = b"".join(line.encode() for line in csv_lines(header, rows))
        return HttpResponse(content, content_type=MEDIA_TYPES["csv"], headers=headers)
    codes = SheetToWrite(_("Codebook"), CODEBOOK, codebook_rows(questions), widths=(20, 12, 60, 12, 40))
    if file_format == "xlsx":
        table = SheetToWrite(_("Replies"), header, rows, frozen=2)
        content = write_table([table, codes], "xlsx", cut=" […]")
        return HttpResponse(content, content_type=MEDIA_TYPES["xlsx"], headers=headers)
    if file_format == "codici.csv":
        headers = {"Content-Disposition": f'attachment; filename="{questionnaire.slug}-codici.csv"'}
        return HttpResponse(write_table([codes], "csv"), content_type=MEDIA_TYPES["csv"], headers=headers)
    raise Http404(_("This can be had as .csv, .xlsx and .codici.csv."))
