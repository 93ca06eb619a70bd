"""What a reader asks of the plan, as it stands in the address, and the answer to it.

The whole question is in the address: `q`, one parameter for each filter (asse, strategia, attore, pnrr, …, repeated for
several values), `vista`, `ordina`, `pagina`. Whatever of it can't be used is told to the reader and left out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from aumenta.core.search import Facets, Findings
from aumenta.core.text import slug
from aumenta.plan.find.catalogue import Catalogue, Entry

LIST, TABLE, PICTURE = "elenco", "tabella", "insieme"
VIEWS = (LIST, TABLE, PICTURE)
PAGE_SIZES = {LIST: 30, TABLE: 120, PICTURE: 0}
LONGEST_QUESTION = 200
MOST_VALUES = 100
RELEVANCE = "pertinenza"
_NOT_PRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


@dataclass(frozen=True)
class SearchQuery:
    """A question as understood; `problems` says in words what of the address could not be used."""

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    view: str = LIST
    order: str = ""
    page: int = 1
    problems: tuple[str, ...] = ()

    @property
    def asks_something(self) -> bool:
        """Whether anything narrows the plan."""
        return bool(self.q or self.chosen)

    @property
    def how_many_chosen(self) -> int:
        """The number of filter values chosen."""
        return sum(len(values) for values in self.chosen.values())

    def query(self, **changes: Any) -> str:
        """The query string of this question with some changes, such as «?q=acqua&asse=2»; «?» where nothing is left.

        A change other than of the page goes back to the first page.
        """
        asked = replace(self, **({"page": 1} | changes))
        pairs: list[tuple[str, str]] = [("q", asked.q)] if asked.q else []
        pairs += [(word, value) for word, values in asked.chosen.items() for value in values]
        if asked.view != LIST:
            pairs.append(("vista", asked.view))
        if asked.order:
            pairs.append(("ordina", asked.order))
        if asked.page > 1:
            pairs.append(("pagina", str(asked.page)))
        return f"?{urlencode(pairs)}"

    @property
    def to_follow(self) -> str:
        """The question as one key however it was asked: without view, order and page, its values in order."""
        chosen = {word: tuple(sorted(values)) for word, values in self.chosen.items()}
        return SearchQuery(self.q, chosen).query().removeprefix("?")

    def in_words(self, plan: Catalogue) -> str:
        """«Parole: rete; Asse: 2 · Mobilità; Attore: Comuni», in the reader's language."""
        said = [f"{_('Words')}: {self.q}"] if self.q else []
        for word, values in self.chosen.items():
            group = plan.groups[word]
            said.append(f"{group.name}: {', '.join(group.choices[value].wording for value in values)}")
        return "; ".join(said)

    def without(self, word: str, value: str | None = None) -> "SearchQuery":
        """The question without one value of a filter, or without the whole filter."""
        left = tuple(v for v in self.chosen[word] if value is not None and v != value)
        others = {name: values for name, values in self.chosen.items() if name != word}
        return replace(self, chosen=others | ({word: left} if left else {}), page=1)


def read(query: QueryDict, plan: Catalogue) -> SearchQuery:
    """Understand an address, whatever stands in it."""
    problems: list[str] = []
    q = " ".join(_NOT_PRINTABLE.sub(" ", query.get("q", "")).split())
    if len(q) > LONGEST_QUESTION:
        q = q[:LONGEST_QUESTION].strip()
        problems.append(
            _("The text was too long to be searched: only its first %(number)d characters were used.")
            % {"number": LONGEST_QUESTION}
        )
    chosen = {word: values for word in plan.groups if (values := _chosen(word, query, plan, problems))}
    view = _one_of(query, "vista", VIEWS, problems) or LIST
    order = _one_of(query, "ordina", [*ORDERS, *(f"-{name}" for name in ORDERS), RELEVANCE], problems)
    return SearchQuery(q, chosen, view, order, _page(query.get("pagina", ""), problems), tuple(problems))


def _chosen(word: str, query: QueryDict, plan: Catalogue, problems: list[str]) -> tuple[str, ...]:
    group = plan.groups[word]
    values: dict[str, None] = {}
    for typed in query.getlist(word)[:MOST_VALUES]:
        known = next((value for value in (typed.strip(), slug(typed[:200])) if value in group.choices), None)
        if known:
            values[known] = None
        elif typed.strip():
            problems.append(
                _("“%(value)s” is not among the values of the filter “%(filter)s”: it was left out.")
                % {"value": _shown(typed), "filter": group.name}
            )
    return tuple(values)


def _one_of(query: QueryDict, name: str, known: Any, problems: list[str]) -> str:
    typed = query.get(name, "")
    if not typed or typed in known:
        return typed
    problems.append(
        _("“%(value)s” is not a value of “%(name)s”: the usual one was used.") % {"value": _shown(typed), "name": name}
    )
    return ""


def _page(typed: str, problems: list[str]) -> int:
    if not typed:
        return 1
    if typed.isascii() and typed.isdigit() and len(typed) <= 6 and int(typed) > 0:
        return int(typed)
    problems.append(_("“%(value)s” is not a page number: this is the first page.") % {"value": _shown(typed)})
    return 1


def _shown(typed: str) -> str:
    text = " ".join(_NOT_PRINTABLE.sub(" ", typed).split())
    return f"{text[:40]}…" if len(text) > 40 else text


def _title(entry: Entry) -> str:
    return entry.title_it.casefold()


ORDERS: dict[str, Callable[[Entry], Any]] = {
    "codice": lambda entry: entry.numbers,
    "titolo": _title,
    "attori": lambda entry: (-len(entry.actors), entry.numbers),
    "allineamenti": lambda entry: (-len(entry.alignments), entry.numbers),
}
"""How results can be put in order; numbers begin with the greatest."""


@dataclass(frozen=True)
class FoundActions:
    """The entries a question found, in order, with what the page needs to explain them."""

    entries: list[Entry]
    findings: Findings
    counts: dict[str, dict[str, int]]
    within: int | None


def answer(question: SearchQuery, plan: Catalogue) -> FoundActions:
    """The entries that the question leaves, and the true counts of every filter."""
    findings = plan.search.engine.find(question.q) if question.q else Findings()
    within = Facets.as_bits(findings.scores) if question.q else None
    numbers = plan.facets.kept(question.chosen, within)
    counts = plan.facets.counts(question.chosen, within)
    return FoundActions(_in_order(numbers, question, findings, plan), findings, counts, within)


def _in_order(numbers: list[int], question: SearchQuery, findings: Findings, plan: Catalogue) -> list[Entry]:
    order = question.order or (RELEVANCE if question.q else "codice")
    if order == RELEVANCE:
        # Where nothing is asked in words, every action is as relevant as the others: their codes decide.
        numbers = sorted(numbers, key=lambda n: (-findings.scores.get(n, 0.0), plan.entries[n].numbers))
        return [plan.entries[number] for number in numbers]
    entries = [plan.entries[number] for number in numbers]
    return sorted(entries, key=ORDERS[order.removeprefix("-")], reverse=order.startswith("-"))


def wider(question: SearchQuery, plan: Catalogue, within: int | None) -> Iterator[tuple[SearchQuery, str, int]]:
    """For a question that found nothing: questions with one filter less that find something, its name, and how much."""
    for word in question.chosen:
        asked = question.without(word)
        found = len(plan.facets.kept(asked.chosen, within))
        if found:
            yield asked, plan.groups[word].name, found
    if question.q and question.chosen:
        asked = replace(question, q="", page=1)
        found = len(plan.facets.kept(asked.chosen))
        if found:
            yield asked, f"“{question.q}”", found
