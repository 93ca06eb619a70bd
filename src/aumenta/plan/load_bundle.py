"""Loads the plan that Aumenta ships, from tables in the project's own format (see docs/how-to/bundled-plan.md)."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from aumenta.core.extraction import ActionSheet, AlignmentEntry, AxisEntry, PlanDocument, StrategyEntry
from aumenta.core.text import clean_rich_text
from aumenta.plan.import_plan import ImportReport, import_plan
from aumenta.plan.load_frameworks import rows
from aumenta.plan.models import Action, Edition, Plan, Strategy, StrategyContinuation

FOLDER = Path(__file__).parent / "data" / "torino"


@transaction.atomic
def load_bundles(*, folder: Path = FOLDER) -> list[ImportReport]:
    """Load the plan and every edition of a folder of bundled data; returns a report for each edition, oldest first.

    Meant for an installation without editions: it writes over what an edition of the same label says.
    """
    about = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    Plan.objects.get_or_create(slug=about["slug"], defaults={k: v for k, v in about.items() if k != "slug"})
    reports = []
    for path in sorted(folder.glob("plan-*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        label = data["edition"]
        reports.append(import_plan(document=_document(data, folder), label=label))
        _add_words(label, data, folder)
    _load_continuations(folder)
    return reports


def _of(label: str, table: str, folder: Path) -> list[dict[str, str]]:
    return [row for row in rows(folder / table) if row["edition"] == label]


def _document(data: Mapping[str, Any], folder: Path) -> PlanDocument:
    """The bundle's codes and lists, with titles and purposes from the tables beside it."""
    label = data["edition"]
    charter = {entry["code"]: tuple(entry["carta_bologna"]) for entry in data["strategies"]}
    return PlanDocument(
        title=data["title_it"],
        axes=tuple(AxisEntry(int(row["number"]), row["title_it"]) for row in _of(label, "axes.csv", folder)),
        strategies=tuple(
            StrategyEntry(
                code=row["code"],
                axis=int(row["code"].split(".")[0]),
                title=row["title_it"],
                purpose=row["purpose_it"],
                carta_bologna=charter.get(row["code"], ()),
                proposed=row["proposed"] == "true",
            )
            for row in _of(label, "strategies.csv", folder)
        ),
        actions=tuple(
            ActionSheet(
                code=sheet["code"],
                strategy=sheet["code"].rsplit(".", 1)[0],
                title=sheet["title"],
                description="",
                actors=tuple(sheet["actors"]),
                alignments=tuple(AlignmentEntry(**alignment) for alignment in sheet["alignments"]),
                own_instruments=tuple(sheet["own_instruments"]),
                higher_instruments=tuple(sheet["higher_instruments"]),
                links=tuple(sheet.get("links", ())),
            )
            for sheet in data["actions"]
        ),
    )


def _add_words(label: str, data: Mapping[str, Any], folder: Path) -> None:
    """Add what the printed plan has not: summaries, and everything in English."""
    edition = Edition.objects.get(label=label)
    edition.title_it, edition.title_en, edition.source = data["title_it"], data["title_en"], data["source"]
    edition.state = Edition.State.PUBLIC
    fields = ["title_it", "title_en", "source", "state"]
    for row in _of(label, "editions.csv", folder):
        for name in ("standing", "standing_it", "standing_en"):
            setattr(edition, name, row.get(name, ""))
            fields.append(name)
        if row.get("in_force_since"):
            edition.in_force_since = date.fromisoformat(row["in_force_since"])
            fields.append("in_force_since")
    edition.save(update_fields=fields)
    axes = {axis.number: axis for axis in edition.axes.all()}
    for row in _of(label, "axes.csv", folder):
        axis = axes[int(row["number"])]
        axis.title_en = row["title_en"]
        axis.purpose_it, axis.purpose_en = clean_rich_text(row["purpose_it"]), clean_rich_text(row["purpose_en"])
        axis.save()
    strategies = {strategy.code: strategy for strategy in Strategy.objects.of(edition)}
    for row in _of(label, "strategies.csv", folder):
        strategy = strategies[row["code"]]
        strategy.title_en, strategy.purpose_en = row["title_en"], row["purpose_en"]
        strategy.save()
    actions = {action.code: action for action in Action.objects.of(edition)}
    words = ("title_en", "summary_it", "summary_en")
    for row in rows(folder / "summaries.csv") if actions else ():
        for name in words:
            setattr(actions[row["code"]], name, row[name])
    Action.objects.bulk_update(actions.values(), words)


def _load_continuations(folder: Path) -> None:
    """Tie the strategies of the two bundled editions, as proposals that the office has still to confirm."""
    older, newer = Edition.objects.order_by("first_year")[:2]
    before = {strategy.code: strategy for strategy in Strategy.objects.of(older)}
    after = {strategy.code: strategy for strategy in Strategy.objects.of(newer)}
    for row in rows(folder / "continues.csv"):
        StrategyContinuation.objects.get_or_create(
            older=before[row["from_code"]],
            newer=after[row["to_code"]],
            defaults={"kind": row["kind"], "reason_it": row["reason_it"], "reason_en": row["reason_en"]},
        )
