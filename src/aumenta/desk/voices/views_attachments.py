"""What came with a contribution, opened without a program of the reader's: its words, or the picture made anew."""

from typing import Final

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from aumenta.core.documents import DocumentError
from aumenta.core.documents.limited import document_read_apart
from aumenta.desk.access import DeskRequest, desk_page
from aumenta.voices.contributions.attachments import download_token, stored_as
from aumenta.voices.models import ContributionAttachment
from aumenta.voices.rules import may_keep_contributions

LONGEST: Final = 100_000
"""Signs of a document that are shown; the file itself has them all."""
PICTURES: Final = {"jpg": "image/jpeg", "png": "image/png"}


@desk_page(may_keep_contributions)
def show(request: DeskRequest, number: int, position: int) -> HttpResponse:
    """The words of an attachment as they were read here, or its picture; the file itself is a download."""
    found = _attachment(number, position)
    text = None
    if found.kind not in PICTURES:
        try:
            text = document_read_apart(_content(found)).text
        except DocumentError:
            text = ""
    context = {
        "file": found,
        "contribution": found.contribution,
        "token": download_token(found),
        "text": text[:LONGEST] if text else "",
        "cut": bool(text) and len(text or "") > LONGEST,
        "is_picture": found.kind in PICTURES,
    }
    return render(request, "desk/voices/attachment.html", context)


@desk_page(may_keep_contributions)
def picture(request: DeskRequest, number: int, position: int) -> HttpResponse:
    """A picture that came with a contribution: its pixels alone, made anew when it arrived."""
    found = _attachment(number, position)
    if found.kind not in PICTURES:
        raise Http404
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(_content(found), content_type=PICTURES[found.kind], headers=headers)


def _attachment(number: int, position: int) -> ContributionAttachment:
    rows = ContributionAttachment.objects.select_related("contribution")
    return get_object_or_404(rows, contribution=number, position=min(position, 30_000))


def _content(found: ContributionAttachment) -> bytes:
    try:
        with default_storage.open(stored_as(found.key)) as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise Http404 from error
