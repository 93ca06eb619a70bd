"""The yearly report on paper: PDF/UA-1 and PDF/A-3a with its data attached, and ODT; one record, the same bytes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from aumenta.core.odt import Block, Heading, Paragraph, Table, odt
from aumenta.core.process_cache import ProcessCache
from aumenta.core.tables import SheetToWrite, write_table
from aumenta.monitoring.models import YearlyReport
from aumenta.monitoring.queries import Course
from aumenta.monitoring.reports.differences import Difference, differences
from aumenta.monitoring.reports.gather import record_of
from aumenta.monitoring.reports.published import published_reports, report_before
from aumenta.monitoring.reports.record import (
    ActionRow,
    AxisRow,
    IndicatorRow,
    MoneyRow,
    ObjectiveRow,
    YearlyRecord,
    ZoneRow,
    digest_of,
    spelt,
)
from aumenta.monitoring.rules import may_write_report
from aumenta.people.dates import day_in_words
from aumenta.people.permission import check_permission
from aumenta.people.reader import reader_language
from aumenta.printing.paper import compile_pdf
from aumenta.printing.yearly_words import LAYOUT, WORDS
from aumenta.territory.models import Territory
from aumenta.ui.files import data_file
from aumenta.ui.line_chart import line_chart
from aumenta.ui.templatetags.words import number, percent

MEDIA: Final = {"pdf": "application/pdf", "odt": "application/vnd.oasis.opendocument.text", "json": "application/json"}
MOST_BYTES: Final = 32 * 1024 * 1024
FILES: Final[ProcessCache[tuple[str, str, str], bytes]] = ProcessCache.of_the_process(MOST_BYTES, len)
"""Files of published reports by checksum, kind and language: the compiler works once for each."""


@dataclass(frozen=True)
class Bound:
    """A record to be printed: with the one before, the act that approved it, whether it is a draft."""

    record: YearlyRecord
    before: YearlyRecord | None
    approved_with: str
    draft: bool

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"relazione-{self.record.edition}-{self.record.year}"


def bound(report: YearlyReport) -> Bound:
    """A report as it was frozen, or a draft as it would be frozen now."""
    draft = report.state == YearlyReport.State.DRAFT
    record = record_of(report, Territory.objects.home()) if draft else report.read()
    earlier = report_before(report) if draft else report.before
    return Bound(record, earlier.read() if earlier else None, report.approved_with, draft)


@data_file
def public_report(request: HttpRequest, label: str, year: int, kind: str) -> HttpResponse:
    """The published report of a year as PDF, ODT or JSON, in the page's language."""
    report = get_object_or_404(published_reports(), edition__label=label, year=year)
    found, language = bound(report), reader_language()
    key = (f"{report.sha256} {report.before_id} {report.approved_with}", kind, language)
    return _sent(FILES.get(key, lambda: file_of(found, kind, language)), found, kind)


@require_safe
def office_report(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """The report as the office sees it: a draft as it would be frozen now, and marked as one."""
    check_permission(may_write_report(request.user))
    found = bound(get_object_or_404(YearlyReport.objects.select_related("edition__plan"), pk=number))
    return _sent(file_of(found, kind, reader_language()), found, kind)


def _sent(content: bytes, found: Bound, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{found.name}.{kind}"'}
    return HttpResponse(content, content_type=MEDIA[kind], headers=headers)


def file_of(found: Bound, kind: str, language: str) -> bytes:
    """The report's bytes as `pdf`, `odt` or `json`."""
    if kind not in MEDIA:
        raise Http404(_("This can be had as .pdf, .odt and .json."))
    if kind == "json":
        return spelt(found.record.as_json())
    with override(language):
        return report_pdf(found, language) if kind == "pdf" else report_odt(found, language)


def report_pdf(found: Bound, language: str) -> bytes:
    """The report as a tagged PDF; refused by the compiler where it would not pass both standards."""
    record = found.record
    pictures = dict(_charts(record))
    data = {**_printed(found, language), "charts": sorted(pictures)}
    files = {f"{found.name}.json": spelt(record.as_json()), **_tables(record)}
    data["files"] = [
        {"name": name, "type": "application/json" if name.endswith("json") else "text/csv"} for name in files
    ]
    return compile_pdf(f"yearly-{LAYOUT}.typ", data, {**pictures, **files}, standards=("ua-1", "a-3a"))


def _tables(record: YearlyRecord) -> dict[str, bytes]:
    """Actions and indicators as CSV, for those who go on working with them."""
    actions = [
        [one.code, one.title.it, one.state.it, one.phase.it, one.as_of, one.percent, one.reason.it, one.office]
        for one in record.actions
    ]
    values = [
        [one.code, one.name.it, one.unit.it, point.period, point.value, point.absence + point.marks, one.source]
        for one in record.indicators
        for point in one.course
    ]
    heads = (
        ["azione", "titolo", "stato", "fase", "al", "tappe_percento", "che_cosa", "ufficio"],
        ["indicatore", "nome", "unita", "periodo", "valore", "segnalazione", "fonte"],
    )
    return {
        "azioni.csv": write_table([SheetToWrite("", heads[0], actions)], "csv"),
        "indicatori.csv": write_table([SheetToWrite("", heads[1], values)], "csv"),
    }


def _charts(record: YearlyRecord) -> Iterator[tuple[str, bytes]]:
    for position, one in enumerate(record.indicators):
        course = [Course(p.period, p.year, p.value, p.absence, p.marks) for p in one.course]
        chart = line_chart([("", course)], one.target)
        if chart is not None:
            context = {"chart": chart, "decimals": one.decimals, "chart_words": one.code}
            yield f"chart-{position}.svg", render_to_string("ui/components/line_chart.html", context).encode()


def _printed(found: Bound, language: str) -> dict[str, Any]:
    """What the template prints: all words ready, all numbers as they are read."""
    record, words = found.record, WORDS[language]
    return {
        "language": language,
        "labels": words,
        "title": f"{words['title']} {record.year}",
        "plan": record.plan.said(language),
        "authority": record.authority.said(language),
        "day": [int(part) for part in record.as_of.split("-")],
        "as_of": day_in_words(date.fromisoformat(record.as_of)),
        "draft": found.draft,
        "invented": record.invented,
        "approved": found.approved_with,
        "introduction": _paragraphs(record.introduction.said(language)),
        "counts": _counts(record, language),
        "axes": [_axis(record, axis, language) for axis in record.axes],
        "objectives": [_objective(one, language) for one in record.objectives],
        "money": [_money(one, language) for one in (*record.components, record.projects)],
        "zones": [_zone(one) for one in record.zones],
        "unplaced": [_money(one, language) for one in record.unplaced],
        "before": found.before.year if found.before else 0,
        "differences": [_difference(one, language) for one in _differences(found)],
        "sha256": digest_of(record.as_json()),
    }


def _axis(record: YearlyRecord, axis: AxisRow, language: str) -> dict[str, Any]:
    strategies = [one.code for one in record.strategies if one.code.partition(".")[0] == axis.code]
    return {
        "code": axis.code,
        "title": axis.title.said(language),
        "strategies": [_strategy(record, code, language) for code in strategies],
    }


def _objective(one: ObjectiveRow, language: str) -> list[str]:
    title = f"{one.code} {one.title.said(language)}"
    return [one.level.said(language), title, one.standing.said(language), ", ".join(one.actions)]


def _zone(one: ZoneRow) -> list[str]:
    shares = percent(one.of_money, 1), percent(one.of_residents, 1)
    return [f"{one.number}. {one.name}", number(one.projects), _euro(one.planned), *shares, number(one.actions)]


def _differences(found: Bound) -> Sequence[Difference]:
    return differences(found.before, found.record) if found.before else ()


def _difference(one: Difference, language: str) -> list[str]:
    words = WORDS[language]
    what = f"{one.code} {one.title.said(language)}".strip()
    if one.kind in {"sheet", "new", "gone"} or (one.kind == "method" and one.before == one.now):
        return [what, words[f"kind_{one.kind}"], "–", words["changed"] if one.kind in {"sheet", "method"} else "–"]
    return [what, words[f"kind_{one.kind}"], one.before.said(language), one.now.said(language)]


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _counts(record: YearlyRecord, language: str) -> dict[str, list[list[str]]]:
    words = WORDS[language]
    states = Counter(one.state.said(language) or words["no_state"] for one in record.actions)
    statuses = Counter(one.status_words.said(language) for one in record.indicators)
    return {
        "actions": [[word, number(count)] for word, count in states.most_common()],
        "indicators": [[word, number(count)] for word, count in statuses.most_common()],
    }


def _strategy(record: YearlyRecord, code: str, language: str) -> dict[str, Any]:
    (strategy,) = (one for one in record.strategies if one.code == code)
    return {
        "code": code,
        "title": strategy.title.said(language),
        "text": _paragraphs(strategy.text.said(language)),
        "indicators": [
            _indicator(one, place, language) for place, one in enumerate(record.indicators) if code in one.strategies
        ],
        "actions": [_action(one, language) for one in record.actions if one.code.startswith(f"{code}.")],
    }


def _indicator(one: IndicatorRow, place: int, language: str) -> dict[str, Any]:
    known = [point for point in one.course if point.value is not None]
    said = "; ".join(f"{point.period}: {number(point.value, one.decimals)}" for point in known)
    last = one.last
    return {
        "name": one.name.said(language),
        "last": f"{number(last.value, one.decimals)} {one.unit.said(language)} ({last.period})" if last else "–",
        "status": one.status_words.said(language),
        "sentence": one.sentence.said(language),
        "source": one.source,
        "chart": f"chart-{place}.svg",
        "values": said,
        "words": f"{one.name.said(language)}, {one.unit.said(language)}: {said}",
    }


def _action(one: ActionRow, language: str) -> list[str]:
    words = WORDS[language]
    state = one.state.said(language) or words["no_state"]
    if one.invented:
        state = f"{state} ({words['invented_mark']})"
    done = "–" if one.percent is None else percent(one.percent / 100)
    told = [one.reason.said(language), f"{words['office']}: {one.office}" if one.office else ""]
    return [
        f"{one.code} {one.title.said(language)}",
        state,
        one.phase.said(language) or "–",
        done,
        " ".join(filter(None, told)) or "–",
    ]


def _money(one: MoneyRow, language: str) -> list[str]:
    words = WORDS[language]
    paid = _euro(one.paid) if one.paid is not None else words["not_declared"]
    if one.paid is not None and one.without_paid:
        paid = f"{paid} ({words['without_paid']}: {number(one.without_paid)})"
    planned, awarded = (
        words["not_declared"] if value is None else _euro(value) for value in (one.planned, one.awarded)
    )
    return [one.name.said(language), number(one.projects), planned, awarded, paid]


def _euro(amount: str) -> str:
    return number(float(amount))


def report_odt(found: Bound, language: str) -> bytes:
    """The report as an OpenDocument text, for those who go on writing in it."""
    data = _printed(found, language)
    return odt(_body(data, data["labels"]), title=f"{data['title']}: {data['plan']}", language=language)


def _body(data: dict[str, Any], words: dict[str, str]) -> Iterator[Block]:
    yield Heading(f"{data['title']}: {data['plan']}", 1)
    yield Paragraph(f"{data['authority']}. {words['as_of']} {data['as_of']}.")
    notes = [words["draft"] if data["draft"] else "", words["invented"] if data["invented"] else ""]
    notes.append(f"{words['approved']} {data['approved']}" if data["approved"] else "")
    for text in (*filter(None, notes), *data["introduction"]):
        yield Paragraph(text)
    yield Heading(words["summary"])
    for name in ("actions", "indicators"):
        if data["counts"][name]:
            yield Table((words["state"], words[name]), data["counts"][name])
    yield Paragraph(words["indicator_note"])
    for axis in data["axes"]:
        yield Heading(f"{axis['code']} {axis['title']}")
        for one in axis["strategies"]:
            yield from _strategy_blocks(one, words)
    yield Heading(words["objectives"])
    if data["objectives"]:
        yield Table((words["level"], words["objective"], words["state"], words["actions"]), data["objectives"])
    else:
        yield Paragraph(words["no_objectives"])
    yield Heading(words["projects"])
    yield Paragraph(words["projects_note"])
    heads = (words["component"], words["project"], words["planned"], words["awarded"], words["paid"])
    yield Table(heads, data["money"])
    if data["zones"]:
        yield Heading(words["zones"])
        shares = (words["of_money"], words["of_residents"], words["zone_actions"])
        yield Table((words["zone"], words["project"], words["planned"], *shares), data["zones"])
        yield Paragraph(words["unplaced"])
        yield Table((words["zone"], *heads[1:]), data["unplaced"])
    yield Heading(f"{words['differences']} {data['before']}" if data["before"] else words["differences"])
    if data["differences"]:
        yield Table((words["what"], words["kind"], words["before"], words["now"]), data["differences"])
    else:
        yield Paragraph(words["no_differences"] if data["before"] else words["no_before"])


def _strategy_blocks(one: dict[str, Any], words: dict[str, str]) -> Iterator[Block]:
    yield Heading(f"{one['code']} {one['title']}", 3)
    for text in one["text"]:
        yield Paragraph(text)
    for indicator in one["indicators"]:
        yield Heading(indicator["name"], 4)
        yield Paragraph(f"{words['last']}: {indicator['last']}. {indicator['sentence']}")
        yield Paragraph(f"{indicator['values']}. {words['source']}: {indicator['source']}.")
    if one["actions"]:
        heads = (words["action"], words["state"], words["phase"], words["percent"], words["reason"])
        yield Table(heads, one["actions"])
