"""What the find page shows of an answer: marked titles and passages, chips, orders, filters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from aumenta.core.search import Findings, Piece, mark, passage
from aumenta.people.reader import field_in_language, reader_language
from aumenta.plan.find.catalogue import Catalogue, Entry, FilterChoice
from aumenta.plan.find.place_filters import MUNICIPALITY_WORD, reasons
from aumenta.plan.find.search_query import LIST, ORDERS, PICTURE, RELEVANCE, TABLE, FoundActions, SearchQuery
from aumenta.plan.places import PlaceTie
from aumenta.ui.parts import FilterGroup, FilterOption, Tab

MOST_NAMES = 3
ORDER_NAMES = {
    RELEVANCE: gettext_lazy("Relevance"),
    "codice": gettext_lazy("Code"),
    "titolo": gettext_lazy("Title"),
    "attori": gettext_lazy("Most actors"),
    "allineamenti": gettext_lazy("Most alignments"),
}


@dataclass(frozen=True)
class Text:
    """A text in pieces and the language it is in; `foreign` where that is not the page's."""

    pieces: list[Piece]
    language: str
    foreign: bool


@dataclass(frozen=True)
class Result:
    """An action in the list: its title and passage with the words found marked, and the names that matched."""

    entry: Entry
    strategy: FilterChoice
    title: Text
    passage: Text
    names: list[list[Piece]]
    reasons: Sequence[PlaceTie] = ()


@dataclass(frozen=True)
class Chip:
    """A choice that can be taken away."""

    group: str
    wording: str
    query: str


def results(
    entries: Iterable[Entry], plan: Catalogue, findings: Findings, question: SearchQuery, *, passages: bool
) -> list[Result]:
    """The entries as they are shown; with `passages` also the place of the text where the words are, and why.

    Why is also by which ties an action answers the places chosen.
    """
    shown = _Shown(plan, findings, question.chosen, reader_language())
    return [shown.whole(entry) if passages else shown.title_only(entry) for entry in entries]


@dataclass(frozen=True)
class _Shown:
    """What an answer looks like in the page's language."""

    plan: Catalogue
    findings: Findings
    chosen: Mapping[str, tuple[str, ...]]
    language: str

    def title_only(self, entry: Entry) -> Result:
        nothing = Text([], self.language, False)
        return Result(entry, self._strategy(entry), self._marked(entry, "title"), nothing, [])

    def whole(self, entry: Entry) -> Result:
        title, shown = self._marked(entry, "title"), self._passage(entry)
        # Where the words stand in neither, the names they stand in say why the action is here.
        told = any(piece.found for text in (title, shown) for piece in text.pieces)
        names = self._names(entry) if self.findings.terms and not told else []
        ties = reasons(self.plan, entry, self.chosen)[:MOST_NAMES]
        return Result(entry, self._strategy(entry), title, shown, names, ties)

    def _strategy(self, entry: Entry) -> FilterChoice:
        return self.plan.groups["strategia"].choices[entry.strategy]

    def _in_language(self, entry: Entry, name: str) -> tuple[str, str]:
        """The text in the page's language, else in Italian, and its language."""
        return field_in_language(entry, name, self.language)

    def _text(self, pieces: list[Piece], language: str) -> Text:
        return Text(pieces, language, language != self.language)

    def _marked(self, entry: Entry, name: str) -> Text:
        text, language = self._in_language(entry, name)
        return self._text(mark(text, language, self.findings.terms), language)

    def _passage(self, entry: Entry) -> Text:
        """The summary, or the part of the full text where the words are if the summary has none of them."""
        summary = self._marked(entry, "summary")
        if not self.findings.terms or any(piece.found for piece in summary.pieces):
            return summary
        text, language = self._in_language(entry, "text")
        pieces = passage(text, language, self.findings.terms)
        return self._text(pieces, language) if pieces else summary

    def _names(self, entry: Entry) -> list[list[Piece]]:
        """The names of strategy, actors and items that have the words looked for, marked."""
        marked = (mark(name, self.language, self.findings.terms) for name in self.plan.names_in(entry, self.language))
        return [pieces for pieces in marked if any(piece.found for piece in pieces)][:MOST_NAMES]


def chips(question: SearchQuery, plan: Catalogue) -> list[Chip]:
    """Every choice made, with the question that is left without it."""
    made = [Chip(_("Words"), question.q, question.query(q="", order=""))] if question.q else []
    for word, values in question.chosen.items():
        group = plan.groups[word]
        made += [Chip(group.name, group.choices[v].wording, question.without(word, v).query()) for v in values]
    return made


def orders(question: SearchQuery) -> list[tuple[str, str, bool]]:
    """The orders a list can be put in: name, query, and whether it is the one shown."""
    usual = RELEVANCE if question.q else "codice"
    now = (question.order or usual).removeprefix("-")
    names = [RELEVANCE, *ORDERS] if question.q else list(ORDERS)
    return [
        (str(ORDER_NAMES[name]), question.query(order="" if name == usual else name), name == now) for name in names
    ]


def filter_groups(plan: Catalogue, question: SearchQuery, found: FoundActions) -> list[FilterGroup]:
    """The filters worth showing, each with the values that find something and those chosen.

    Values known by a code stand in the order of their codes, the others with the most frequent first.
    """
    groups, language = [], reader_language()
    for group in plan.groups.values():
        counts, chosen = found.counts[group.word], question.chosen.get(group.word, ())
        # Of hundreds of municipalities only those chosen get a box; the others stand in a list (`municipality_filter`).
        boxes = [group.choices[v] for v in chosen] if group.word == MUNICIPALITY_WORD else group.in_tree_order()
        options = [
            FilterOption(value, choice.wording_in(language), counts.get(value, 0), value in chosen)
            for choice in boxes
            if counts.get(value := choice.value) or value in chosen
        ]
        if group.word == MUNICIPALITY_WORD and (options or any(counts.values())):
            groups.append(FilterGroup(group.word, group.name, options))
            continue
        if not group.has_codes:
            options.sort(key=lambda option: -(option.count or 0))
        if options:
            groups.append(FilterGroup(group.word, group.name, options))
    return groups


def view_tabs(question: SearchQuery) -> list[Tab]:
    """The ways of showing the same actions."""
    names = {LIST: _("List"), TABLE: pgettext("a way of showing results", "Table"), PICTURE: _("On the plan")}
    return [Tab(name, question.query(view=view), view == question.view) for view, name in names.items()]
