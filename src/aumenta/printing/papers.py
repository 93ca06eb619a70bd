"""Position papers on paper: PDF/UA-1 and ODT of a version, passages quoted as far as they may be today."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from aumenta.core.odt import Block, Heading, Items, Paragraph, odt
from aumenta.people.dates import day_in_words
from aumenta.people.permission import check_permission
from aumenta.people.reader import in_language, in_quotes, reader_language
from aumenta.printing.paper import compile_pdf
from aumenta.themes.models import PaperVersion
from aumenta.themes.papers.read import ShownPart, ShownSource, read_content
from aumenta.themes.papers.versions import public_versions
from aumenta.ui.files import data_file
from aumenta.voices.rules import may_keep_contributions

MEDIA: Final = {"pdf": "application/pdf", "odt": "application/vnd.oasis.opendocument.text"}


@data_file
def public_paper(_request: HttpRequest, label: str, paper: str, number: str, kind: str) -> HttpResponse:
    """A published version as PDF or ODT, in the page's language."""
    rows = public_versions().filter(paper__edition__label=label, paper_id=int(paper))
    return _sent(get_object_or_404(rows, number=int(number)), kind)


@require_safe
def office_paper(request: HttpRequest, paper: str, number: str, kind: str) -> HttpResponse:
    """A version as the public would read it, published or not."""
    check_permission(may_keep_contributions(request.user))
    rows = PaperVersion.objects.select_related("paper__edition__plan")
    return _sent(get_object_or_404(rows, paper_id=int(paper), number=int(number)), kind)


def _sent(version: PaperVersion, kind: str) -> HttpResponse:
    if kind not in MEDIA:
        raise Http404(_("This can be had as .pdf and .odt."))
    language = reader_language()
    with override(language):
        data = printed(version, language)
        content = compile_pdf("paper-1.typ", data) if kind == "pdf" else _odt(data, language)
    name = f"{version.paper.kind}-{version.content['edition']}-{version.paper_id}-{version.number}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=MEDIA[kind], headers=headers)


def printed(version: PaperVersion, language: str) -> dict[str, Any]:
    """What the template prints: all words ready."""
    told, day = version.content, version.frozen_at.date()
    plan = version.paper.edition.plan
    return {
        "language": language,
        "title": in_language(told["title_it"], told["title_en"]),
        "kind": version.paper.get_kind_display(),
        "edition": told["edition"],
        "authority": in_language(plan.authority_it, plan.authority_en),
        "day": [day.year, day.month, day.day],
        "version": _("Version %(n)s of %(day)s.") % {"n": version.number, "day": day_in_words(day, "del")},
        "invented": _("Some of what it cites is invented, for trying the site out.") if told["invented"] else "",
        "quoted": _("Passages are quoted only as far as those who said or wrote them let them be read today."),
        "sources": _("Sources"),
        "own": _("The office's own words."),
        "sha256": version.sha256,
        "sections": [
            {
                "title": f"{one.number} {one.title}" if one.number else _("On the whole plan"),
                "parts": [_part(part) for part in one.parts],
            }
            for one in read_content(told)
        ],
    }


def _part(part: ShownPart) -> dict[str, Any]:
    head = [part.kind_words, " ".join(filter(None, part.strategy)), part.verdict_words]
    return {
        "head": " · ".join(filter(None, head)),
        "text": [one.strip() for one in part.text.replace("\r\n", "\n").split("\n\n") if one.strip()],
        "own": part.facts["own"],
        "sources": [_source(one) for one in part.sources],
    }


def _source(one: ShownSource) -> str:
    facts = one.facts
    if one.kind == "issue":
        name = " ".join([_("Issue"), f"{facts['heading']}.{facts['place']}", one.title])
        return name + f" ({facts['sources']})" if facts["sources"] else name
    if one.kind == "theme":
        return " ".join([_("Theme of the tables"), facts["name"]])
    if one.kind == "passage":
        return in_quotes(one.words) if one.words else _("A passage that may not be quoted.")
    if one.kind == "questionnaire":
        return " ".join([_("Questionnaire"), one.title])
    return str(facts["text"])


def _odt(data: dict[str, Any], language: str) -> bytes:
    return odt(_body(data), title=data["title"], language=language)


def _body(data: dict[str, Any]) -> Iterator[Block]:
    yield Heading(data["title"], 1)
    yield Paragraph(f"{data['authority']}. {data['kind']}, {data['edition']}. {data['version']}")
    if data["invented"]:
        yield Paragraph(data["invented"])
    for section in data["sections"]:
        yield Heading(section["title"])
        for part in section["parts"]:
            yield Heading(part["head"], 3)
            for text in part["text"]:
                yield Paragraph(text)
            if part["own"]:
                yield Paragraph(data["own"])
            if part["sources"]:
                yield Paragraph(f"{data['sources']}:")
                yield Items(part["sources"])
    yield Paragraph(data["quoted"])
    yield Paragraph(f"SHA-256 {data['sha256']}")
