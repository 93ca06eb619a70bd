"""The chain of an edition: what became of each voice, who asked for each action, and what is left alone."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.chain.as_json import as_json
from aumenta.chain.collect import chain_of
from aumenta.chain.graph import VOICES, Chain, Node
from aumenta.chain.provenance import prov_json
from aumenta.people.reader import in_language
from aumenta.site.chain.addresses import address_on, page_of
from aumenta.site.files.writing import origin_of
from aumenta.site.plan.editions import editions
from aumenta.themes.models import Issue
from aumenta.ui.caching import public_page
from aumenta.ui.files import data_file
from aumenta.ui.parts import KeyFigure
from aumenta.ui.templatetags.words import number as in_words
from aumenta.ui.templatetags.words import quoted
from aumenta.voices.models import Answer

MOST_LINKS: Final = 3
"""Of one kind, beside an action: the pages they lead to have the others."""
MOST_ALONE: Final = 40
KINDS: Final = {
    "point": gettext_lazy("points of contributions"),
    "passage": gettext_lazy("passages of talks and contributions"),
    "observation": gettext_lazy("things said at tables"),
}
ASKED: Final = {
    "answer": gettext_lazy("contributions"),
    "issue": gettext_lazy("issues"),
    "theme": gettext_lazy("themes of the tables"),
    "earlier": gettext_lazy("goes on from"),
}
"""The kinds of evidence beside an action, in their order; what was said stands behind its issue or theme."""


@dataclass(frozen=True)
class Link:
    """A name and where it leads."""

    name: str
    address: str


@dataclass(frozen=True)
class ActionRow:
    """An action, who asked for it by kind of evidence, how many voices stand behind, and what measures it."""

    link: Link
    asked: list[tuple[str, list[Link], int]]
    voices: int
    measured: list[Link]


@public_page
def chain(request: HttpRequest, label: str) -> HttpResponse:
    """From what was said to what is done and back, with what is left alone named."""
    shown = editions(label)
    found = chain_of(shown.shown)
    alone = found.orphans(timezone.localdate())
    voices = list(found.of_kind(*VOICES))
    context = {
        **shown.context,
        "invented": any(node.invented for node in voices),
        "figures": _figures(found, voices, alone),
        "outcomes": _outcomes(found, voices),
        "axes": _by_axis(found),
        "lonely_actions": [_link(node) for node in alone if node.kind == "action"],
        "lonely_voices": [_link(node) for node in alone if node.kind != "action"][:MOST_ALONE],
        "more_voices": max(0, sum(node.kind != "action" for node in alone) - MOST_ALONE),
    }
    return render(request, "site/chain/chain.html", context)


def _figures(found: Chain, voices: list[Node], alone: list[Node]) -> list[KeyFigure]:
    lonely = Counter(node.kind == "action" for node in alone)
    actions = sum(1 for _one in found.of_kind("action"))
    told = [
        (len(voices), _("voices that anybody may read")),
        (len(voices) - lonely[False], _("of which something became, or will by a day")),
        (actions, _("actions")),
        (actions - lonely[True], _("of which somebody asked for, as far as is public")),
    ]
    return [KeyFigure(str(in_words(n)), words) for n, words in told]


def _outcomes(found: Chain, voices: Iterable[Node]) -> list[tuple[str, list[tuple[str, int]]]]:
    """What became of the voices of each kind, most first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for node in voices:
        counts[node.kind][found.outcome(node.key)] += 1
    return [
        (str(words), [(_outcome_words(name), n) for name, n in counts[kind].most_common()])
        for kind, words in KINDS.items()
        if counts[kind]
    ]


def _outcome_words(name: str) -> str:
    own = {
        "grouped": _("heard for a theme or a strategy"),
        "waiting": _("waiting for its answer"),
        "": _("nothing yet"),
    }
    issues = {value: _("issue: %(state)s") % {"state": words} for value, words in Issue.State.choices}
    return str({**issues, **dict(Answer.Outcome.choices), **own}[name])


def _link(node: Node) -> Link:
    name = in_language(node.title_it, node.title_en) or quoted(_cut(node.words, 200), "it")
    code = f"{node.about['code']} " if node.kind in {"action", "earlier"} else ""
    if node.kind == "point":
        name = format_html("{}: {}", name, quoted(_cut(node.words, 160), "it"))
    return Link(format_html("{}{}", code, name), page_of(node))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def _row(found: Chain, action: Node) -> ActionRow:
    evidence = found.evidence(action.key)
    asked = []
    for kind, words in ASKED.items():
        links = [_link(node) for node in evidence if node.kind == kind]
        if links:
            asked.append((str(words), links[:MOST_LINKS], max(0, len(links) - MOST_LINKS)))
    measured = [node for node in found.led_to(action.key) if node.kind == "indicator"]
    voices = sum(node.kind in VOICES for node in evidence)
    return ActionRow(_link(action), asked, voices, [_link(node) for node in measured])


def _by_axis(whole: Chain) -> list[tuple[int, str, list[ActionRow]]]:
    """The actions that somebody asked for or something measures, by axis; the others are named at the end."""
    titles: dict[int, str] = {}
    found: dict[int, list[ActionRow]] = defaultdict(list)
    for node in whole.of_kind("action"):
        row = _row(whole, node)
        if row.asked or row.measured:
            titles[node.about["axis"]] = in_language(node.about["axis_it"], node.about["axis_en"])
            found[node.about["axis"]].append(row)
    return [(number, titles[number], found[number]) for number in sorted(found)]


def _file(content: Mapping[str, Any], name: str) -> HttpResponse:
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="application/json", headers=headers)


@data_file
def chain_json(_request: HttpRequest, label: str) -> HttpResponse:
    """Every action with its evidence and every voice with its outcome; what is left alone is named."""
    shown = editions(label).shown
    content = as_json(chain_of(shown), address_on(), timezone.localdate())
    return _file({**origin_of(shown), **content}, f"catena-{label}.json")


@data_file
def chain_prov(_request: HttpRequest, label: str) -> HttpResponse:
    """The same as W3C PROV-JSON."""
    shown = editions(label).shown
    authority = shown.plan.authority_it
    content = prov_json(chain_of(shown), address_on(), base=settings.PUBLIC_ADDRESS, authority=authority)
    return _file(content, f"catena-{label}.prov.json")
