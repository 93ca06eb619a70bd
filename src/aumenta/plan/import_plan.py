"""Writes a plan document into an edition: all of it or nothing, and nothing at all where nothing is new."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from rapidfuzz import fuzz

from aumenta.core.extraction import ActionSheet, PlanDocument
from aumenta.core.text import clean_rich_text, name_key, slug
from aumenta.core.text.years import years_of_label
from aumenta.people.refusals import RefusedError
from aumenta.plan.changed import changed
from aumenta.plan.load_frameworks import load_frameworks
from aumenta.plan.models import (
    Action,
    Alignment,
    Axis,
    Chapter,
    Edition,
    Example,
    Framework,
    Involvement,
    Link,
    Plan,
    SheetRow,
    Strategy,
    StrategyAlignment,
)
from aumenta.plan.names import Names

# Two titles of one strategy differ by a word or a sign; titles of two different strategies are far below.
SAME_TITLE = 75

Row = TypeVar("Row", Axis, Strategy, Action)


@dataclass
class ImportReport:
    """What an import did: codes of what is new, of what changed, of what a mere proposal had more and of what stays
    although the document has it not; names that no alias knew; the title that gave way to the one asked for."""

    edition: str
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    title_before: str = ""
    unknown_names: list[tuple[str, str]] = field(default_factory=list)

    @property
    def nothing_new(self) -> bool:
        """Whether the database was already as the document says."""
        return not (self.added or self.changed or self.removed)


@transaction.atomic
def import_plan(
    *, document: PlanDocument, label: str, keep: Iterable[str] = (), in_preparation: bool = False
) -> ImportReport:
    """Write `document` into the edition `label`, which is made where there is none.

    The first edition of all is public at once, unless it is to be made `in_preparation`; a later one is in preparation
    until the office publishes it.

    What the document leaves empty stays as it is; sheets whose codes are in `keep` are not touched (they were changed
    since by the office). Refused before anything is written. For the console and for setting up:
    who may run it is whoever may run commands on the server.
    """
    if years_of_label(label) is None:
        raise RefusedError("not_an_edition", label=label)
    if not document.strategies:
        raise RefusedError("no_strategies", title=document.title)
    printed = printed_years(document.title)
    if printed not in ("", label):
        raise RefusedError("other_years", label=label, printed=printed, title=document.title)
    _refuse_too_long(document)
    edition = Edition.objects.filter(label=label).first()
    if edition is None:
        _refuse_known_plan(document, label)
    if edition:
        _refuse_other_edition(document, edition)
    load_frameworks()
    _refuse_unknown_frameworks(document)
    report = ImportReport(label)
    importer = _Importer(edition or _new_edition(document, label, in_preparation), Names(), report)
    importer.write(document, frozenset(keep))
    report.unknown_names = importer.names.added
    if not report.nothing_new:
        changed(Edition.objects.filter(label=label))
    return report


def _refuse_other_edition(document: PlanDocument, edition: Edition) -> None:
    """Raise where most strategies that the document shares with this edition have another title in it."""
    ours = {s.code: s.title_it for s in Strategy.objects.of(edition)}
    shared = [s for s in document.strategies if s.code in ours and s.title]
    alike = [s for s in shared if fuzz.ratio(name_key(s.title), name_key(ours[s.code])) >= SAME_TITLE]
    # A page of another axis shares no code with what is there: it adds to the edition.
    if shared and len(alike) * 2 <= len(shared):
        raise RefusedError(
            "wrong_edition", label=edition.label, alike=len(alike), found=len(document.strategies), title=document.title
        )


def _refuse_unknown_frameworks(document: PlanDocument) -> None:
    """Raise where the document aligns an action to a framework that no table describes."""
    known = set(Framework.objects.values_list("code", flat=True))
    for sheet in document.actions:
        for entry in sheet.alignments:
            if entry.framework not in known:
                raise RefusedError("unknown_framework", framework=entry.framework, sheet=sheet.code)


def _refuse_too_long(document: PlanDocument) -> None:
    """Raise where a title or a name is longer than there is room for: it is a paragraph that was read as a title."""
    wordings: list[tuple[str, str, type[Model], str]] = [("", document.title, Edition, "title_it")]
    wordings += [(str(axis.number), axis.title, Axis, "title_it") for axis in document.axes]
    wordings += [("", chapter.title, Chapter, "title_it") for chapter in document.chapters]
    wordings += [(entry.code, entry.title, Strategy, "title_it") for entry in document.strategies]
    for sheet in document.actions:
        wordings.append((sheet.code, sheet.title, Action, "title_it"))
        wordings += [(sheet.code, row.label, SheetRow, "label") for row in sheet.rows]
        wordings += [(sheet.code, actor, Involvement, "printed") for actor in sheet.actors]
        wordings += [(sheet.code, entry.code, Alignment, "printed") for entry in sheet.alignments]
        wordings += [(sheet.code, text, Alignment, "printed") for text in sheet.own_instruments]
        wordings += [(sheet.code, text, Alignment, "printed") for text in sheet.higher_instruments]
        wordings += [(sheet.code, text, Example, "text_it") for text in sheet.examples]
        wordings += [(sheet.code, text, Link, "address") for text in sheet.links]
    for code, text, model, field_name in wordings:
        longest = getattr(model._meta.get_field(field_name), "max_length", None)
        if longest and len(text) > longest:
            raise RefusedError("too_long", sheet=code or document.title[:20], longest=longest, text=text[:60])


def printed_years(title: str) -> str:
    """The years that a document's own title names, as a label; "" where it names none."""
    years = re.search(r"\b(20\d\d)\s*[-–/ ]\s*(20\d\d)\b", title)
    return f"{years[1]}-{years[2]}" if years else ""


def _refuse_known_plan(document: PlanDocument, label: str) -> None:
    """Raise where nearly all strategies stand in another edition already: the next edition changes some."""
    titles = {name_key(strategy.title) for strategy in document.strategies}
    for other in Edition.objects.order_by("-first_year"):
        known = {name_key(s.title_it) for s in Strategy.objects.of(other)}
        # A single axis may well be the same in two editions; a whole plan is not.
        if known and len(titles & known) >= 0.9 * max(len(titles), len(known)):
            raise RefusedError("known_plan", label=label, other=other.label)


def _new_edition(document: PlanDocument, label: str, in_preparation: bool) -> Edition:
    title = document.title or label
    plan = Plan.objects.order_by("pk").first()
    if plan is None:
        plan = Plan.objects.create(slug=slug(title, longest=50), name_it=title, authority_it="")
    first_year, last_year = label.split("-")
    public = not (in_preparation or Edition.objects.exists())
    return Edition.objects.create(
        plan=plan,
        label=label,
        title_it=title,
        first_year=int(first_year),
        last_year=int(last_year),
        state=Edition.State.PUBLIC if public else Edition.State.PREPARATION,
    )


def paragraphs(text: str) -> str:
    """Plain text as our rich text: a paragraph for each block between empty lines."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text)]
    return "".join(f"<p>{html.escape(block, quote=False)}</p>" for block in blocks if block)


def _used_elsewhere(strategy: Strategy) -> bool:
    """Whether another room holds something of it, such as an event that discusses it."""
    ties = [tie for tie in Strategy._meta.related_objects if tie.related_model._meta.app_label != "plan"]
    return any(tie.related_model._default_manager.filter(**{tie.field.name: strategy}).exists() for tie in ties)


def _purpose(text: str) -> str:
    """A purpose as pages show it: with our tags alone, whatever stood in the document."""
    return clean_rich_text(text) if "<" in text or "&" in text else text


class _Importer:
    """Writes one document into one edition, remembering what is there already."""

    def __init__(self, edition: Edition, names: Names, report: ImportReport) -> None:
        self.edition = edition
        self.names = names
        self.report = report
        self.axes = {axis.number: axis for axis in edition.axes.all()}
        self.strategies = {s.code: s for s in Strategy.objects.of(edition).prefetch_related("alignments")}
        sheets = Action.objects.of(edition).prefetch_related("involvements", "alignments", "examples", "links", "rows")
        self.actions = {a.code: a for a in sheets}

    def write(self, document: PlanDocument, keep: frozenset[str]) -> None:
        for axis in document.axes:
            self.axes[axis.number] = self._save(
                self.axes.get(axis.number) or Axis(edition=self.edition, number=axis.number),
                str(axis.number),
                title_it=axis.title,
                purpose_it=_purpose(axis.purpose),
            )
        for entry in document.strategies:
            strategy = self.strategies.get(entry.code) or Strategy(
                axis=self.axes[entry.axis], number=int(entry.code.split(".")[1])
            )
            values = {"title_it": entry.title, "purpose_it": _purpose(entry.purpose), "proposed": entry.proposed}
            self.strategies[entry.code] = self._save(strategy, entry.code, **values)
            items = [i.pk for number in entry.carta_bologna for i in self.names.items("carta_bologna", str(number))]
            held = [alignment.item_id for alignment in strategy.alignments.all()]
            if items and sorted(items) != sorted(held):
                strategy.alignments.all().delete()
                StrategyAlignment.objects.bulk_create(
                    StrategyAlignment(strategy=strategy, item_id=item) for item in dict.fromkeys(items)
                )
                self._changed(entry.code)
        self._replace_proposal(document)
        self._write_chapters(document)
        for sheet in document.actions:
            if sheet.code in keep:
                self.report.kept.append(sheet.code)
            else:
                self._write_sheet(sheet)
        self.report.absent = self._absent(document)

    def _absent(self, document: PlanDocument) -> list[str]:
        """What the edition has and the document has not: axes, strategies of the axes it has, actions of the strategies
        it has any of."""
        axes = {entry.axis for entry in document.strategies} | {axis.number for axis in document.axes}
        strategies = {entry.code for entry in document.strategies}
        actions, with_actions = {sheet.code for sheet in document.actions}, {s.strategy for s in document.actions}
        found = [str(number) for number in self.axes if number not in axes]
        found += [code for code, one in self.strategies.items() if one.axis.number in axes and code not in strategies]
        found += [code for code in self.actions if code.rpartition(".")[0] in with_actions and code not in actions]
        return sorted(found, key=lambda code: [int(part) for part in code.split(".")])

    def _replace_proposal(self, document: PlanDocument) -> None:
        """A proposal without actions gives way to the plan that was adopted: strategies that it no longer has go.

        What the edition is stays the office's word; only the word that it is a proposal goes, with its last axis.
        """
        if self.edition.standing != Edition.Standing.PROPOSAL or self.actions or not document.actions:
            return
        kept = {entry.code for entry in document.strategies}
        axes = {entry.axis for entry in document.strategies}
        for code, strategy in list(self.strategies.items()):
            if code not in kept and strategy.axis.number in axes and not _used_elsewhere(strategy):
                strategy.delete()
                del self.strategies[code]
                self.report.removed.append(code)
        if axes >= set(self.axes):
            self.edition.standing = self.edition.standing_it = self.edition.standing_en = ""
            self.edition.save(update_fields=["standing", "standing_it", "standing_en"])
            self._changed(self.edition.label)

    def _write_chapters(self, document: PlanDocument) -> None:
        """The texts outside axes and sheets, all anew where one of them is not as the document says."""
        rows = [
            {"kind": each.kind, "title_it": each.title, "text_it": paragraphs(each.text)} for each in document.chapters
        ]
        held = list(self.edition.chapters.all())
        same = [{name: getattr(chapter, name) for name in ("kind", "title_it", "text_it")} for chapter in held] == rows
        if rows and not same:
            self.edition.chapters.all().delete()
            Chapter.objects.bulk_create(
                Chapter(edition=self.edition, position=position, **row) for position, row in enumerate(rows, start=1)
            )
            self._changed(self.edition.label)

    def _write_sheet(self, sheet: ActionSheet) -> None:
        action = self.actions.get(sheet.code) or Action(
            strategy=self.strategies[sheet.strategy], number=int(sheet.code.split(".")[2])
        )
        values: dict[str, object] = {"title_it": sheet.title, "description_it": paragraphs(sheet.description)}
        values["printed_code"] = sheet.printed_code
        if sheet.title_proposed and action.pk and not action.title_proposed:
            del values["title_it"]  # it has a title that somebody has written: ours is only a proposal
        else:
            values["title_proposed"] = sheet.title_proposed
        self._save(action, sheet.code, **values)
        self._write_rows(action, sheet.code, "involvements", Involvement, self._involvements(sheet))
        self._write_rows(action, sheet.code, "alignments", Alignment, self._alignments(sheet))
        self._write_rows(action, sheet.code, "examples", Example, [{"text_it": text} for text in sheet.examples])
        rows: list[dict[str, object]] = [{"label": row.label, "text_it": row.text} for row in sheet.rows]
        self._write_rows(action, sheet.code, "rows", SheetRow, rows)
        self._write_rows(action, sheet.code, "links", Link, [{"address": address} for address in sheet.links])

    def _involvements(self, sheet: ActionSheet) -> list[dict[str, object]]:
        chosen: dict[int, str] = {}
        for printed in sheet.actors:
            for actor in self.names.actors(printed):
                chosen.setdefault(actor.pk, printed)
        return [{"actor_id": actor, "printed": printed} for actor, printed in chosen.items()]

    def _alignments(self, sheet: ActionSheet) -> list[dict[str, object]]:
        printed = [(entry.framework, entry.code, entry.role) for entry in sheet.alignments]
        printed += [("own_instrument", wording, "primary") for wording in sheet.own_instruments]
        printed += [("higher_instrument", wording, "primary") for wording in sheet.higher_instruments]
        rows: dict[tuple[int, str], dict[str, object]] = {}
        for framework, wording, role in printed:
            for item in self.names.items(framework, wording):
                rows.setdefault((item.pk, role), {"item_id": item.pk, "role": role, "printed": wording})
        return list(rows.values())

    def _write_rows(
        self,
        action: Action,
        code: str,
        name: str,
        model: type[Any],
        rows: list[dict[str, object]],
    ) -> None:
        """Replace the rows of a sheet where the document has some and they are not the ones already there."""
        held = list(getattr(action, name).all())
        same = len(held) == len(rows) and all(
            getattr(mine, column) == value
            for mine, row in zip(held, rows, strict=True)
            for column, value in row.items()
        )
        if rows and not same:
            getattr(action, name).all().delete()
            model._default_manager.bulk_create(
                model(action=action, position=position, **row) for position, row in enumerate(rows, start=1)
            )
            self._changed(code)

    def _save(self, row: Row, code: str, **values: object) -> Row:
        """Save a row if it is new or if a value that the document gives differs from its own."""
        different = {name: value for name, value in values.items() if value != "" and getattr(row, name) != value}
        if row.pk is None or different:
            (self._changed if row.pk else self.report.added.append)(code)
            for name, value in different.items():
                setattr(row, name, value)
            row.save()
        return row

    def _changed(self, code: str) -> None:
        if code not in self.report.added and code not in self.report.changed:
            self.report.changed.append(code)
