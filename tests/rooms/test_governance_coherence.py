"""The matrix: what nobody judged is not none, conflicts have somebody who settles them, files come in whole or not."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from aumenta.activity.public_revision import touch
from aumenta.governance.coherence.keep import add_version, import_items, judge, settle
from aumenta.governance.coherence.load_instruments import load_instruments
from aumenta.governance.coherence.make_demo_ties import make_demo_ties
from aumenta.governance.coherence.matrix import matrix, since
from aumenta.governance.models import InstrumentItem, InstrumentVersion, Tie
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, ActionContinuation, Alignment, Edition, FrameworkItem
from aumenta.territory.models import Territory
from tests.cast import a_plan, a_small_plan, somebody
from tests.governance_cast import a_small_territory, an_instrument, chief

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 31)


def actions(edition: Edition) -> list[Action]:
    return list(Action.objects.of(edition).select_related("strategy__axis"))


def items() -> tuple[InstrumentItem, InstrumentItem]:
    first, second = an_instrument().items.order_by("position")
    return first, second


def refused(code: str, attempt: Callable[[], object]) -> None:
    with pytest.raises(RefusedError) as error, transaction.atomic():
        attempt()
    assert error.value.code == code


def test_a_cell_nobody_judged_is_not_none_and_covers_nothing() -> None:
    edition = a_small_plan()
    (one, other), rows = items(), actions(edition)
    judge(person=chief(), action=rows[0], item=one, kind="implements")
    for action in rows:
        judge(person=chief(), action=action, item=other, kind="not_pertinent", reason="Parla d'altro")
    found = matrix(edition, an_instrument())
    assert (found.cells, found.judged, found.not_judged) == (2 * len(rows), len(rows) + 1, len(rows) - 1)
    assert found.uncovered_items == [other], "all its cells are judged, and none covers it"
    assert found.waiting_items == []
    assert found.uncovered_rows == [], "a sheet with an item not yet judged is not said to cover nothing"
    judge(person=chief(), action=rows[1], item=one, kind="not_pertinent", reason="Parla d'altro")
    assert [row.action for row in matrix(edition, an_instrument()).uncovered_rows] == [rows[1]]
    judge(person=chief(), action=rows[1], item=one, kind="")
    assert matrix(edition, an_instrument()).uncovered_rows == []


def test_a_conflict_has_a_reason_who_settles_it_and_a_day_and_is_settled_with_words() -> None:
    edition = a_small_plan()
    action, (one, _other) = actions(edition)[0], items()
    refused("tie_reason_required", lambda: judge(person=chief(), action=action, item=one, kind="conflicts"))
    refused(
        "conflict_needs_owner", lambda: judge(person=chief(), action=action, item=one, kind="conflicts", reason="Tempi")
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(action=action, item=one, kind="conflicts", judged_on=DUE)
    tie = judge(person=chief(), action=action, item=one, kind="conflicts", reason="Tempi", owner="Ufficio", due_on=DUE)
    assert [one.pk for one in matrix(edition, an_instrument()).conflicts] == [tie.pk]
    refused("because_required", lambda: settle(person=chief(), tie=tie, how=" "))
    settle(person=chief(), tie=tie, how="Rivisti i tempi")
    assert matrix(edition, an_instrument()).conflicts == []
    refused("not_in_conflict", lambda: settle(person=chief(), tie=tie, how="Di nuovo"))
    refused("bad_tie", lambda: judge(person=chief(), action=action, item=one, kind="perhaps"))


def test_what_the_sheets_print_is_shown_and_is_no_judgement() -> None:
    edition = a_plan(axes=1, strategies=1, actions=3)
    printed = FrameworkItem.objects.filter(framework__code="own_instrument").first()
    Alignment.objects.filter(item=printed).delete()
    version = add_version(
        person=chief(), territory=a_small_territory(), kind="spatial", name_it="PTGM", label="1", printed_as=printed
    )
    InstrumentItem.objects.create(version=version, code="PTGM", title_it="Intero", level="whole")
    Alignment.objects.create(action=actions(edition)[0], item=printed, position=99)
    found = matrix(edition, version)
    assert (found.printed, found.judged, [row.printed for row in found.rows]) == (1, 0, [True, False, False])


def test_what_an_edition_took_over_changed_and_lost() -> None:
    before = a_plan(axes=1, strategies=1, actions=3)
    after = a_plan(label="2024-2026", axes=1, strategies=1, actions=2)
    assert since(after, an_instrument()) is None
    Edition.objects.filter(pk=after.pk).update(opened_from=before)
    after.refresh_from_db()
    (one, _other), old, new = items(), actions(before), actions(after)
    for older, newer in zip(old, new, strict=False):
        ActionContinuation.objects.create(older=older, newer=newer, kind="same", confirmed=True)
    for action in old:
        judge(person=chief(), action=action, item=one, kind="implements")
    judge(person=chief(), action=new[0], item=one, kind="implements")
    judge(person=chief(), action=new[1], item=one, kind="contributes")
    found = since(after, an_instrument())
    assert (found.inherited, len(found.changed), len(found.lost)) == (1, 1, 1)


def test_an_editor_judges_in_her_axes_and_nobody_else_below_the_office() -> None:
    edition = a_small_plan()
    editor, (one, _other), rows = somebody("editor", axes=(edition.axes.get(number=1),)), items(), actions(edition)
    hers, others = (next(row for row in rows if row.code.startswith(f"{n}.")) for n in (1, 2))
    assert judge(person=editor, action=hers, item=one, kind="implements").judged_by == editor
    for person, action in ((editor, others), (somebody("reader"), hers), (somebody("secretary"), hers)):
        with pytest.raises(NotAllowedError):
            judge(person=person, action=action, item=one, kind="implements")
    with pytest.raises(NotAllowedError):
        add_version(person=editor, territory=a_small_territory(), kind="dup", name_it="X", label="1")
    with pytest.raises(NotAllowedError):
        import_items(person=editor, version=an_instrument(), data=b"codice,titolo\n1,Uno\n")


def test_a_table_of_items_comes_in_whole_or_not_at_all() -> None:
    version = an_instrument()
    good = (
        "codice;titolo;parte di;livello\nS1;Primo;;obiettivo strategico\nS1.1;Dentro;S1;operational\nA;Altro nome;;\n"
    )
    assert import_items(person=chief(), version=version, data=good.encode()) == 3
    kept = {one.code: (one.title_it, one.level, one.parent and one.parent.code) for one in version.items.all()}
    assert kept == {
        "S1": ("Primo", "strategic", None),
        "S1.1": ("Dentro", "operational", "S1"),
        "A": ("Altro nome", "item", None),
        "B": ("Obiettivo B", "item", None),
    }
    for code, text in (
        ("items_columns", "numero,nome\n1,Uno\n"),
        ("item_row", "codice,titolo\nC1,Uno\n,Due\n"),
        ("item_twice", "codice,titolo\nC1,Uno\nC1,Due\n"),
        ("item_parent_unknown", "codice,titolo,parte di\nC1,Uno,Z9\n"),
        ("item_level_unknown", "codice,titolo,livello\nC1,Uno,\nC2,Due,nuvola\n"),
        ("unreadable_table", ""),
    ):
        refused(code, partial(import_items, person=chief(), version=version, data=text.encode()))
    assert version.items.count() == 4


def test_a_version_says_what_is_wrong_with_it() -> None:
    def add(**facts: Any) -> object:
        given: dict[str, Any] = {
            "territory": a_small_territory(),
            "kind": "dup",
            "name_it": "Strumento di prova",
            "label": "1",
        }
        return add_version(person=chief(), **{**given, **facts})

    an_instrument()
    refused("instrument_name_required", lambda: add(name_it=" "))
    refused("version_required", lambda: add(label=" "))
    refused("version_twice", lambda: add(label="2024-2026"))
    refused("horizon_before_start", lambda: add(from_day=date(2026, 1, 1), horizon=2025))


def test_the_desk_page_of_a_sheet_from_three_chairs(client: Client) -> None:
    edition = a_small_plan()
    action, (one, other) = actions(edition)[0], items()
    address = reverse("desk:judged", args=[an_instrument().pk, edition.label, action.code])
    sent = {"seen": "", f"kind-{one.pk}": "conflicts", f"reason-{one.pk}": "Tempi"}
    assert client.post(address, sent).status_code == 302
    client.force_login(somebody("editor"))
    assert client.post(address, sent).status_code == 403
    client.force_login(chief())
    answer = client.post(address, sent | {f"kind-{other.pk}": "implements"})
    assert answer.status_code == 409
    assert "Tempi" in answer.content.decode(), "what was written stays on the page"
    assert not Tie.objects.exists(), "nothing half written"
    whole = sent | {f"owner-{one.pk}": "Ufficio", f"due-{one.pk}": "2026-12-31", f"kind-{other.pk}": "implements"}
    assert client.post(address, whole).status_code == 302
    assert Tie.objects.count() == 2
    assert client.post(address, sent).status_code == 409, "an older page overwrites nothing"
    assert Tie.objects.count() == 2
    tie = Tie.objects.get(kind="conflicts")
    assert client.post(address, {"verb": "settle", "tie": tie.pk, "how": "Rivisti"}).status_code == 302
    assert Tie.objects.get(pk=tie.pk).settled_how == "Rivisti"


def test_the_office_loads_items_from_a_file_at_the_desk(client: Client) -> None:
    client.force_login(chief())
    address = reverse("desk:instrument", args=[an_instrument().pk])
    a_small_plan()
    client.post(address, {"file": SimpleUploadedFile("voci.csv", b"codice,titolo\nN1,Nuovo\n")})
    assert "N1 Nuovo" in client.get(address).content.decode()
    client.post(address, {})
    assert an_instrument().items.count() == 3


def test_the_public_reads_it_and_takes_it_home(client: Client) -> None:
    edition = a_plan(axes=1, strategies=1, actions=2)
    one, _other = items()
    judge(person=chief(), action=actions(edition)[0], item=one, kind="implements", reason="Lo realizza")
    page = client.get(reverse("site:instrument", args=[an_instrument().pk])).content.decode()
    assert "2 azioni pubblicate" in page, "the line of the edition says what is true"
    assert "Lo realizza" in page
    assert "Da valutare" in page
    file = client.get(reverse("site:instrument_file", args=[an_instrument().pk, "csv"])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert [row["tie"] for row in rows] == ["attua", "da valutare", "da valutare", "da valutare"]
    for kind in ("xlsx", "ods"):
        assert client.get(reverse("site:instrument_file", args=[an_instrument().pk, kind])).content.startswith(b"PK")
    assert client.get(reverse("site:instrument_file", args=[an_instrument().pk, "exe"])).status_code == 404
    Edition.objects.update(state="preparation")
    touch()
    page = client.get(reverse("site:instrument", args=[an_instrument().pk])).content.decode()
    assert "Lo realizza" not in page, "an edition in preparation is nobody's"


def test_the_matrix_asks_as_much_for_many_sheets_as_for_few(django_assert_max_num_queries) -> None:
    edition = a_plan(axes=2, strategies=4, actions=60)
    one, other = items()
    for action in actions(edition):
        for item in (one, other):
            Tie.objects.create(action=action, item=item, kind="contributes", judged_on=DUE)
    with django_assert_max_num_queries(6):
        found = matrix(edition, an_instrument())
        assert (found.judged, found.uncovered_items, found.uncovered_rows, found.conflicts) == (120, [], [], [])


def test_what_the_sources_name_is_loaded_and_the_demo_is_marked_as_invented() -> None:
    a_plan(axes=1, strategies=2, actions=5)
    territory = Territory.objects.create(
        code="001",
        slug="torino",
        name="Torino",
        region="Piemonte",
        kind="metropolitan_city",
        centre_longitude=7,
        centre_latitude=45,
        tolerance_m=100,
        boundary_year=2023,
        source="prova",
    )
    assert load_instruments(territory=territory) == 8
    assert load_instruments(territory=territory) == 0
    agenda = InstrumentVersion.objects.get(instrument__slug="agenda")
    assert (agenda.horizon, agenda.whole, [one.code for one in agenda.items.all()]) == (2030, False, ["1.2"])
    goals = InstrumentVersion.objects.get(instrument__slug="agenda-2030")
    levels = Counter(goals.items.values_list("level", flat=True))
    assert (goals.whole, levels) == (True, {"goal": 17, "target": 169})
    assert {one.parent.code for one in goals.items.filter(level="target").select_related("parent")} == {
        str(n) for n in range(1, 18)
    }
    assert all(one.code.startswith(f"{one.parent.code}.") for one in goals.items.filter(level="target"))
    assert make_demo_ties(person=chief(), territory=territory) == 5
    assert make_demo_ties(person=chief(), territory=territory) == 0
    assert set(Tie.objects.values_list("invented", flat=True)) == {True}
    assert set(Tie.objects.values_list("item__version__invented", flat=True)) == {True}
