"""Replies at the desk as a table with its codebook; and the links of invitations."""

from typing import Final

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.core.tables import MEDIA_TYPES, SheetToWrite, write_table
from aumenta.core.tables.writing import csv_lines
from aumenta.desk.access import DeskRequest, desk_page
from aumenta.surveys.codebooks import ddi_codebook, spss_syntax
from aumenta.surveys.models import Questionnaire
from aumenta.surveys.queries import codebook_rows, columns_of, questions_asked, reply_rows
from aumenta.surveys.rules import may_keep_questionnaires
from aumenta.surveys.take_reply import token_of

CODEBOOKS: Final = {
    "sps": (spss_syntax, "text/plain; charset=utf-8"),
    "ddi.xml": (ddi_codebook, "application/xml; charset=utf-8"),
}
"""What the columns mean, for programs: a syntax of SPSS, a DDI Codebook."""
CODEBOOK: Final = ("column", "kind", "question", "value", "label")


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
    """Every reply as a row, with what was written freely; as XLSX with its codebook, or what the columns mean
    alone."""
    questionnaire = get_object_or_404(Questionnaire.objects.select_related("edition__plan"), pk=number)
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
    if file_format in CODEBOOKS:
        words, media = CODEBOOKS[file_format]
        return HttpResponse(words(questionnaire, questions), content_type=media, headers=headers)
    raise Http404(_("This can be had as .csv, .xlsx, .codici.csv, .sps and .ddi.xml."))
