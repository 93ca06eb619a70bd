"""The whole plan as a book: cover, colophon, contents, texts, one tree for each axis, every strategy and sheet with its
connections, how it was adopted, what changed, indices; or a part of it. The same state of an edition is the same
bytes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from aumenta.core.process_cache import ProcessCache
from aumenta.people.reader import field_in_language, reader_language
from aumenta.plan.connections import connections
from aumenta.plan.models import Action, ActionPlace, Alignment, Axis, Edition, Framework, Strategy, StrategyAlignment
from aumenta.plan.queries import sheets
from aumenta.printing.book_back import last_pages
from aumenta.printing.book_parts import WHOLE, Part, PartError, part_of
from aumenta.printing.paper import compile_pdf, qr_code
from aumenta.printing.rich_blocks import blocks_of
from aumenta.review.queries import public_releases
from aumenta.ui.caching import public_revision
from aumenta.ui.files import data_file

MOST_CONNECTIONS: Final = 8
_KEPT: Final[ProcessCache[tuple[int, str, Part], bytes]] = ProcessCache.of_the_process(40_000_000, len)
Words = dict[str, str]
Entries = dict[str, list[str]]


@data_file
def book(request: HttpRequest, label: str) -> HttpResponse:
    """The whole plan as a book, or the part that `asse`, `strategia`, `zona`, `comune` and `attore` name: PDF/UA-1 with
    bookmarks, in the page's language."""
    edition = Edition.objects.public().select_related("plan").filter(label=label).first()
    if edition is None:
        raise Http404(_("There is no public edition “%(label)s” of the plan.") % {"label": label})
    try:
        part = part_of(edition, request.GET)
    except PartError as trouble:
        return HttpResponse(str(trouble), status=400, content_type="text/plain; charset=utf-8")
    key = (edition.pk, reader_language(), part)
    content = _KEPT.get(key, lambda: _made(edition, part), public_revision())
    asked = "".join(f"-{name}-{slugify(request.GET[name])}" for name in sorted(request.GET))
    headers = {"Content-Disposition": f'attachment; filename="{edition.plan.slug}-{label}{asked}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _made(edition: Edition, part: Part) -> bytes:
    data = book_of(edition, part)
    codes = [
        (sheet["qr"], sheet["address"])
        for axis in data["axes"]
        for strategy in axis["strategies"]
        for sheet in strategy["sheets"]
    ]
    return compile_pdf("book.typ", data, {name: qr_code(address) for name, address in codes})


def book_of(edition: Edition, part: Part = WHOLE) -> dict[str, Any]:
    """What the template prints: all words ready, each with the language it is written in."""
    found = [one for one in sheets(edition).prefetch_related(Prefetch("places", _places())) if part.has(one)]
    index = _Indices(edition.label)
    axes = [_axis(axis, found, index) for axis in _axes(edition)]
    if part != WHOLE:
        axes = [kept for one in axes if (kept := _with_sheets(one))["strategies"]]
    return {
        "language": reader_language(),
        "title": _said(edition, "title"),
        "plan": _said(edition.plan, "name"),
        "authority": _said(edition.plan, "authority"),
        "years": edition.label,
        "part": part.words,
        "colophon": list(_colophon(edition)),
        "chapters": [
            {"title": _said(one, "title"), "text": _rich(one, "text")}
            for one in edition.chapters.order_by("position")
            if part == WHOLE
        ],
        "axes": axes,
        "connections": _connections(edition),
        "codes": [one.code for one in found],
        "last": last_pages(edition) if part == WHOLE else [],
        "indices": index.sections(),
        "labels": _labels(),
    }


def _said(thing: Any, field: str) -> Words:
    text, language = field_in_language(thing, field, reader_language())
    return {"text": text, "language": language}


def _rich(thing: Any, field: str) -> dict[str, Any]:
    text, language = field_in_language(thing, field, reader_language())
    return {"blocks": blocks_of(text), "language": language}


def _places() -> Any:
    kept = ActionPlace.objects.filter(state=ActionPlace.State.CONFIRMED)
    return kept.select_related("belt", "zone", "municipality").order_by("reach", "zone__number", "pk")


def _axes(edition: Edition) -> list[Axis]:
    aligned = StrategyAlignment.objects.select_related("item__framework").order_by("item__position")
    strategies = Strategy.objects.order_by("number").prefetch_related(Prefetch("alignments", aligned))
    return list(edition.axes.order_by("number").prefetch_related(Prefetch("strategies", strategies)))


def _axis(axis: Axis, found: Sequence[Action], index: "_Indices") -> dict[str, Any]:
    return {
        "number": axis.number,
        "title": _said(axis, "title"),
        "purpose": _rich(axis, "purpose"),
        "introduction": _rich(axis, "introduction"),
        "strategies": [
            {
                "code": f"{axis.number}.{strategy.number}",
                "title": _said(strategy, "title"),
                "purpose": _rich(strategy, "purpose"),
                "introduction": _rich(strategy, "introduction"),
                "aligned": [_item_words(one.item) for one in strategy.alignments.all()],
                "sheets": [_sheet(action, index) for action in found if action.strategy_id == strategy.pk],
            }
            for strategy in axis.strategies.all()
        ],
    }


def _item_words(item: Any) -> str:
    name, _language = field_in_language(item, "name", reader_language())
    return f"{item.code} {name}".strip()


def _sheet(action: Action, index: "_Indices") -> dict[str, Any]:
    code = action.code
    address = reverse("site:action", args=[index.label, code])
    actors = [_said(one.actor, "name")["text"] for one in action.involvements.all()]
    index.note(_("Actors"), actors, code)
    places = [str(one) for one in action.places.all()]
    index.note(_("Places"), places, code)
    by_framework: dict[Framework, list[Alignment]] = defaultdict(list)
    for alignment in action.alignments.all():
        by_framework[alignment.item.framework].append(alignment)
    aligned = []
    for framework, some in by_framework.items():
        name = _said(framework, "name")["text"]
        index.note(name, [_item_words(one.item) for one in some], code)
        aligned.append({"framework": name, "items": [_alignment_words(one) for one in some]})
    return {
        "code": code,
        "title": _said(action, "title"),
        "summary": _said(action, "summary"),
        "for_whom": _rich(action, "for_whom"),
        "description": _rich(action, "description"),
        "examples": [_said(one, "text") for one in action.examples.all()],
        "links": [{"address": one.address, "label": one.label or one.address} for one in action.links.all()],
        "rows": [{"label": one.label, **_said(one, "text")} for one in action.rows.all()],
        "actors": actors,
        "places": places,
        "aligned": aligned,
        "address": f"{settings.PUBLIC_ADDRESS}{address}",
        "qr": f"sheet-{code}.svg",
    }


def _with_sheets(axis: dict[str, Any]) -> dict[str, Any]:
    """An axis of a part of the book: only the strategies that have sheets in it."""
    return axis | {"strategies": [one for one in axis["strategies"] if one["sheets"]]}


def _alignment_words(alignment: Alignment) -> str:
    words = _item_words(alignment.item)
    if alignment.role == Alignment.Role.POSSIBLE_INTEGRATION:
        possible = _("possible integration")
        return f"{words} ({possible})"
    return words


def _connections(edition: Edition) -> dict[str, list[str]]:
    """The codes that each action is connected with, the strongest first; a connection has no direction."""
    plan = connections(edition)
    codes: dict[str, list[str]] = defaultdict(list)
    for tie in plan.ties:
        codes[tie.first].append(tie.second)
        codes[tie.second].append(tie.first)
    return {code: others[:MOST_CONNECTIONS] for code, others in codes.items()}


def _colophon(edition: Edition) -> Iterable[str]:
    unstated, revision = _("not stated by the authority"), _("revision")
    facts = [
        (_("Authority"), _said(edition.plan, "authority")["text"]),
        (_("Source"), edition.source),
        (_("Licence of its texts"), edition.licence or unstated),
        (_("State of the plan"), f"{edition.label}, {revision} {edition.revision}"),
        (_("On this site"), f"{settings.PUBLIC_ADDRESS}{reverse('site:edition', args=[edition.label])}"),
    ]
    for release, day in public_releases(edition)[:1]:
        told = f"{_said(release, 'title')['text']} ({day.isoformat()}) {release.act}".strip()
        facts.append((_("Dated version"), f"{told}, SHA-256 {release.content_hash}"))
    return [f"{name}: {value}" for name, value in facts if value]


class _Indices:
    """What the sheets name, with the codes of the sheets: by subject, then by name."""

    def __init__(self, label: str) -> None:
        self.label = label
        self._found: dict[str, Entries] = defaultdict(lambda: defaultdict(list))

    def note(self, subject: str, names: Iterable[str], code: str) -> None:
        """Note that a sheet names these."""
        for name in dict.fromkeys(names):
            self._found[subject][name].append(code)

    def sections(self) -> list[dict[str, Any]]:
        """Every subject with its names in the order of the alphabet."""
        return [
            {
                "title": _("Index: %(subject)s") % {"subject": subject},
                "entries": [{"name": name, "codes": entries[name]} for name in sorted(entries, key=str.casefold)],
            }
            for subject, entries in self._found.items()
        ]


def _labels() -> Words:
    return {
        "colophon": _("Colophon"),
        "contents": _("Contents"),
        "axis": _("Axis"),
        "tree": _("Strategies and actions of the axis"),
        "for_whom": _("What this means, and for whom"),
        "examples": _("Examples"),
        "actors": _("Actors"),
        "places": _("Places"),
        "connections": _("Connected with"),
        "objectives": _("Objectives of the strategy"),
        "links": _("Links"),
        "page": _("p."),
        "none": _("No sheet is published yet."),
        "nothing": _("No sheet of the plan is in this part."),
        "qr": _("QR code of the page of sheet"),
    }
