"""Two editions side by side, and the connections of one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aumenta.plan.comparison import compare_actions, compare_strategies
from aumenta.plan.connections import connections
from aumenta.plan.load_bundle import load_bundles
from aumenta.plan.models import Action, Axis, Edition, Strategy, StrategyContinuation
from tests.cast import a_plan

pytestmark = pytest.mark.django_db


def two_editions() -> tuple[Edition, Edition]:
    older = a_plan(label="2021-2023", strategies=6, actions=12)
    newer = a_plan(label="2024-2026", strategies=6, actions=12)
    return older, newer


def strategy(edition: Edition, code: str) -> Strategy:
    return Strategy.objects.of(edition).with_code(code).get()


def test_stored_continuations_say_what_became_of_each_strategy() -> None:
    older, newer = two_editions()
    for a, b, kind in [
        ("1.1", "1.1", "kept"),
        ("2.1", "2.1", "split"),
        ("2.1", "3.1", "split"),
        ("4.1", "4.1", "merged"),
        ("5.1", "4.1", "merged"),
    ]:
        StrategyContinuation.objects.create(
            older=strategy(older, a), newer=strategy(newer, b), kind=kind, confirmed=kind == "kept"
        )
    found = [
        (change.outcome, [p.code for p in change.older], [p.code for p in change.newer], change.proposed)
        for change in compare_strategies(older, newer).changes
    ]
    assert found == [
        ("kept", ["1.1"], ["1.1"], False),
        ("split", ["2.1"], ["2.1", "3.1"], True),
        ("dropped", ["3.1"], [], False),
        ("merged", ["4.1", "5.1"], ["4.1"], True),
        ("new", [], ["5.1"], False),
        ("dropped", ["6.1"], [], False),
        ("new", [], ["6.1"], False),
    ]


def test_where_nothing_is_stored_the_texts_propose_and_say_so() -> None:
    older, newer = two_editions()
    for one in Strategy.objects.of(newer):
        one.title_it = strategy(older, one.code).title_it
        one.save()
    compared = compare_strategies(older, newer)
    assert any(change.outcome == "kept" for change in compared.changes)
    assert all(change.proposed for change in compared.changes if change.ties)
    assert StrategyContinuation.objects.count() == 0


def test_every_part_of_both_editions_stands_in_exactly_one_change() -> None:
    load_bundles()
    older, newer = Edition.objects.order_by("first_year")
    compared = compare_strategies(older, newer)
    olds = [part.code for change in compared.changes for part in change.older]
    news = [part.code for change in compared.changes for part in change.newer]
    assert sorted(olds) == sorted(s.code for s in Strategy.objects.of(older))
    assert sorted(news) == sorted(s.code for s in Strategy.objects.of(newer))
    assert sum(compared.counts.values()) == len(compared.changes)


def test_comparing_costs_the_same_queries_for_few_and_for_many_actions() -> None:
    few = two_editions()
    many = (
        a_plan(label="2031-2033", strategies=24, actions=60),
        a_plan(label="2034-2036", strategies=24, actions=60),
    )
    counts = []
    for older, newer in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            compare_actions(older, newer)
        counts.append(len(queries))
    assert counts == [3, 3]


def test_titles_are_compared_word_by_word_where_one_became_one() -> None:
    older, newer = two_editions()
    a, b = strategy(older, "1.1"), strategy(newer, "1.1")
    a.title_it, b.title_it = "Usare i tetti piani", "Usare bene i tetti"
    a.save()
    b.save()
    StrategyContinuation.objects.create(older=a, newer=b, kind="reworded")
    change = compare_strategies(older, newer).changes[0]
    assert [(span.kind, span.text.strip()) for span in change.titles("it")] == [
        ("same", "Usare"),
        ("added", "bene"),
        ("same", "i tetti"),
        ("removed", "piani"),
    ]


def test_connections_are_found_anew_only_when_the_edition_changes() -> None:
    edition = a_plan(actions=40)
    first = connections(edition)
    with CaptureQueriesContext(connection) as queries:
        assert connections(edition) is first
    assert len(queries) == 0
    Action.objects.of(edition).with_code("1.1.1").update(title_it="Tutt'altra cosa")
    edition.revision += 1
    edition.save()
    assert connections(edition).titles["1.1.1"].name_it == "Tutt'altra cosa"


def test_an_action_finds_its_connections_from_both_ends() -> None:
    plan = connections(a_plan(actions=60))
    tie = plan.ties[0]
    assert tie in plan.of(tie.first)
    assert tie in plan.of(tie.second)
    assert plan.of("9.9.9") == []


def test_an_edition_without_actions_has_no_connections() -> None:
    edition = a_plan(actions=0)
    assert connections(edition).ties == ()
    assert Axis.objects.filter(edition=edition).exists()
