"""The grid of coherence: six states each with its mark, what nobody judged never shown as none, on pages and in files;
what the computer proposes stands apart; many cells judged at once, all or none."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aumenta.core.synthesis.encoders import HashedStems
from aumenta.core.synthesis.suggest import PlanIndex, Reference
from aumenta.core.tables import read_table
from aumenta.governance.coherence import propose
from aumenta.governance.coherence.grid import MARKS, MOST_COLUMNS, MOST_SHEETS, grid
from aumenta.governance.coherence.judge_cells import Marked, judge_cells
from aumenta.governance.coherence.keep import import_items, judge
from aumenta.governance.coherence.matrix import matrix
from aumenta.governance.models import InstrumentItem, Tie, TieProposal
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition
from tests.cast import a_plan, a_small_plan, somebody
from tests.governance_cast import a_seat, an_instrument, chief

pytestmark = pytest.mark.django_db
STATES = ("", *Tie.Kind.values)


def actions(edition: Edition) -> list[Action]:
    return list(Action.objects.of(edition).select_related("strategy__axis"))


def items() -> list[InstrumentItem]:
    return list(an_instrument().items.order_by("position"))


def a_judged_edition() -> Edition:
    """Six sheets, in the column of the first item one of each state; nothing is judged of the second."""
    edition = a_plan(axes=1, strategies=1, actions=len(STATES))
    for action, kind in zip(actions(edition), STATES, strict=True):
        if kind:
            facts: dict[str, Any] = {"owner": "Ufficio", "due_on": "2026-12-31"} if kind == "conflicts" else {}
            tie = Tie(action=action, item=items()[0], kind=kind, reason="Prova", judged_on="2026-01-01", **facts)
            tie.save()
    return edition


def test_each_of_the_six_states_has_a_mark_of_its_own_and_none_is_empty() -> None:
    assert set(MARKS) == set(STATES)
    assert len(set(MARKS.values())) == len(STATES)
    assert all(mark.strip() and mark not in "–-" for mark in MARKS.values()), "an empty cell reads as none"


@pytest.mark.parametrize("door", ["site", "desk"])
def test_the_page_shows_every_state_in_words_and_as_a_mark(door: str, client: Client) -> None:
    a_judged_edition()
    client.force_login(chief())
    page = client.get(reverse(f"{door}:instrument", args=[an_instrument().pk]), headers={"accept-language": "it"})
    body = page.content.decode().split("<tbody>", 1)[1]
    cells = [part.split("</td>")[0] for part in body.split('<td class="tie-mark')[1:]]
    assert len(cells) == 2 * len(STATES)
    for state, cell in zip(STATES, cells[::2], strict=True):
        assert MARKS[state] in cell, state
        assert (f"tie-{state}" in cell.split(">")[0]) == bool(state)
    assert all(MARKS[""] in cell and "da valutare" in cell for cell in cells[1::2])


@pytest.mark.parametrize("door", ["site", "desk"])
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_grid_in_a_file_has_no_empty_cell(door: str, kind: str, client: Client) -> None:
    edition = a_judged_edition()
    client.force_login(chief())
    name, args = ("instrument_file", ()) if door == "site" else ("matrix_of_instrument", (edition.label,))
    content = client.get(reverse(f"{door}:{name}", args=[an_instrument().pk, *args, kind])).content
    table = read_table(content, ["codice", "scheda", "A Obiettivo A", "B Obiettivo B"])
    assert len(table.rows) == len(STATES)
    for row in table.rows:
        assert all(cell.text.strip() for cell in row.cells), "what nobody judged is said in words"
    assert {row.cells[3].text for row in table.rows} == {table.rows[0].cells[2].text} == {"da valutare"}
    assert len({row.cells[2].text for row in table.rows}) == len(STATES)


def test_a_large_grid_shows_one_axis_and_thirty_columns_and_says_so() -> None:
    edition = a_plan(axes=2, strategies=2, actions=60)
    version = an_instrument()
    InstrumentItem.objects.bulk_create(
        InstrumentItem(version=version, code=f"C{n}", title_it=f"Voce {n}", position=10 + n) for n in range(68)
    )
    found = matrix(edition, version)
    assert len(found.rows) > MOST_SHEETS
    shown = grid(found)
    assert shown.axis == shown.axes[0]
    assert (len(shown.items), len(shown.parts)) == (MOST_COLUMNS, 3)
    assert len(grid(found, axis="tutti").lines) == 60
    last = grid(found, axis="2", part="3")
    assert (len(last.items), last.axis) == (10, shown.axes[1])
    assert {line.row.action.strategy.axis for line in last.lines} == {shown.axes[1]}
    for odd in ("", "0", "99", "²", "9" * 50, "x"):
        assert grid(found, axis=odd, part=odd).part == 1
    codes = [cell.item.code for part in "123" for cell in grid(found, axis="1", part=part).lines[0].cells]
    assert codes == [item.code for item in found.items], "every item is in one part"


def test_what_the_computer_proposes_is_never_counted_and_goes_where_somebody_judges(client: Client) -> None:
    edition = a_small_plan()
    rows, (one, other), version = actions(edition), items(), an_instrument()
    before = matrix(edition, version)
    TieProposal.objects.create(action=rows[0], item=one, found_words="acqua", found_on="2026-01-01")
    TieProposal.objects.create(action=rows[1], item=other, found_words="bosco", found_on="2026-01-01")
    after = matrix(edition, version)
    for name in ("judged", "not_judged", "totals", "printed", "uncovered_rows", "uncovered_items", "conflicts"):
        assert getattr(after, name) == getattr(before, name), name
    assert [item.pk for item in after.waiting_items] == [item.pk for item in before.waiting_items]
    assert grid(after).proposed == 0, "the public grid knows nothing of them"
    assert grid(after, with_proposals=True).proposed == 2
    client.force_login(chief())
    address = reverse("desk:instrument", args=[version.pk])
    assert client.get(address).content.decode().count("tie-proposed") == 3, "two cells and the legend"
    assert (
        "acqua" in client.get(reverse("desk:judged", args=[version.pk, edition.label, rows[0].code])).content.decode()
    )
    public = client.get(reverse("site:instrument", args=[version.pk])).content.decode()
    assert "tie-proposed" not in public
    judge(person=chief(), action=rows[0], item=one, kind="implements")
    assert grid(matrix(edition, version), with_proposals=True).proposed == 1


@pytest.fixture
def read_plan(monkeypatch: pytest.MonkeyPatch) -> Callable[[Edition], None]:
    """The sheets of an edition made ready, read by the encoder of these tests."""

    def ready(edition: Edition) -> None:
        texts = [Reference(one.code, one.code, f"{one.title_it} {one.summary_it}") for one in actions(edition)]
        plan = PlanIndex(texts, HashedStems())
        monkeypatch.setattr(propose, "actions_plan_soon", lambda _edition: plan)

    return ready


def test_ties_are_proposed_from_the_words_three_at_most_and_again_without_doubling(
    read_plan: Callable[[Edition], None],
) -> None:
    edition, version = a_plan(axes=2, strategies=2, actions=12), an_instrument()
    first = actions(edition)[0]
    Action.objects.filter(pk=first.pk).update(title_it="Ciclabile lungo il fiume con ponti e passerelle")
    InstrumentItem.objects.filter(pk=items()[0].pk).update(title_it="Ciclabile lungo il fiume con ponti e passerelle")
    read_plan(edition)
    n = propose.propose_ties(person=chief(), edition=edition, version=version)
    assert n == TieProposal.objects.count()
    assert TieProposal.objects.filter(action=first, item=items()[0]).exists()
    for item in items():
        assert item.tie_proposals.count() <= propose.MOST
    assert propose.propose_ties(person=chief(), edition=edition, version=version) == n == TieProposal.objects.count()
    assert not Tie.objects.exists()
    with pytest.raises(NotAllowedError):
        propose.propose_ties(person=somebody("reader"), edition=edition, version=version)


def test_nothing_is_proposed_without_words_or_while_the_plan_is_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    edition, version = a_small_plan(), an_instrument()
    monkeypatch.setattr(propose, "actions_plan_soon", lambda _edition: "preparing")
    with pytest.raises(RefusedError) as error:
        propose.propose_ties(person=chief(), edition=edition, version=version)
    assert error.value.code == "plan_being_read"
    version.items.update(level="whole")
    with pytest.raises(RefusedError) as error:
        propose.propose_ties(person=chief(), edition=edition, version=version)
    assert error.value.code == "items_without_words"


def test_cells_are_judged_together_and_a_colleagues_are_left_as_they_are() -> None:
    edition, version = a_small_plan(), an_instrument()
    rows, (one, other) = actions(edition), items()
    judge(person=chief(), action=rows[1], item=one, kind="implements")
    cells = [Marked(rows[0].pk, one.pk, "", "contributes"), Marked(rows[1].pk, one.pk, "", "depends")]
    lost = judge_cells(person=chief(), edition=edition, version=version, cells=cells)
    assert lost == [f"{rows[1].code} · {one.code}"]
    assert dict(Tie.objects.values_list("action", "kind")) == {rows[0].pk: "contributes", rows[1].pk: "implements"}
    # Taken back, and judged anew with one reason for all that has none.
    cells = [Marked(rows[0].pk, one.pk, "contributes", ""), Marked(rows[0].pk, other.pk, "", "not_pertinent")]
    judge_cells(person=chief(), edition=edition, version=version, cells=cells, reason="Parla d'altro")
    assert set(Tie.objects.values_list("action", "item", "kind", "reason")) == {
        (rows[1].pk, one.pk, "implements", ""),
        (rows[0].pk, other.pk, "not_pertinent", "Parla d'altro"),
    }


@pytest.mark.parametrize(
    ("code", "kind", "action"),
    [
        ("conflict_in_its_sheet", "conflicts", None),
        ("bad_tie", "perhaps", None),
        ("tie_reason_required", "not_pertinent", None),
        ("cell_gone", "implements", 10**9),
    ],
)
def test_where_one_cell_is_refused_none_is_written(code: str, kind: str, action: int | None, client: Client) -> None:
    edition, version = a_small_plan(), an_instrument()
    rows, (one, other) = actions(edition), items()
    good = f"{rows[0].pk}:{one.pk}::implements"
    client.force_login(chief())
    address = f"{reverse('desk:instrument', args=[version.pk])}?edizione={edition.label}"
    bad = f"{action or rows[1].pk}:{other.pk}::{kind}"
    with pytest.raises(RefusedError) as error:
        judge_cells(
            person=chief(),
            edition=edition,
            version=version,
            cells=[Marked(rows[0].pk, one.pk, "", "implements"), Marked(action or rows[1].pk, other.pk, "", kind)],
        )
    assert error.value.code == code
    client.post(address, {"verb": "cells", "cell": [good, bad]})
    assert not Tie.objects.exists()
    client.post(address, {"verb": "cells", "cell": [good]})
    assert Tie.objects.get().kind == "implements"


def test_more_cells_than_are_taken_at_once_and_cells_that_are_none(client: Client) -> None:
    edition, version = a_small_plan(), an_instrument()
    client.force_login(chief())
    address = f"{reverse('desk:instrument', args=[version.pk])}?edizione={edition.label}&asse=1"
    one = f"{actions(edition)[0].pk}:{items()[0].pk}::implements"
    for sent in ([one] * 501, ["x:y::implements"], [""], ["1"]):
        answer = client.post(address, {"verb": "cells", "cell": sent})
        assert answer.status_code == 302
        assert answer["Location"].endswith("asse=1"), "the same part of the grid is shown again"
    assert not Tie.objects.exists()


def test_an_editor_judges_the_cells_of_her_axes_alone() -> None:
    edition = a_small_plan()
    editor, version = somebody("editor", axes=(edition.axes.get(number=1),)), an_instrument()
    hers, others = (next(row for row in actions(edition) if row.code.startswith(f"{n}.")) for n in (1, 2))
    item = items()[0].pk
    with pytest.raises(NotAllowedError):
        judge_cells(
            person=editor,
            edition=edition,
            version=version,
            cells=[Marked(hers.pk, item, "", "implements"), Marked(others.pk, item, "", "implements")],
        )
    judge_cells(person=editor, edition=edition, version=version, cells=[Marked(hers.pk, item, "", "implements")])
    assert Tie.objects.get().judged_by == editor


@pytest.mark.parametrize("door", ["site", "desk"])
def test_the_page_asks_as_much_for_many_sheets_as_for_few(
    door: str, client: Client, django_assert_max_num_queries: Any
) -> None:
    edition = a_plan(axes=2, strategies=4, actions=60)
    for action in actions(edition):
        Tie.objects.create(action=action, item=items()[0], kind="contributes", judged_on="2026-01-01")
    client.force_login(chief())
    address = reverse(f"{door}:instrument", args=[an_instrument().pk])
    client.get(address)
    with django_assert_max_num_queries(24):
        client.get(f"{address}?asse=tutti")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_table_of_items_is_loaded_again_as_it_was_given(kind: str, client: Client) -> None:
    version = an_instrument()
    InstrumentItem.objects.create(
        version=version, code="A.1", parent=items()[0], title_it="Dentro", level="area", position=2
    )
    items()[1].municipalities.add(a_seat())
    InstrumentItem.objects.filter(pk=items()[1].pk).update(led_by="Unione di prova")
    before = list(
        version.items.values_list("code", "parent", "level", "title_it", "led_by", "municipalities", "source")
    )
    client.force_login(chief())
    content = client.get(reverse("desk:items_of_instrument", args=[version.pk, kind])).content
    assert import_items(person=chief(), version=version, data=content) == 3
    assert (
        list(version.items.values_list("code", "parent", "level", "title_it", "led_by", "municipalities", "source"))
        == before
    )


def test_the_public_sheet_says_how_it_stands_to_other_instruments(client: Client) -> None:
    edition = a_plan(axes=1, strategies=1, actions=2)
    first, second = actions(edition)
    judge(person=chief(), action=first, item=items()[0], kind="contributes", reason="Porta acqua")
    judge(person=chief(), action=second, item=items()[0], kind="not_pertinent", reason="Altro")
    page = client.get(reverse("site:action", args=[edition.label, first.code])).content.decode()
    assert "Porta acqua" in page
    assert "A Obiettivo A" in page
    assert "Altro" not in client.get(reverse("site:action", args=[edition.label, second.code])).content.decode()


def test_a_municipality_reads_in_which_aggregation_it_is_and_which_actions_have_to_do_with_it(client: Client) -> None:
    edition, item = a_plan(axes=1, strategies=1, actions=2), items()[0]
    item.municipalities.add(a_seat())
    judge(person=chief(), action=actions(edition)[0], item=item, kind="implements")
    judge(person=chief(), action=actions(edition)[1], item=item, kind="not_pertinent", reason="Altro")
    page = client.get(reverse("site:municipality_acts", args=[a_seat().istat_code])).content.decode()
    assert "A Obiettivo A" in page
    first, second = (reverse("site:action", args=[edition.label, one.code]) for one in actions(edition))
    assert first in page
    assert second not in page
    other = client.get(reverse("site:municipality_acts", args=[a_seat("997002").istat_code])).content.decode()
    assert "A Obiettivo A" not in other
