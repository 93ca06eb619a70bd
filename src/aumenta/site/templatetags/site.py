"""`{% load site %}`: marked texts, filters, structured data."""

from collections.abc import Sequence
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aumenta.core.search import Findings, Piece
from aumenta.events.models import Event, Venue
from aumenta.governance.adoption import acts_of
from aumenta.governance.models import Act
from aumenta.pages.models import Page
from aumenta.people.reader import reader_language
from aumenta.plan.find.catalogue import Catalogue, FilterChoice
from aumenta.plan.find.place_filters import PLACE_WORDS
from aumenta.plan.find.search_query import FoundActions, SearchQuery
from aumenta.plan.models import Action, Axis, Edition, Strategy
from aumenta.plan.places import PlaceTie
from aumenta.plan.search.understood import understood
from aumenta.site.files.writing import FORMATS
from aumenta.site.find.search_results import Result, Text, filter_groups
from aumenta.site.frameworks.matrices import Cell, MatrixLine
from aumenta.site.machines import structured as around_the_plan
from aumenta.site.plan import structured_data
from aumenta.site.territory.place_actions import way
from aumenta.territory.models import Municipality, Territory
from aumenta.ui.caching import once_for_state
from aumenta.ui.json_ld import json_ld
from aumenta.ui.parts import FilterGroup

register = template.Library()


@register.inclusion_tag("site/files/formats.html")
def file_formats(route: str, *args: Any) -> dict[str, str]:
    """`{% file_formats "site:actions_file" edition.label %}`: links to a table in every kind of file; the format is the
    last argument of the route."""
    return {name: reverse(route, args=[*args, name]) for name in FORMATS}


@register.simple_tag
def csv_links(address: str, query: str = "") -> SafeString:
    """`{% csv_links address question.query %}`: a table as CSV with commas and as the one for Italian spreadsheets.

    Written here and not in a template, whose last line would put a space before the sign that follows."""
    asked = query.removeprefix("?")
    return format_html(
        '<a href="{0}{1}">CSV</a>, <a href="{0}?{2}separatore=punto-e-virgola">{3}</a>',
        address,
        f"?{asked}" if asked else "",
        f"{asked}&" if asked else "",
        _("CSV for Italian Excel"),
    )


@register.simple_tag
def adopted_by(edition: Edition) -> list[Act]:
    """`{% adopted_by edition as acts %}`: the acts that adopted or updated an edition."""
    return once_for_state(f"acts of {edition.pk}", lambda: acts_of(edition))


@register.simple_tag
def pieces(shown: list[Piece]) -> SafeString:
    """A text with the words found in <mark>."""
    parts = [f"<mark>{escape(piece.text)}</mark>" if piece.found else escape(piece.text) for piece in shown]
    return SafeString("".join(parts))


@register.simple_tag
def marked(text: Text) -> SafeString:
    """A text with the words found in <mark>, and its language where that is not the page's."""
    shown = pieces(text.pieces)
    return format_html('<span lang="{}">{}</span>', text.language, shown) if text.foreign else shown


@register.simple_tag
def choice_words(choice: FilterChoice, code: bool = True) -> SafeString:
    """An actor's or item's code and name, the same wherever it is named; the code stands apart from the name."""
    language = reader_language()
    name = getattr(choice, f"name_{language}")
    shown = format_html("{}", name) if name else format_html('<span lang="it">{}</span>', choice.name_it)
    return format_html('<span class="code">{}</span> {}', choice.code, shown) if choice.code and code else shown


@register.simple_tag
def filters(plan: Catalogue, question: SearchQuery, found: FoundActions) -> dict[str, list[FilterGroup]]:
    """The filters with something to choose, each value with the number of actions it would leave; those by place
    apart."""
    groups = filter_groups(plan, question, found)
    return {
        "places": [group for group in groups if group.name in PLACE_WORDS],
        "others": [group for group in groups if group.name not in PLACE_WORDS],
    }


@register.inclusion_tag("site/find/municipality_filter.html")
def municipality_filter(group: FilterGroup, plan: Catalogue, found: FoundActions) -> dict[str, Any]:
    """The chosen municipalities as boxes and the others in a list to type in: hundreds of boxes are no choice."""
    counts, chosen = found.counts[group.name], {option.value for option in group.options}
    # The codes are six figures; the choices stand in the order of their names.
    options = [
        f'<option value="{code}">{escape(choice.name_it)} ({counts[code]})</option>'
        for code, choice in plan.groups[group.name].choices.items()
        if counts.get(code) and code not in chosen
    ]
    return {"chosen": group, "options": SafeString("".join(options))}


@register.simple_tag
def tie_way(tie: PlaceTie) -> str:
    """By what a tie reaches a place, in words."""
    return way(tie)


@register.simple_tag
def structured(thing: Any, edition: Edition) -> SafeString:
    """The page's subject for search engines, as a block of JSON-LD; nothing in it can end the block."""
    language = reader_language()
    if isinstance(thing, Edition):
        data = structured_data.of_site(thing, language)
    else:
        makers: dict[type, Any] = {
            Axis: structured_data.of_axis,
            Strategy: structured_data.of_strategy,
            Action: structured_data.of_action,
        }
        data = makers[type(thing)](thing, edition, language)
    return json_ld(data)


@register.simple_tag
def structured_event(event: Event, places: Sequence[tuple[Venue, Sequence[Any]]]) -> SafeString:
    """`{% structured_event event places %}`: an event with its venues, as JSON-LD."""
    return json_ld(around_the_plan.of_event(event, [venue for venue, _zones in places], reader_language()))


@register.simple_tag
def structured_news(page: Page) -> SafeString:
    """`{% structured_news page %}`: a piece of news as JSON-LD."""
    return json_ld(around_the_plan.of_news(page, reader_language()))


@register.simple_tag
def structured_municipality(municipality: Municipality, territory: Territory) -> SafeString:
    """`{% structured_municipality municipality shown.territory %}`: a municipality as JSON-LD."""
    return json_ld(around_the_plan.of_municipality(municipality, territory))


@register.simple_tag
def structured_datasets(editions: Sequence[Edition]) -> SafeString:
    """`{% structured_datasets editions.public %}`: the files of the editions as JSON-LD."""
    return json_ld(around_the_plan.of_datasets(editions, reader_language()))


@register.simple_tag
def understood_words(findings: Findings, plan: Catalogue) -> list[str]:
    """What was made of the question, in sentences."""
    return understood(findings, plan.search.things) if findings.reading.concepts or findings.reading.places else []


@register.simple_tag
def table_rows(found: list[Result], find: str) -> SafeString:
    """The rows of the table of actions. Written here and not in a template, for speed: there are over a hundred."""
    code, strategy, actors, alignments = _("Code"), _("Strategy"), _("Actors"), _("Alignments")
    strategies = {one.strategy.value: choice_words(one.strategy) for one in found}
    # Codes are digits and dots, and `find` is an address of ours: only texts need escaping, and these come escaped.
    rows = [
        f'<tr><td data-label="{escape(code)}"><span class="code">{one.entry.code}</span></td>'
        f'<th scope="row"><a href="{find}{one.entry.code}/">{marked(one.title)}</a></th>'
        f'<td data-label="{escape(strategy)}">{strategies[one.strategy.value]}</td>'
        f'<td class="figure" data-label="{escape(actors)}">{len(one.entry.actors)}</td>'
        f'<td class="figure" data-label="{escape(alignments)}">{len(one.entry.alignments)}</td></tr>'
        for one in found
    ]
    return SafeString("\n".join(rows))


@register.simple_tag
def matrix_cells(line: MatrixLine, find: str) -> SafeString:
    """The cells of an item's line. Written here and not in a template: a large matrix has thousands."""
    alone, many = escape(_("action")), escape(_("actions"))

    def cell(one: Cell) -> str:
        counted = alone if one.count == 1 else many
        return (
            f'<td class="shade-{one.shade}"><a href="{find}{escape(one.query)}"><span class="column-code">'
            f'{one.column.code}</span>{one.count}<span class="visually-hidden"> {counted}</span></a></td>'
        )

    return SafeString("".join("<td></td>" if one is None else cell(one) for one in line.cells))
