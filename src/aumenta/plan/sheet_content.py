"""A sheet's whole content as plain data: what is proposed, compared, versioned, hashed and exchanged.

Nothing in it depends on the database's keys: actors, frameworks and items are named by their short names, so the same
content read from two databases is equal. A new actor or item that a proposal brings has an empty short name until it
is approved.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final, Literal, TypedDict, cast, get_args

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Model

from aumenta.core.text import clean_rich_text, name_key, plain_text
from aumenta.plan.models import (
    Action,
    ActionQuerySet,
    Actor,
    Alignment,
    Example,
    Framework,
    FrameworkItem,
    Involvement,
    Link,
    SheetRow,
)
from aumenta.plan.near_names import NearNames, means_items

LineName = Literal["title_it", "title_en", "summary_it", "summary_en"]
RichName = Literal["for_whom_it", "for_whom_en", "description_it", "description_en"]
TextName = Literal[LineName, RichName]
ListName = Literal["examples", "actors", "alignments", "links", "rows"]
FieldName = Literal[TextName, ListName]


class ExampleRow(TypedDict):
    """An example of what the action can be."""

    text_it: str
    text_en: str


class ActorRow(TypedDict):
    """Somebody involved: the short name, empty for a new one, and the document's wording where it is another."""

    actor: str
    printed: str


class AlignmentRow(TypedDict):
    """An item of a framework by its short name, empty for a new wording, in the role the sheet gives it."""

    framework: str
    item: str
    role: str
    printed: str


class LinkRow(TypedDict):
    """A page elsewhere."""

    address: str
    label: str


class LabelledRow(TypedDict):
    """A row of the document under a label of its own: targets, times, costs."""

    label: str
    text_it: str
    text_en: str


class SheetContent(TypedDict):
    """All that a sheet says: lines of plain text, rich text, and lists of rows."""

    title_it: str
    title_en: str
    summary_it: str
    summary_en: str
    for_whom_it: str
    for_whom_en: str
    description_it: str
    description_en: str
    examples: list[ExampleRow]
    actors: list[ActorRow]
    alignments: list[AlignmentRow]
    links: list[LinkRow]
    rows: list[LabelledRow]


BETWEEN: Final = "\n"

LINES: Final[tuple[LineName, ...]] = get_args(LineName)
RICH: Final[tuple[RichName, ...]] = get_args(RichName)
TEXTS: Final[tuple[TextName, ...]] = (*LINES, *RICH)
_LATER: Final = frozenset({"for_whom_it", "for_whom_en"})
"""Fields that sheets had no room for at first: while such a field is empty the hash is that of the content without it,
so versions made before keep theirs."""
LISTS: Final[dict[ListName, tuple[str, ...]]] = {
    "examples": tuple(ExampleRow.__annotations__),
    "actors": tuple(ActorRow.__annotations__),
    "alignments": tuple(AlignmentRow.__annotations__),
    "links": tuple(LinkRow.__annotations__),
    "rows": tuple(LabelledRow.__annotations__),
}
"""Each list with the keys of its rows."""
FIELDS: Final[tuple[FieldName, ...]] = (*TEXTS, *LISTS)
# Where each list stands in the database, with the columns its keys are read from.
_ROWS_OF: Final[dict[ListName, tuple[type[Model], tuple[str, ...]]]] = {
    "examples": (Example, ("text_it", "text_en")),
    "actors": (Involvement, ("actor__slug", "printed")),
    "alignments": (Alignment, ("item__framework__code", "item__slug", "role", "printed")),
    "links": (Link, ("address", "label")),
    "rows": (SheetRow, ("label", "text_it", "text_en")),
}
_LONGEST: Final[dict[LineName, int]] = {"title_it": 500, "title_en": 500, "summary_it": 300, "summary_en": 300}
# A new name becomes that of an actor or an item; the wording beside a known one may be as long as documents have them.
_NEW_NAME: Final = 300
_WORDING: Final = 500
_ROWS: Final = 200
# No reader sees them, and neither a spreadsheet nor XML can hold them.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def empty_content() -> SheetContent:
    """A sheet in which nothing is written."""
    return cast("SheetContent", {**dict.fromkeys(TEXTS, ""), **{name: [] for name in LISTS}})


def content_with(content: SheetContent, fields: Mapping[FieldName, Any]) -> SheetContent:
    """`content` with other `fields` in the place of its own."""
    return cast("SheetContent", {**content, **fields})


def normal_content(data: Mapping[str, Any]) -> SheetContent:
    """`data` in its one normal form: known fields only, rich text cleaned, spaces single, empty rows gone.

    For drafts too: nothing is refused but a wrong type, as TypeError.
    """
    fields: dict[FieldName, Any] = {line: _line(data.get(line, "")) for line in LINES}
    fields |= {rich: clean_rich_text(_string(data.get(rich, ""))) for rich in RICH}
    fields |= {name: _normal_rows(name, data.get(name, [])) for name in LISTS}
    content = content_with(empty_content(), fields)
    for row in content["alignments"]:
        row["role"] = row["role"] or Alignment.Role.PRIMARY.value
    return content


def _normal_rows(name: ListName, rows: Any) -> list[dict[str, str]]:
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise TypeError(f"{name} is not a list of rows")
    normal = [{key: _line(row.get(key, "")) for key in LISTS[name]} for row in rows[: _ROWS + 1]]
    return [row for row in normal if any(v for k, v in row.items() if k not in {"role", "framework"})]


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as JSON with sorted keys and no spaces: equal contents, equal hash, on any machine."""
    hashed = {name: value for name, value in content.items() if value or name not in _LATER}
    text = json.dumps(hashed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def content_problems(content: SheetContent) -> list[tuple[str, str, str]]:
    """Why `content` (in normal form) can't be a sheet: (field, code, the words in question), none where it can.

    Codes: required, too_long, too_many, unknown_actor, unknown_framework, unknown_item, wrong_role, wrong_address,
    twice, not_in_list (the wording and, after BETWEEN, the nearest item). Nine queries at most.
    """
    problems = [] if content["title_it"] else [("title_it", "required", "")]
    problems += [(name, "too_long", str(_LONGEST[name])) for name in LINES if len(content[name]) > _LONGEST[name]]
    problems += [(name, "too_many", str(_ROWS)) for name in LISTS if len(content[name]) > _ROWS]
    problems += [("examples", "required", row["text_en"]) for row in content["examples"] if not row["text_it"]]
    problems += _actor_problems(content["actors"])
    problems += _alignment_problems(content["alignments"])
    problems += [p for row in content["links"] for p in _link_problems(row)]
    return problems + [p for row in content["rows"] for p in _row_problems(row)]


def read_contents(actions: ActionQuerySet) -> dict[int, SheetContent]:
    """The content of each of `actions` by its key, in six queries however many they are.

    Plain values instead of objects: an edition of 300 sheets has some four thousand rows, and the objects would cost
    four times what the database takes.
    """
    contents: dict[int, SheetContent] = {}
    for pk, *texts in actions.values_list("pk", *TEXTS):
        contents[pk] = content_with(empty_content(), dict(zip(TEXTS, texts, strict=True)))
    for name, (model, columns) in _ROWS_OF.items():
        keys = LISTS[name]
        rows = model._default_manager.filter(action_id__in=list(contents)).order_by("position", "pk")
        for pk, *values in rows.values_list("action_id", *columns):
            listed: list[Any] = contents[pk][name]
            listed.append(dict(zip(keys, values, strict=True)))
    return contents


def read_content(action: Action) -> SheetContent:
    """The content of one action as the database has it now."""
    return read_contents(Action.objects.filter(pk=action.pk))[action.pk]


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return _CONTROL.sub("", value)


def _line(value: Any) -> str:
    return " ".join(_string(value).split())


def _actor_problems(rows: list[ActorRow]) -> list[tuple[str, str, str]]:
    known = set(Actor.objects.filter(slug__in=[row["actor"] for row in rows]).values_list("slug", flat=True))
    unknown = [row["actor"] for row in rows if row["actor"] and row["actor"] not in known]
    names = [row["actor"] or name_key(row["printed"]) for row in rows]
    problems = [("actors", "unknown_actor", slug) for slug in unknown]
    problems += [
        ("actors", "too_long", str(most)) for row in rows if len(row["printed"]) > (most := _most(row["actor"]))
    ]
    return problems + [("actors", "twice", name) for name in sorted({n for n in names if names.count(n) > 1})]


def _alignment_problems(rows: list[AlignmentRow]) -> list[tuple[str, str, str]]:
    frameworks = set(Framework.objects.values_list("code", flat=True)) if rows else set()
    slugs = {row["item"] for row in rows}
    items = set(FrameworkItem.objects.filter(slug__in=slugs).values_list("framework__code", "slug")) if rows else set()
    typed = [(row["framework"], row["printed"]) for row in rows if not row["item"] and row["framework"] in frameworks]
    met = means_items(typed) if typed else set()
    problems = []
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        key = (row["framework"], row["item"] or name_key(row["printed"]), row["role"])
        if row["framework"] not in frameworks:
            problems.append(("alignments", "unknown_framework", row["framework"]))
        elif row["item"] and (row["framework"], row["item"]) not in items:
            problems.append(("alignments", "unknown_item", row["item"]))
        elif not row["item"] and (row["framework"], row["printed"]) not in met:
            # The lists of frameworks are closed: what is typed never becomes an item of one.
            near = NearNames().item(row["framework"], row["printed"])
            problems.append(
                ("alignments", "not_in_list", f"{row['printed']}{BETWEEN}{near}" if near else row["printed"])
            )
        if row["role"] not in Alignment.Role.values:
            problems.append(("alignments", "wrong_role", row["role"]))
        if len(row["printed"]) > (most := _most(row["item"])):
            problems.append(("alignments", "too_long", str(most)))
        if key in seen:
            problems.append(("alignments", "twice", row["printed"] or row["item"]))
        seen.add(key)
    return problems


def _most(short_name: str) -> int:
    return _WORDING if short_name else _NEW_NAME


def _link_problems(row: LinkRow) -> list[tuple[str, str, str]]:
    longest = Link._meta.get_field("address").max_length or 0
    try:
        URLValidator(schemes=["http", "https"])(row["address"])
    except ValidationError:
        return [("links", "wrong_address", row["address"] or row["label"])]
    return [("links", "too_long", str(longest))] if len(row["address"]) > longest or len(row["label"]) > 300 else []


def _row_problems(row: LabelledRow) -> list[tuple[str, str, str]]:
    if not row["label"] or not row["text_it"]:
        return [("rows", "required", row["label"] or row["text_it"] or row["text_en"])]
    longest = SheetRow._meta.get_field("label").max_length or 0
    return [("rows", "too_long", str(longest))] if len(row["label"]) > longest else []


def plain_field(content: Mapping[str, Any], name: str) -> str:
    """A text field of a content as the words a person reads."""
    return plain_text(content[name]) if name in RICH else str(content[name])
