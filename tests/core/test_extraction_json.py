"""The format "aumenta-plan/1": exactly its keys, and a clear error for every value that isn't as it should be."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from aumenta.core.extraction import ExtractionError, Problem
from aumenta.core.extraction.json_format import document_from_json
from tests.core.plan_printing import invented_plan

Data = dict[str, Any]


def test_the_json_has_exactly_the_keys_of_the_format() -> None:
    document = replace(invented_plan(), problems=(Problem(3, "no_place", "x"),))
    data = json.loads(document.to_json())
    assert data["format"] == "aumenta-plan/1"
    assert list(data) == ["format", "title", "axes", "strategies", "actions", "problems"]
    assert list(data["axes"][0]) == ["number", "title", "purpose"]
    assert list(data["strategies"][0]) == ["code", "axis", "title", "purpose", "carta_bologna"]
    assert list(data["actions"][0]) == [
        "code",
        "strategy",
        "title",
        "description",
        "examples",
        "actors",
        "alignments",
        "own_instruments",
        "higher_instruments",
        "links",
        "lines",
    ]
    assert data["actions"][0]["alignments"][1] == {"framework": "pnrr", "code": "5.3", "role": "possible_integration"}
    assert data["problems"] == [{"line": 3, "kind": "no_place", "text": "x"}]


def test_only_a_proposed_strategy_says_so() -> None:
    strategies = (*invented_plan().strategies[:-1], replace(invented_plan().strategies[-1], proposed=True))
    document = replace(invented_plan(), strategies=strategies)
    data = json.loads(document.to_json())
    assert [strategy.get("proposed") for strategy in data["strategies"]] == [None, None, True]
    assert document_from_json(document.to_json()) == document


def test_accents_are_written_as_they_are() -> None:
    assert "città" in replace(invented_plan(), title="città").to_json()


def put(*path: str | int, value: Any) -> Callable[[Data], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (put("format", value="aumenta-plan/2"), "wrong_format", None),
        (put("title", value=3), "wrong_value", "title"),
        (put("axes", value={}), "wrong_value", "axes"),
        (put("axes", 0, value="Asse"), "wrong_value", "axes[0]"),
        (put("axes", 0, "number", value="1"), "wrong_value", "axes[0].number"),
        (put("axes", 0, "number", value=True), "wrong_value", "axes[0].number"),
        (put("axes", 1, "number", value=1), "repeated_code", "axes[1].number"),
        (put("strategies", 1, "code", value="1"), "wrong_value", "strategies[1].code"),
        (put("strategies", 1, "code", value="1.1"), "repeated_code", "strategies[1].code"),
        (put("strategies", 0, "axis", value=7), "unknown_reference", "strategies[0].axis"),
        (put("strategies", 0, "title", value=" "), "wrong_value", "strategies[0].title"),
        (put("strategies", 0, "carta_bologna", value=["7"]), "wrong_value", "strategies[0].carta_bologna[0]"),
        (put("strategies", 0, "proposed", value="yes"), "wrong_value", "strategies[0].proposed"),
        (put("actions", 0, "code", value="1.1.1.1"), "wrong_value", "actions[0].code"),
        (put("actions", 1, "code", value="1.1.1"), "repeated_code", "actions[1].code"),
        (put("actions", 0, "strategy", value="9.9"), "unknown_reference", "actions[0].strategy"),
        (put("actions", 0, "actors", value=["Mugnai", ""]), "wrong_value", "actions[0].actors[1]"),
        (put("actions", 0, "alignments", 0, "role", value="main"), "wrong_value", "actions[0].alignments[0].role"),
        (
            put("actions", 0, "alignments", 0, "framework", value="Not a short name"),
            "wrong_value",
            "actions[0].alignments[0].framework",
        ),
        (put("actions", 0, "lines", value=[9, 3]), "wrong_value", "actions[0].lines"),
        (put("actions", 0, "lines", value=[9]), "wrong_value", "actions[0].lines"),
        (put("actions", 0, "rows", value=[{"label": "tempi"}]), "wrong_value", "actions[0].rows[0].text"),
        (put("actions", 0, "title_proposed", value=1), "wrong_value", "actions[0].title_proposed"),
        (put("actions", 0, "code", value="1.1.0"), "wrong_value", "actions[0].code"),
        (put("actions", 0, "code", value="1.1.99999"), "wrong_value", "actions[0].code"),
        (put("chapters", value=[{"kind": "poem", "title": "x", "text": "y"}]), "wrong_value", "chapters[0].kind"),
        (put("axes", 0, "purpose", value=3), "wrong_value", "axes[0].purpose"),
        (put("actions", 0, "colour", value="green"), "wrong_value", "actions[0].colour"),
        (put("notes", value=[]), "wrong_value", "notes"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(change: Callable[[Data], None], code: str, where: str | None) -> None:
    data = json.loads(invented_plan().to_json())
    change(data)
    with pytest.raises(ExtractionError) as caught:
        document_from_json(json.dumps(data))
    assert (caught.value.code, caught.value.params.get("where")) == (code, where)


@pytest.mark.parametrize("text", ["[]", "3", "null", '{"title": "x"}'])
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        document_from_json(text)
    assert caught.value.code == "wrong_format"


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(ExtractionError) as caught:
        document_from_json("{not json")
    assert caught.value.code == "not_json"
