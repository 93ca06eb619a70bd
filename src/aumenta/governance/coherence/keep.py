"""The verbs of coherence: an instrument, its versions and items; what is judged of a sheet and an item, and settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.tables import TableError, table_read_apart
from aumenta.governance.activity import CONFLICT_SETTLED, INSTRUMENT_CHANGED, TIE_JUDGED
from aumenta.governance.models import Act, Instrument, InstrumentItem, InstrumentVersion, Tie
from aumenta.governance.rules import keeps_all_bodies, may_judge
from aumenta.people.dates import short_day
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.short_names import free_slug
from aumenta.plan.models import Action, FrameworkItem
from aumenta.territory.models import Municipality, Territory

MOST_ITEMS = 2000
HEADINGS = {
    "code": ("codice", "code"),
    "parent": ("parte di", "parent"),
    "level": ("livello", "level"),
    "title_it": ("titolo", "title", "titolo (italiano)"),
    "title_en": ("titolo (inglese)", "title (english)"),
    "led_by": ("capofila", "led by"),
    "municipalities": ("comuni", "municipalities"),
    "source": ("fonte", "source"),
}
"""Columns of a table of items, by the names they may have."""


@transaction.atomic
def add_version(
    *,
    person: User,
    territory: Territory,
    kind: str,
    name_it: str,
    label: str,
    name_en: str = "",
    printed_as: FrameworkItem | None = None,
    act: Act | None = None,
    from_day: date | None = None,
    horizon: int | None = None,
    whole: bool = False,
    source: str = "",
    invented: bool = False,
) -> InstrumentVersion:
    """A version of an instrument; the instrument is made where there is none of that name.

    Raises NotAllowedError; RefusedError «instrument_name_required», «version_required», «version_twice»,
    «horizon_before_start».
    """
    check_permission(keeps_all_bodies(person), "add_version")
    name, words = " ".join(name_it.split()), " ".join(label.split())
    instrument = Instrument.objects.filter(territory=territory, name_it=name).first()
    _refuse_version(instrument, name, words, from_day, horizon)
    instrument = instrument or Instrument.objects.create(
        slug=free_slug(name, Instrument.objects.all(), longest=50, nothing="strumento"),
        territory=territory,
        kind=kind,
        name_it=name,
        name_en=name_en.strip(),
        printed_as=printed_as,
        position=Instrument.objects.count(),
    )
    made = InstrumentVersion.objects.create(
        instrument=instrument,
        label=words,
        act=act,
        from_day=from_day,
        horizon=horizon,
        whole=whole,
        source=source.strip(),
        invented=invented,
    )
    log(code=INSTRUMENT_CHANGED, person=person, about=made, subject=str(made))
    touch()
    return made


def _refuse_version(
    instrument: Instrument | None, name: str, label: str, from_day: date | None, horizon: int | None
) -> None:
    if not name:
        raise RefusedError("instrument_name_required")
    if not label:
        raise RefusedError("version_required")
    if from_day is not None and horizon is not None and horizon < from_day.year:
        raise RefusedError("horizon_before_start", horizon=horizon, day=short_day(from_day))
    if instrument is not None and instrument.versions.filter(label=label).exists():
        raise RefusedError("version_twice", version=label, instrument=instrument)


@dataclass(frozen=True)
class ItemRow:
    """A row of a table of items, as it was read."""

    number: int
    values: Mapping[str, str]


def rows_of(data: bytes) -> list[ItemRow]:
    """The items of a CSV, XLSX or ODS. Raises RefusedError «unreadable_table», «items_columns», «too_many_items»."""
    names = [name for group in HEADINGS.values() for name in group]
    try:
        table = table_read_apart(data, names)
    except TableError as problem:
        raise RefusedError("unreadable_table", finding=problem.finding) from problem
    places = {field: table.place(group) for field, group in HEADINGS.items()}
    if places["code"] is None or places["title_it"] is None:
        raise RefusedError("items_columns", there=", ".join(one[:60] for one in table.header if one) or "–")
    if len(table.rows) > MOST_ITEMS:
        raise RefusedError("too_many_items", most=MOST_ITEMS)
    rows = []
    for row in table.rows:
        cells = {
            field: " ".join(row.cells[place].text.split()) if place is not None and place < len(row.cells) else ""
            for field, place in places.items()
        }
        if any(cells.values()):
            rows.append(ItemRow(row.number, cells))
    return rows


def import_items(*, person: User, version: InstrumentVersion, data: bytes) -> int:
    """Take over the items of a table: those of the same code are put right, others added, none taken away.

    Raises NotAllowedError; RefusedError those of `rows_of`, «item_row» (which row lacks what), «item_twice»,
    «item_parent_unknown», «item_level_unknown», «item_municipality_unknown»; nothing is half written.
    """
    check_permission(keeps_all_bodies(person), "import_items")
    # Read before anything is locked: nobody who writes waits for it.
    return _take_items(person, version, rows_of(data))


@transaction.atomic
def _take_items(person: User, version: InstrumentVersion, rows: Sequence[ItemRow]) -> int:
    InstrumentVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    _refuse_rows(rows, set(version.items.values_list("code", flat=True)))
    there = {one.code: one for one in version.items.all()}
    for place, row in enumerate(rows):
        given = row.values
        item = there.get(given["code"]) or InstrumentItem(version=version, code=given["code"])
        item.title_it, item.title_en = given["title_it"][:400], given["title_en"][:400]
        item.level, item.source, item.position = level_of(given["level"]), given["source"][:300], place
        item.led_by = given["led_by"][:200]
        item.save()
        item.municipalities.set(places_of(given["municipalities"], version.instrument.territory, row.number))
        there[item.code] = item
    for row in rows:
        parent = there.get(row.values["parent"])
        InstrumentItem.objects.filter(pk=there[row.values["code"]].pk).update(parent=parent)
    log(code=INSTRUMENT_CHANGED, person=person, about=version, subject=str(version), detail=str(len(rows)))
    touch()
    return len(rows)


def places_of(written: str, territory: Territory, row: int) -> list[Municipality]:
    """The municipalities a cell names, by name or ISTAT code, divided by semicolons.
    Raises RefusedError «item_municipality_unknown»."""
    named = [one.strip() for one in written.split(";") if one.strip()]
    if not named:
        return []
    here = list(Municipality.objects.filter(territory=territory, valid_to=None))
    known = {one.istat_code: one for one in here} | {one.name.casefold(): one for one in here}
    for name in named:
        if name.casefold() not in known:
            raise RefusedError("item_municipality_unknown", row=row, name=name[:60])
    return [known[name.casefold()] for name in named]


def level_of(written: str) -> str:
    """The level a table writes, by its key or its name in either language; «item» where it writes none.
    Raises RefusedError «item_level_unknown»."""
    wanted = written.strip().casefold()
    if not wanted:
        return InstrumentItem.Level.ITEM
    for key, name in LEVEL_NAMES.items():
        if wanted in name:
            return key
    raise RefusedError("item_level_unknown", level=written[:60], known=", ".join(sorted(LEVEL_NAMES)))


LEVEL_NAMES: Mapping[str, tuple[str, ...]] = {
    "goal": ("goal", "obiettivo di sviluppo sostenibile"),
    "target": ("target", "traguardo"),
    "challenge": ("challenge", "sfida", "mas"),
    "mission": ("mission", "missione"),
    "area": ("area", "area of intervention", "area di intervento"),
    "strategic": ("strategic", "strategic objective", "obiettivo strategico"),
    "operational": ("operational", "operational objective", "obiettivo operativo"),
    "aggregation": ("aggregation", "aggregazione"),
    "whole": ("whole", "intero strumento"),
    "item": ("item", "voce"),
}


def _refuse_rows(rows: Sequence[ItemRow], there: set[str]) -> None:
    codes: dict[str, int] = {}
    for row in rows:
        given = row.values
        if not given["code"] or not given["title_it"] or len(given["code"]) > 30:
            raise RefusedError("item_row", row=row.number)
        if given["code"] in codes:
            raise RefusedError("item_twice", item=given["code"], first=codes[given["code"]], row=row.number)
        codes[given["code"]] = row.number
    for row in rows:
        parent = row.values["parent"]
        if parent and ((parent not in codes and parent not in there) or parent == row.values["code"]):
            raise RefusedError("item_parent_unknown", item=row.values["code"], parent=parent, row=row.number)


@transaction.atomic
def judge(
    *,
    person: User,
    action: Action,
    item: InstrumentItem,
    kind: str,
    reason: str = "",
    owner: str = "",
    due_on: date | None = None,
    invented: bool = False,
) -> Tie | None:
    """Say how a sheet stands to an item; with an empty `kind` it is not yet judged again.

    Raises NotAllowedError; RefusedError «bad_tie», «tie_reason_required», «conflict_needs_owner».
    """
    check_permission(may_judge(person, action), "judge")
    if kind and kind not in Tie.Kind.values:
        raise RefusedError("bad_tie", kind=kind)
    words = reason.strip()
    if kind in (Tie.Kind.CONFLICTS, Tie.Kind.NOT_PERTINENT) and not words:
        raise RefusedError("tie_reason_required", item=item)
    if kind == Tie.Kind.CONFLICTS and not (owner.strip() and due_on):
        raise RefusedError("conflict_needs_owner", item=item)
    Action.objects.select_for_update().get(pk=action.pk)
    there = Tie.objects.filter(action=action, item=item).first()
    log(code=TIE_JUDGED, person=person, about=action, subject=f"{action.code} → {item}", detail=kind or "-")
    touch()
    if not kind:
        Tie.objects.filter(action=action, item=item).delete()
        return None
    made = there or Tie(action=action, item=item)
    conflict = kind == Tie.Kind.CONFLICTS
    made.kind, made.reason, made.invented = kind, words, invented
    made.owner, made.due_on = (owner.strip(), due_on) if conflict else ("", None)
    made.settled_on, made.settled_how = None, ""
    made.judged_on, made.judged_by = timezone.localdate(), person
    made.save()
    return made


@transaction.atomic
def settle(*, person: User, tie: Tie, how: str) -> Tie:
    """A conflict is settled. Raises NotAllowedError; RefusedError «not_in_conflict», «because_required»."""
    check_permission(may_judge(person, tie.action), "settle")
    kept: Tie = Tie.objects.select_for_update(of=("self",)).select_related("action", "item").get(pk=tie.pk)
    if not kept.is_open_conflict:
        raise RefusedError("not_in_conflict")
    if not how.strip():
        raise RefusedError("because_required")
    kept.settled_on, kept.settled_how = timezone.localdate(), how.strip()
    kept.save(update_fields=["settled_on", "settled_how"])
    log(code=CONFLICT_SETTLED, person=person, about=kept, subject=f"{kept.action.code} → {kept.item}")
    touch()
    return kept
