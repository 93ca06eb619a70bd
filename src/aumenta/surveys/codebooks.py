"""What the columns of the table of replies mean, for programs: an SPSS syntax that reads the CSV, a DDI Codebook."""

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from aumenta.core.survey.questions import Kind, Option, Question
from aumenta.surveys.models import Questionnaire, Reply
from aumenta.surveys.queries import columns_of

LONGEST_LABEL: Final = 255
"""Signs of a label that SPSS shows."""
DDI: Final = "ddi:codebook:2_5"
YES_NO: Final = (Option("0", "no", "no"), Option("1", "sì", "yes"))
FORMATS: Final = {
    Kind.SCALE: "F8.0",
    Kind.NUMBER: "F12.2",
    Kind.MULTIPLE: "F1.0",
    Kind.DATE: "SDATE10",
    Kind.OPEN: "A5000",
}
"""How SPSS reads a column; codes of answers are short texts."""


def _columns(questions: Sequence[Question]) -> Iterator[tuple[str, Question, str, Sequence[Option]]]:
    """Name, question, what it is called, and what its values mean."""
    for name, one, part in columns_of(questions):
        named = next((option for option in (*one.options, *one.rows) if option.code == part), None) if part else None
        text = f"{one.text_it}: {named.text_it}" if named else one.text_it
        yield name, one, text, YES_NO if one.kind is Kind.MULTIPLE else one.options


def spss_syntax(questionnaire: Questionnaire, questions: Sequence[Question]) -> str:
    """Commands that read the CSV of the replies with its labels: to be run in SPSS or PSPP beside it."""
    columns = list(_columns(questions))
    head = [
        "way A7",
        "received_on SDATE10",
        *(f"{name} {FORMATS.get(one.kind, 'A20')}" for name, one, _text, _o in columns),
    ]
    lines = [
        f"* {_plain(questionnaire.title_it)}.",
        f"GET DATA /TYPE=TXT /FILE={_quoted(f'{questionnaire.slug}-risposte.csv')} /ENCODING='UTF8'",
        "  /ARRANGEMENT=DELIMITED /DELIMITERS=',' /QUALIFIER='\"' /FIRSTCASE=2 /VARIABLES=",
        *(f"  {one}" for one in head),
        "  .",
        "VARIABLE LABELS",
        *(f"  {name} {_quoted(text)}" for name, _one, text, _options in columns),
        "  .",
    ]
    ways = [Option(str(value), str(label)) for value, label in Reply.Way.choices]
    for name, kind, options in [("way", None, ways), *((n, one.kind, o) for n, one, _t, o in columns)]:
        if options:
            lines.append(f"VALUE LABELS {name}")
            lines += [
                f"  {one.code if kind is Kind.MULTIPLE else _quoted(one.code)} {_quoted(one.text_it)}"
                for one in options
            ]
            lines.append("  .")
    return "\n".join([*lines, "EXECUTE.", ""])


def _plain(text: str) -> str:
    return " ".join(text.split())[:LONGEST_LABEL]


def _quoted(text: str) -> str:
    """A text as SPSS reads it: in one line, with its quotes doubled."""
    return "'" + _plain(text).replace("'", "''") + "'"


def ddi_codebook(questionnaire: Questionnaire, questions: Sequence[Question]) -> str:
    """A DDI Codebook 2.5: the study, and every column with its question and its answers in both languages."""
    edition = questionnaire.edition
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<codeBook xmlns="{DDI}" version="2.5">',
        f"<stdyDscr><citation><titlStmt><titl>{_text(questionnaire.title_it)}</titl>",
        f'<parTitl xml:lang="en">{_text(questionnaire.title_en)}</parTitl></titlStmt>'
        if questionnaire.title_en
        else "</titlStmt>",
        f"<rspStmt><AuthEnty>{_text(edition.plan.authority_it)}</AuthEnty></rspStmt></citation>",
        f"<stdyInfo><abstract>{_text(questionnaire.text_it)}</abstract><sumDscr>",
        f'<collDate event="start" date="{questionnaire.opens_on.isoformat()}"/>',
        f'<collDate event="end" date="{questionnaire.closes_on.isoformat()}"/>',
        "</sumDscr></stdyInfo></stdyDscr><dataDscr>",
    ]
    for name, one, text, options in _columns(questions):
        lines.append(f"<var ID={quoteattr(name)} name={quoteattr(name)}><labl>{_text(text)}</labl>")
        lines.append(f"<qstn><qstnLit>{_text(one.text_it)}</qstnLit>")
        lines.append(f'<qstnLit xml:lang="en">{_text(one.text_en)}</qstnLit></qstn>' if one.text_en else "</qstn>")
        for option in options:
            english = f'<labl xml:lang="en">{_text(option.text_en)}</labl>' if option.text_en else ""
            value = f"<catValu>{_text(option.code)}</catValu>"
            lines.append(f"<catgry>{value}<labl>{_text(option.text_it)}</labl>{english}</catgry>")
        numeric = one.kind in {Kind.NUMBER, Kind.SCALE, Kind.MULTIPLE}
        lines.append(f'<varFormat type="{"numeric" if numeric else "character"}"/></var>')
    return "\n".join([*lines, "</dataDscr></codeBook>", ""])


def _text(text: str) -> str:
    return escape(" ".join(text.split()))
