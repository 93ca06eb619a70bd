"""The detailed report of a zone, or of the whole event, from a snapshot and the office's own words.

The public reads the words of the edition that was published; the office and the regia those that stand at the desk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from aumenta.events.shared_tables import shared_rule
from aumenta.people.dates import moment_in_words
from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.results.event_snapshot import EventSnapshot, TableRow
from aumenta.results.models import ReportEdition, Snapshot
from aumenta.results.report_editions import texts_now
from aumenta.results.slides import bars_of, cut_line
from aumenta.themes.rules import ThemeKind


@dataclass(frozen=True, slots=True)
class ReportedVoice:
    question: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Discussed:
    """What was said about one strategy, question by question."""

    code: str
    title: str
    said: tuple[ReportedVoice, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report holds, already in the reader's language; no names of participants."""

    language: str
    title: str
    subtitle: str
    cut: str
    invented: str
    introduction: tuple[str, ...]
    conclusion: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    shared: str
    votes: tuple[tuple[str, str, int], ...]
    choices: tuple[tuple[str, str, str], ...]
    discussed: tuple[Discussed, ...]
    not_published: str
    themes: tuple[tuple[str, str, str], ...]
    organisations: tuple[tuple[str, int], ...]
    photos: tuple[tuple[str, str], ...]
    labels: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def report_of(snapshot: Snapshot, zone: int | None, language: str, edition: ReportEdition | None = None) -> Report:
    """The report of the zone with this number, or of the whole event; raises KeyError for a zone that was not there.

    With the office's words of an `edition`, as the public reads them; without one, as they stand at the desk now.
    """
    texts = texts_now(snapshot.event_id) if edition is None else edition.texts
    with translation.override(language):
        return _report(snapshot, zone, language, texts.get("" if zone is None else str(zone), {}), edition)


def _report(
    snapshot: Snapshot, zone: int | None, language: str, words: Mapping[str, str], edition: ReportEdition | None
) -> Report:
    state = snapshot.read()
    here = [table for table in state.tables if zone is None or zone in table.zones]
    numbers = {table.number for table in here}
    votes = _votes(state, zone)
    return Report(
        language=language,
        title=state.title(language),
        subtitle=_subtitle(state, zone),
        cut=" · ".join([cut_line(snapshot), *([_edition_line(edition)] if edition else [])]),
        invented=_("Rehearsal: people, places at the tables and words are invented.") if state.invented else "",
        introduction=_paragraphs(words.get("introduction", "")),
        conclusion=_paragraphs(words.get("conclusion", "")),
        figures=_figures(here, votes),
        shared=shared_rule({table.number: table.zones for table in here}),
        votes=tuple((bar.code, bar.title, bar.count) for bar in bars_of(state, votes, language)),
        choices=_choices(state, numbers),
        discussed=_discussed(state, zone, language),
        not_published=_not_published(state, zone),
        themes=tuple(
            (theme.name, theme.keywords, ", ".join(ThemeKind(kind).label for kind in theme.kinds))
            for theme in state.themes
            if zone is None or zone in theme.zones
        ),
        organisations=tuple(
            (str(OrganisationKind(kind).label) if kind else _("kind of organisation not known"), count)
            for kind, count in state.organisations.get("" if zone is None else str(zone), {}).items()
        ),
        photos=tuple(
            (photo.file, _("Poster of table %(number)s") % {"number": photo.table})
            for photo in state.photos
            if photo.table in numbers
        ),
        labels=_labels(),
    )


def _subtitle(state: EventSnapshot, zone: int | None) -> str:
    names = {row.number: row.name for row in state.zones}
    return _("All zones") if zone is None else f"{_('Zone')} {zone}. {names[zone]}"


def _edition_line(edition: ReportEdition) -> str:
    words = {"number": edition.number, "time": moment_in_words(edition.published_at, "il")}
    return _("Report no. %(number)s, published %(time)s") % words


def _votes(state: EventSnapshot, zone: int | None) -> dict[str, int]:
    """Strategy → stickers of all sessions, of the zone or of the whole."""
    votes: dict[str, int] = {}
    for session in state.votes.values():
        counts = session.whole if zone is None else session.zones.get(zone, {})
        for code, count in counts.items():
            votes[code] = votes.get(code, 0) + count
    return votes


def _choices(state: EventSnapshot, tables: set[int]) -> tuple[tuple[str, str, str], ...]:
    """What each of these tables chose: its name, the strategies, the reason."""
    return tuple(
        (_("Table %(number)s") % {"number": choice.table}, ", ".join(choice.strategies), choice.reason)
        for session in state.votes.values()
        for choice in session.chosen
        if choice.table in tables
    )


def _not_published(state: EventSnapshot, zone: int | None) -> str:
    silent = state.hidden_in(zone)
    if not silent:
        return ""
    sentence = ngettext(
        "%(n)s observation is not published because the table asked so.",
        "%(n)s observations are not published because the tables asked so.",
        silent,
    )
    return sentence % {"n": silent}


def _labels() -> dict[str, str]:
    """Headings, for the forms that have no catalog of their own."""
    return {
        "figures": _("In figures"),
        "votes": _("Stickers"),
        "code": _("Code"),
        "strategy": _("Strategy"),
        "stickers": _("Stickers"),
        "choices": _("What the tables chose"),
        "table": _("Table"),
        "chosen": _("Strategies chosen"),
        "reason": _("Reason"),
        "said": _("What was said"),
        "themes": _("Themes"),
        "theme": _("Theme"),
        "keywords": _("Keywords"),
        "kind": _("Kind"),
        "took_part": _("Who took part"),
        "organisation": _("Kind of organisation"),
        "people": _("People"),
        "photos": _("Posters"),
        "nothing": _("Nothing was recorded."),
        "contents": _("Contents"),
    }


def _figures(here: Sequence[TableRow], votes: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """The tables in numbers, each with what it counts."""
    tables, people, stickers = len(here), sum(table.people for table in here), sum(votes.values())
    observations = sum(table.observations for table in here)
    return (
        (str(tables), npgettext("how many", "table", "tables", tables)),
        (str(people), npgettext("how many", "person", "people", people)),
        (str(stickers), npgettext("how many", "sticker", "stickers", stickers)),
        (str(observations), npgettext("how many", "observation", "observations", observations)),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def _discussed(state: EventSnapshot, zone: int | None, language: str) -> tuple[Discussed, ...]:
    questions = [(question.code, question.text(language)) for question in state.questions]
    grouped: dict[tuple[str, str], list[str]] = {}
    for one in state.observations:
        if zone is None or zone in one.zones:
            grouped.setdefault((one.strategy, one.question), []).append(one.text)
    known = {code for code, _text in questions}
    result = []
    for strategy in state.strategies:
        said = [
            ReportedVoice(text, tuple(grouped[strategy.code, code]))
            for code, text in questions
            if (strategy.code, code) in grouped
        ]
        if said:
            result.append(Discussed(strategy.code, strategy.title(language), tuple(said)))
    # An observation whose strategy or question is unknown is still somebody's: it stands at the end.
    codes = {strategy.code for strategy in state.strategies}
    rest = [
        text
        for (code, question), texts in grouped.items()
        if code not in codes or question not in known
        for text in texts
    ]
    if rest:
        result.append(Discussed("", _("Other observations"), (ReportedVoice("", tuple(rest)),)))
    return tuple(result)
