"""A report as an OpenDocument text, for those who go on writing in it: real headings, lists and tables."""

from collections.abc import Iterable

from aumenta.core.odt import Block, Heading, Items, Paragraph, Table, odt
from aumenta.results.reports import Report


def report_odt(report: Report) -> bytes:
    """The report's bytes; opens in LibreOffice and Word."""
    return odt(_body(report), title=f"{report.title}: {report.subtitle}", language=report.language)


def _body(report: Report) -> Iterable[Block]:
    labels = report.labels
    yield Heading(f"{report.title}: {report.subtitle}", 1)
    for text in (report.invented, report.cut, *report.introduction):
        if text:
            yield Paragraph(text)
    yield Heading(labels["figures"])
    yield Paragraph(" · ".join(f"{number} {words}" for number, words in report.figures))
    if report.shared:
        yield Paragraph(report.shared)
    yield Heading(labels["votes"])
    yield Table((labels["code"], labels["strategy"], labels["stickers"]), list(report.votes))
    yield Heading(labels["choices"])
    yield Table((labels["table"], labels["chosen"], labels["reason"]), list(report.choices))
    yield Heading(labels["themes"])
    yield Table((labels["theme"], labels["keywords"], labels["kind"]), list(report.themes))
    yield Heading(labels["said"])
    for strategy in report.discussed:
        yield Heading(f"{strategy.code} {strategy.title}".strip(), 3)
        for question in strategy.said:
            if question.question:
                yield Heading(question.question, 4)
            yield Items(question.texts)
    if report.not_published:
        yield Paragraph(report.not_published)
    yield Heading(labels["took_part"])
    yield Table((labels["organisation"], labels["people"]), list(report.organisations))
    for text in report.conclusion:
        yield Paragraph(text)
