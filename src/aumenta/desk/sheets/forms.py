"""The sheet's form: what is drawn from a content, and the content that is read back from what was posted.

Rows that were not touched keep their short names and printed wording; only a name that was changed is looked up, and a
name nobody knows stays a new name, to be added when the proposal is approved.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import QueryDict

from aumenta.core.text import name_key
from aumenta.plan.models import Actor, ActorAlias, Alignment, Framework, FrameworkItem, ItemAlias
from aumenta.plan.names import item_key
from aumenta.plan.near_names import NearNames
from aumenta.plan.sheet_content import RICH, TEXTS, ActorRow, SheetContent, normal_content
from aumenta.review.field_names import FIELD_LABELS
from aumenta.review.sentences import problem_sentence

EMPTY_ROWS: Final = 2
_ROW: Final = re.compile(r"^(examples|actors|alignments|links|rows)-(\d{1,3})-([a-z_]+)$")


@dataclass(frozen=True)
class TextField:
    """One text in one language."""

    name: str
    label: str
    value: str
    rich: bool
    language: str
    help: str = ""
    longest: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ListField:
    """A list of rows; each row maps the keys of its inputs to their values, `new` marks a name that will be added."""

    name: str
    label: str
    rows: list[dict[str, Any]]
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Choices:
    """What can be picked: actors by name, frameworks with their items."""

    actors: list[str]
    frameworks: list[tuple[str, str]]
    items: list[tuple[str, list[str]]]
    roles: list[tuple[str, Any]]


def item_label(item: FrameworkItem) -> str:
    """An item as it is written and found in the form: «M2C2 Energia rinnovabile»."""
    return f"{item.code} {item.name_it}".strip()


def choices() -> Choices:
    """All names of the pick-lists, in three queries."""
    items: dict[str, list[str]] = {}
    for item in FrameworkItem.objects.select_related("framework").order_by("framework__position", "position", "code"):
        items.setdefault(item.framework.code, []).append(item_label(item))
    return Choices(
        actors=list(Actor.objects.values_list("name_it", flat=True)),
        frameworks=[(f.code, f.name_it) for f in Framework.objects.order_by("position")],
        items=list(items.items()),
        roles=[(role.value, role.label) for role in Alignment.Role],
    )


def text_pairs(content: SheetContent, problems: list[tuple[str, str, str]]) -> list[tuple[TextField, TextField]]:
    """Title, summary, what it means for whom and description, each in Italian and English side by side."""
    pairs = []
    for stem, longest in (("title", 500), ("summary", 300), ("for_whom", 0), ("description", 0)):
        it, en = (_text(f"{stem}_{language}", language, longest, content, problems) for language in ("it", "en"))
        pairs.append((it, en))
    return pairs


def _text(
    name: str, language: str, longest: int, content: Mapping[str, Any], problems: list[tuple[str, str, str]]
) -> TextField:
    return TextField(
        name=name,
        label=str(FIELD_LABELS[name]),
        value=content[name],
        rich=name in RICH,
        language=language,
        longest=longest,
        problems=[problem_sentence(p) for p in problems if p[0] == name],
    )


def list_fields(content: SheetContent, problems: list[tuple[str, str, str]]) -> dict[str, ListField]:
    """The lists with a few empty rows at their end."""
    actors = {a.slug: a.name_it for a in Actor.objects.filter(slug__in=[row["actor"] for row in content["actors"]])}
    slugs = [row["item"] for row in content["alignments"]]
    items = {
        (item.framework.code, item.slug): item_label(item)
        for item in FrameworkItem.objects.filter(slug__in=slugs).select_related("framework")
    }
    near = NearNames()
    rows: dict[str, list[dict[str, Any]]] = {
        "examples": [{**row} for row in content["examples"]],
        "links": [{**row} for row in content["links"]],
        "rows": [{**row} for row in content["rows"]],
        "actors": [
            {**row, "name": actors.get(row["actor"], row["printed"]), **_newness(near, row)}
            for row in content["actors"]
        ],
        "alignments": [
            {**row, "name": items.get((row["framework"], row["item"]), row["printed"])} for row in content["alignments"]
        ],
    }
    return {
        name: ListField(
            name=name,
            label=str(FIELD_LABELS[name]),
            rows=[*rows[name], *({} for _ in range(EMPTY_ROWS))],
            problems=[problem_sentence(p) for p in problems if p[0] == name],
        )
        for name in ("actors", "alignments", "examples", "links", "rows")
    }


def _newness(near: NearNames, row: ActorRow) -> dict[str, Any]:
    """Whether a row brings a new actor, and the one it may have been meant for."""
    return {} if row["actor"] else {"new": True, "near": near.actor(row["printed"])}


def content_from_post(posted: QueryDict) -> SheetContent:
    """The content that was posted, in normal form. One query where no name was changed."""
    content: dict[str, Any] = {name: posted.get(name, "") for name in TEXTS}
    rows: dict[str, dict[int, dict[str, str]]] = {}
    for key, value in posted.items():
        if match := _ROW.match(key):
            rows.setdefault(match[1], {}).setdefault(int(match[2]), {})[match[3]] = str(value)
    ordered = {name: [found[n] for n in sorted(found)] for name, found in rows.items()}
    content["examples"] = ordered.get("examples", [])
    content["links"] = ordered.get("links", [])
    content["rows"] = ordered.get("rows", [])
    content["actors"] = _actor_rows(ordered.get("actors", []))
    content["alignments"] = _alignment_rows(ordered.get("alignments", []))
    return normal_content(content)


def _of_one(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The wordings that mean one thing only; one that means several stays a wording, and is taken apart on approval."""
    meant: dict[str, list[str]] = {}
    for key, slug in pairs:
        meant.setdefault(key, []).append(slug)
    return {key: slugs[0] for key, slugs in meant.items() if len(slugs) == 1}


def _untouched(row: Mapping[str, str], short_name: str) -> bool:
    return bool(row.get(short_name)) and row.get("name", "").strip() == row.get("was", "").strip()


def _actor_rows(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    held = {row["actor"] for row in rows if _untouched(row, "actor")}
    # One that was merged meanwhile is found by its name, which is a wording of the other now.
    gone = held - set(Actor.objects.filter(slug__in=held).values_list("slug", flat=True)) if held else set()
    rows = [{**row, "actor": ""} if row.get("actor") in gone else row for row in rows]
    wanted = {name_key(row.get("name", "")) for row in rows if not _untouched(row, "actor")} - {""}
    known: dict[str, str] = {}
    if wanted:
        known = _of_one(ActorAlias.objects.filter(key__in=wanted).values_list("key", "actor__slug"))
        known |= {name_key(name): slug for name, slug in Actor.objects.values_list("name_it", "slug")}
    content = []
    for row in rows:
        name = row.get("name", "").strip()
        if _untouched(row, "actor"):
            content.append({"actor": row["actor"], "printed": row.get("printed", "")})
        elif name:
            slug = known.get(name_key(name), "")
            content.append({"actor": slug, "printed": "" if slug else name})
    return content


def _alignment_rows(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    changed = [row for row in rows if row.get("name", "").strip() and not _kept_item(row)]
    known: dict[str, str] = {}
    if changed:
        keys = {item_key(row.get("framework", ""), row["name"]) for row in changed}
        known = _of_one(ItemAlias.objects.filter(key__in=keys).values_list("key", "item__slug"))
        for item in FrameworkItem.objects.select_related("framework"):
            for wording in (item.name_it, item.code, item_label(item)):
                if wording:
                    known[item_key(item.framework.code, wording)] = item.slug
    content = []
    for row in rows:
        name, framework = row.get("name", "").strip(), row.get("framework", "")
        common = {"framework": framework, "role": row.get("role", "")}
        if not name:
            continue
        if _kept_item(row):
            content.append({**common, "item": row["item"], "printed": row.get("printed", "")})
        else:
            slug = known.get(item_key(framework, name), "")
            content.append({**common, "item": slug, "printed": "" if slug else name})
    return content


def _kept_item(row: Mapping[str, str]) -> bool:
    return _untouched(row, "item") and row.get("framework") == row.get("framework_was")
