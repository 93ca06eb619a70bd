"""The dictionary of the data: every file's columns, of what type they are and what they mean.

A test reads every file and fails on a column that is not here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXT, NUMBER, INTEGER, LIST, ADDRESS = "text", "number", "integer", "list", "address"
TYPE_WORDS: Final[Mapping[str, Promise]] = {
    TEXT: _("text"),
    NUMBER: _("number"),
    INTEGER: _("whole number"),
    LIST: _("list (in tables with | between its parts)"),
    ADDRESS: _("web address"),
}


@dataclass(frozen=True)
class Column:
    """A column: its name in the files, its type, what it means."""

    name: str
    kind: str
    meaning: Promise

    @property
    def kind_words(self) -> str:
        """Its type in the page's language."""
        return str(TYPE_WORDS[self.kind])


ALIGNED: Final[Promise] = _(
    "Items of this framework that the sheet names, with “possible integration” where it says so"
)
ACTIONS: Final = (
    Column("code", TEXT, _("Code of the action: axis, strategy, action")),
    Column("title_it", TEXT, _("Title, in Italian as the plan has it")),
    Column("title_en", TEXT, _("Title in English, a translation")),
    Column("summary_it", TEXT, _("Summary in one sentence, not part of the plan's text")),
    Column("summary_en", TEXT, _("The summary in English")),
    Column("for_whom_it", TEXT, _("What the action means, and for whom, as the office explains it")),
    Column("for_whom_en", TEXT, _("The same in English, where there is one")),
    Column("description_it", TEXT, _("Description alone, without the examples")),
    Column("description_en", TEXT, _("The description in English, where there is one")),
    Column("examples_it", LIST, _("Examples of the sheet")),
    Column("examples_en", LIST, _("The examples in English, where there are any")),
    Column("links", LIST, _("Web addresses that the sheet names")),
    Column("responsible", LIST, _("Bodies that answer for the action, as the office registered them")),
    Column("other_rows", LIST, _("Rows of other kinds on the sheet, such as times or costs, each after its label")),
    Column("axis", INTEGER, _("Number of the axis")),
    Column("axis_title_it", TEXT, _("Title of the axis")),
    Column("strategy", TEXT, _("Code of the strategy")),
    Column("strategy_title_it", TEXT, _("Title of the strategy")),
    Column("actors", LIST, _("Who can carry it out, as the sheet names them")),
    Column("actors_count", INTEGER, _("How many these are")),
    Column("places", LIST, _("Where it applies; “proposal” where nobody has confirmed it yet")),
    Column("address", ADDRESS, _("Page of the action on this site")),
)
MATRIX: Final = (
    Column("item", TEXT, _("Code of the framework's item, else its short name")),
    Column("item_name_it", TEXT, _("Name of the item")),
    Column("item_name_en", TEXT, _("Name of the item in English, where there is one")),
    Column("strategy", TEXT, _("Code of the strategy; empty where no action serves the item")),
    Column("strategy_title_it", TEXT, _("Title of the strategy")),
    Column("actions", INTEGER, _("Actions of the strategy that serve the item, or a part of it")),
)
CONNECTIONS: Final = (
    Column("code", TEXT, _("Code of the first action")),
    Column("title_it", TEXT, _("Title of the first action")),
    Column("other_code", TEXT, _("Code of the second action")),
    Column("other_title_it", TEXT, _("Title of the second action")),
    Column("strength", NUMBER, _("How strong the connection is, from 0 to 1, computed from the sheets")),
    Column("common_actors", LIST, _("Actors that both name")),
    Column("common_instruments", LIST, _("Instruments that both name")),
    Column("common_objectives", LIST, _("Objectives and programmes that both serve")),
    Column("common_words", LIST, _("Words that both texts have")),
)
COMPARISON: Final = (
    Column("outcome", TEXT, _("What became of it: kept, reworded, split, merged, dropped, new")),
    Column("older_codes", LIST, _("Codes in the earlier edition")),
    Column("older_titles_it", LIST, _("Titles in the earlier edition")),
    Column("newer_codes", LIST, _("Codes in the later edition")),
    Column("newer_titles_it", LIST, _("Titles in the later edition")),
    Column("confirmed", TEXT, _("Whether the office has confirmed it: yes or no")),
    Column("reasons_it", LIST, _("Why they are taken for the same")),
)
VOTES: Final = (
    Column("session", TEXT, _("Session in which the stickers were given")),
    Column("zone", INTEGER, _("Number of the zone; empty: all zones together")),
    Column("zone_name", TEXT, _("Name of the zone")),
    Column("strategy", TEXT, _("Code of the strategy")),
    Column("strategy_title_it", TEXT, _("Title of the strategy")),
    Column("strategy_title_en", TEXT, _("Title of the strategy in English")),
    Column("stickers", INTEGER, _("Stickers it was given")),
)
THEMES: Final = (
    Column("theme", TEXT, _("Name of the theme, as the event's office wrote it")),
    Column("keywords", TEXT, _("Its key words")),
    Column("kinds", LIST, _("Recurring, cross-cutting or one-off")),
    Column("observations", INTEGER, _("Observations grouped under it")),
    Column("tables", INTEGER, _("Tables at which it came up")),
    Column("zones", LIST, _("Numbers of the zones at whose tables it came up")),
    Column("strategies", LIST, _("Codes of the strategies it is about")),
)
READINGS: Final = (
    Column("indicator", TEXT, _("Code of the indicator")),
    Column("place", TEXT, _("Code of the place: six figures a municipality, Z1 a zone, ITC11, ITC1, IT")),
    Column("place_name", TEXT, _("Name of the place")),
    Column("period", TEXT, _("Period, such as 2023, 2023-S1, 2023-Q3, 2023-05")),
    Column("value", NUMBER, _("Value; empty where there is none")),
    Column("flag", TEXT, _("Flags of the value, or why there is none, one letter each")),
    Column("numerator", NUMBER, _("Numerator, where the value is a ratio")),
    Column("denominator", NUMBER, _("Denominator, where the value is a ratio")),
    Column("note", TEXT, _("Note of whoever entered it")),
)
ACTS: Final = (
    Column("body", TEXT, _("Body that decided")),
    Column("kind", TEXT, _("Kind of act")),
    Column("number", TEXT, _("Number of the act, empty where no source says it")),
    Column("year", INTEGER, _("Year of the number")),
    Column("date", TEXT, _("Date of the act, as far as it is known")),
    Column("object_it", TEXT, _("Object of the act, in Italian")),
    Column("state", TEXT, _("Where the act is on its road; “recorded” stands in the register alone")),
    Column("outcome", TEXT, _("Outcome as published")),
    Column("vote_as_published", TEXT, _("Vote as published")),
    Column("invented", TEXT, _("1 where the act is invented, to try out")),
    Column("act_source", TEXT, _("Where the act is told of")),
    Column("address", ADDRESS, _("Page of the act on this site")),
)
IMPLEMENTATION: Final = (
    Column("action", TEXT, _("Code of the action")),
    Column("title", TEXT, _("Title, in Italian as the plan has it")),
    Column("status", TEXT, _("State in the latest public update; empty where there is none")),
    Column("counts_as", TEXT, _("What this state counts as, whatever the office calls it")),
    Column("phase", TEXT, _("Phase in the latest public update")),
    Column("as_of", TEXT, _("Day that the update is about")),
    Column("percent", NUMBER, _("Part of the way to the milestones; empty until all of them are known")),
    Column("milestones", INTEGER, _("Milestones of the action")),
    Column("milestones_known", INTEGER, _("Milestones whose value has been reported")),
    Column("reason", TEXT, _("Reason that the update gives, in Italian")),
    Column("office", TEXT, _("Office that answers for carrying it out")),
    Column("others", TEXT, _("Other actors who carry it out")),
    Column("power", TEXT, _("Powers with which it is carried out")),
    Column("invented", TEXT, _("Whether the update is invented, to try out")),
)
COHERENCE: Final = (
    Column("edition", TEXT, _("Edition of the plan")),
    Column("code", TEXT, _("Code of the action")),
    Column("title_it", TEXT, _("Title, in Italian as the plan has it")),
    Column("instrument", TEXT, _("Instrument that the plan is held against")),
    Column("version", TEXT, _("Version of the instrument")),
    Column("item", TEXT, _("Code of the instrument's item")),
    Column("item_name_it", TEXT, _("Name of the item")),
    Column("tie", TEXT, _("How sheet and item stand to each other, or that nobody has judged it yet")),
    Column("tie_source", TEXT, _("Whether the tie was decided or is printed in the plan")),
    Column("reason_it", TEXT, _("Why it was judged so")),
    Column("judged_on", TEXT, _("Day on which it was judged")),
    Column("settled_by", TEXT, _("Who settles a conflict")),
    Column("settle_until", TEXT, _("Until when it is to be settled")),
    Column("settled_on", TEXT, _("Day on which it was settled")),
    Column("invented", TEXT, _("1 where instrument or tie are invented, to try out")),
    Column("address", ADDRESS, _("Page of the instrument on this site")),
)
REPLIES: Final = (
    Column("question", TEXT, _("Code of the question")),
    Column("text", TEXT, _("The question, in the language of the page")),
    Column("kind", TEXT, _("Kind of question: single, multiple, scale, matrix, number, date, open")),
    Column("answered", INTEGER, _("How many answered it; empty where it is left out")),
    Column("row", TEXT, _("Row of a table of answers")),
    Column("value", TEXT, _("Code of the answer")),
    Column("label", TEXT, _("The answer, in the language of the page")),
    Column("replies", INTEGER, _("How many gave it; empty where it is left out")),
    Column("percent", NUMBER, _("Part of those who answered the question, in percent")),
)
ISSUES: Final = (
    Column("issue", TEXT, _("Code of the issue: its heading and its number")),
    Column("heading_it", TEXT, _("Heading under which it stands")),
    Column("title_it", TEXT, _("Title of the issue, in short words")),
    Column("title_en", TEXT, _("The title in English")),
    Column("zone", TEXT, _("Number of the zone; “all”: the total, “none”: sources that speak for no one zone")),
    Column("zone_name", TEXT, _("Name of the zone")),
    Column("kind", TEXT, _("Kind of source: interview, focus, hearing, material, written; “all”: the total")),
    Column("sources", INTEGER, _("Sources that name the issue, each counted once; empty where it is left out")),
    Column(
        "left_out",
        TEXT,
        _("1 where the count is left out: fewer than three sources or none, or it would give such a count away"),
    ),
)
"""In the order in which the file is written."""
EVERYWHERE: Final = (
    Column("source", TEXT, _("Document the texts come from (in tables, at the end of every row)")),
    Column("licence", TEXT, _("Licence of the texts as the authority states it")),
)
FILES: Final[Mapping[str, tuple[Promise, tuple[Column, ...]]]] = {
    "azioni": (_("Actions"), ACTIONS),
    "quadri": (_("A fund or programme against the strategies"), MATRIX),
    "connessioni": (_("Connections between actions"), CONNECTIONS),
    "confronto": (_("Two editions compared"), COMPARISON),
    "esiti": (_("Stickers of an event"), VOTES),
    "temi": (_("Themes of an event"), THEMES),
    "indicatore": (_("Readings of an indicator"), READINGS),
    "atti": (_("Acts"), ACTS),
    "coerenza": (_("The plan against an instrument"), COHERENCE),
    "risultati": (_("Results of a questionnaire"), REPLIES),
    "criticita": (_("Issues by zone and kind of source"), ISSUES),
    "attuazione": (_("How far the actions have come"), IMPLEMENTATION),
}


def files_and_columns() -> list[tuple[Promise, list[Column]]]:
    """Every file with its columns, in the order of the columns."""
    return [(name, [*columns, *EVERYWHERE]) for name, columns in FILES.values()]


def dictionary_rows() -> list[dict[str, str]]:
    """One row for each column of each file, in the page's language. Of actions, besides: one column a framework."""
    found = []
    for file, (_name, columns) in FILES.items():
        aligned = [Column("«framework»", LIST, ALIGNED)] if file == "azioni" else []
        found += [
            {"file": file, "column": one.name, "type": one.kind, "meaning": str(one.meaning)}
            for one in (*columns, *aligned, *EVERYWHERE)
        ]
    return found
