"""The plan that Aumenta ships: complete, in its own words, and with names that all lead somewhere."""

import csv
import importlib.util
import json
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from aumenta.core.extraction import read_plan
from aumenta.core.text import name_key

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "src" / "aumenta" / "plan" / "data"
SOURCES = ROOT.parent / "shared" / "sources"
DOCUMENTS = {"2021-2023": "004_167a4bfbea5f3c6b.txt", "2024-2026": "001_bc205c14f3003eb4.txt"}
OLDER, NEWER = DOCUMENTS
LONGEST_SUMMARY = 200
SHARED_RUN = 6  # this many words in a row that are also in a document are a copied sentence


def table(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bundle(edition: str) -> dict:
    return json.loads((DATA / "torino" / f"plan-{edition}.json").read_text(encoding="utf-8"))


def strategies(edition: str) -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in table("torino/strategies.csv") if row["edition"] == edition}


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold().replace("’", "'"))


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + SHARED_RUN]) for i in range(len(found) - SHARED_RUN + 1)}


FRAMEWORKS = [row["code"] for row in table("frameworks/frameworks.csv")]
WITH_ALIASES = [code for code in FRAMEWORKS if (DATA / "frameworks" / f"{code}_aliases.csv").exists()]


@pytest.fixture(scope="module")
def build_bundle() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_bundle", ROOT / "tools" / "build_bundle.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def documents() -> dict[str, Path]:
    if not SOURCES.is_dir():
        pytest.skip("the published documents are not here (../shared/sources): nothing to compare with")
    return {edition: SOURCES / name for edition, name in DOCUMENTS.items()}


def test_the_editions_hold_what_the_documents_announce():
    older, newer = bundle(OLDER), bundle(NEWER)
    assert (len(older["strategies"]), len(older["actions"])) == (24, 111)
    assert (len(newer["strategies"]), len(newer["actions"])) == (27, 0)
    for edition in DOCUMENTS:
        assert [row["number"] for row in table("torino/axes.csv") if row["edition"] == edition] == list("123456")
        assert list(strategies(edition)) == [entry["code"] for entry in bundle(edition)["strategies"]]
    assert [code for code, row in strategies(NEWER).items() if row["proposed"] == "true"] == ["6.3", "6.4"]
    assert not any(row["proposed"] == "true" for row in strategies(OLDER).values())


def test_every_action_has_a_summary_of_its_own_in_both_languages():
    rows = table("torino/summaries.csv")
    assert [row["code"] for row in rows] == [sheet["code"] for sheet in bundle(OLDER)["actions"]]
    for language in ("summary_it", "summary_en"):
        assert len({row[language] for row in rows}) == len(rows)
        for row in rows:
            text = row[language]
            assert 30 <= len(text) <= LONGEST_SUMMARY, (row["code"], len(text))
            assert re.fullmatch(r"[A-ZÀ-Ý][^.!?\n]*\.", text), f"{row['code']} is not one sentence: {text}"


def test_every_title_is_there_in_both_languages():
    for row in table("torino/axes.csv") + table("torino/strategies.csv"):
        assert row["title_it"]
        assert row["title_en"]
        assert bool(row["purpose_it"]) == bool(row["purpose_en"])
        assert row["purpose_it"] or row["edition"] == NEWER, "the slides of 2024-2026 print titles only"
    assert all(row["title_en"] for row in table("torino/summaries.csv"))
    assert all(sheet["title"] for sheet in bundle(OLDER)["actions"])


def test_what_is_written_in_our_own_words_shares_no_run_of_words_with_the_documents(documents):
    """Also with the other documents of the office, which repeat these ones."""
    published = set()
    for path in sorted(SOURCES.glob("*.txt")):
        published |= runs(path.read_text(encoding="utf-8"))
    assert len(published) > 20_000
    ours = {f"summary {row['code']}": row["summary_it"] for row in table("torino/summaries.csv")}
    for name in ("axes", "strategies"):
        for row in table(f"torino/{name}.csv"):
            ours[f"{name} {row['edition']} {row.get('code') or row['number']}"] = row["purpose_it"]
    ours |= {f"{row['from_code']}→{row['to_code']}": row["reason_it"] for row in table("torino/continues.csv")}
    copied = {what: " ".join(run) for what, text in ours.items() for run in runs(text) & published}
    assert not copied


def test_the_bundle_carries_no_sentence_of_the_document():
    sheet_keys = {"code", "title", "actors", "alignments", "own_instruments", "higher_instruments"}
    for edition in DOCUMENTS:
        data = bundle(edition)
        assert data["format"] == "aumenta-bundle/1"
        assert data.keys() == {"format", "edition", "title_it", "title_en", "source", "strategies", "actions"}
        assert all(entry.keys() == {"code", "carta_bologna"} for entry in data["strategies"])
        assert all(sheet.keys() == sheet_keys for sheet in data["actions"])
        for sheet in data["actions"]:
            assert all(entry.keys() == {"framework", "code", "role"} for entry in sheet["alignments"])


def test_no_name_is_listed_twice():
    for framework in FRAMEWORKS:
        items = table(f"frameworks/{framework}.csv")
        assert len({row["slug"] for row in items}) == len(items), framework
        assert len({(row["parent"], row["name_it"]) for row in items}) == len(items), framework
        codes = [row["code"] for row in items if row["code"]]
        assert len(set(codes)) == len(codes)
        parents = [row["parent"] for row in items if row["parent"]]
        assert set(parents) <= set(codes) | {row["name_it"] for row in items}
        assert all(row["name_it"] and row["name_en"] and row["source"] for row in items)
    actors = [name_key(row["name_it"]) for row in table("frameworks/actors.csv")]
    assert len(set(actors)) == len(actors)


def test_every_alias_leads_to_an_item_and_stands_once():
    for framework in WITH_ALIASES:
        items = table(f"frameworks/{framework}.csv")
        named = {row["code"] for row in items} | {row["name_it"] for row in items}
        aliases = table(f"frameworks/{framework}_aliases.csv")
        assert {row["code"] for row in aliases} <= named
        assert max(Counter((name_key(row["printed"]), row["code"]) for row in aliases).values()) == 1
    actors = {row["name_it"] for row in table("frameworks/actors.csv")}
    aliases = table("frameworks/actor_aliases.csv")
    assert {row["name_it"] for row in aliases} == actors, "an actor that nothing prints, or an alias of nobody"
    assert max(Counter((name_key(row["printed"]), row["name_it"]) for row in aliases).values()) == 1


def test_an_alias_that_leads_to_more_than_one_item_says_why():
    for framework in WITH_ALIASES:
        aliases = table(f"frameworks/{framework}_aliases.csv")
        times = Counter(name_key(row["printed"]) for row in aliases)
        for row in aliases:
            if times[name_key(row["printed"])] > 1:
                assert row["note_it"], row
                assert row["note_en"], row


def test_draft_codes_lead_to_the_codes_of_today():
    pnrr = {row["printed"]: row["code"] for row in table("frameworks/pnrr_aliases.csv")}
    assert (pnrr["2.2"], pnrr["6.1"], pnrr["4"]) == ("M2C2", "M6C1", "M4")
    assert pnrr["1.4"] == "M1C3"  # sheet 4.2.2 prints the number of no component, with the name of this one
    cohesion = {(row["printed"], row["code"]) for row in table("frameworks/eu_cohesion_aliases.csv")}
    assert {("OP1", "PO1"), ("OSa1", "RSO1.1"), ("OSc1", "RSO1.5"), ("OSc4", "RSO2.8")} <= cohesion
    assert {("OS7 FSE+", "ESO4.8"), ("OSd3", "RSO4.3"), ("OSd3", "RSO4.4")} <= cohesion


def test_every_name_in_the_bundle_is_known(build_bundle):
    known = build_bundle.known_names(DATA / "frameworks")
    charter = {row["code"] for row in table("frameworks/carta_bologna.csv")}
    data = bundle(OLDER)
    assert {str(number) for entry in data["strategies"] for number in entry["carta_bologna"]} <= charter
    for sheet in data["actions"]:
        names = [("actor", name) for name in sheet["actors"]]
        names += [(entry["framework"], entry["code"]) for entry in sheet["alignments"]]
        names += [(kind, name) for kind in ("own_instrument", "higher_instrument") for name in sheet[f"{kind}s"]]
        assert sheet["actors"]
        assert not [(kind, name) for kind, name in names if name_key(name) not in known[kind]], sheet["code"]


def test_names_that_mean_one_thing_meet_and_different_things_stay_apart():
    actors = {name_key(row["printed"]): row["name_it"] for row in table("frameworks/actor_aliases.csv")}

    def meet(*printed: str) -> bool:
        return len({actors[name_key(name)] for name in printed}) == 1

    assert meet("centri di ricerca e TT", "Centri di ricerca e TT")
    assert meet("Consorzio socio assistenziali", "Consorzi socioassistenziali")
    assert meet("Enti gestori e aziende TPL", "Gestori e aziende del TPL")
    assert not meet("Centri di ricerca", "Centri di ricerca e TT")
    assert not meet("ANCI", "ANCI Piemonte")
    assert not meet("Imprese", "Imprese sociali")
    programmes = {name_key(row["printed"]): row["code"] for row in table("frameworks/eu_programme_aliases.csv")}
    assert programmes[name_key("Horizon EU")] == programmes[name_key("Horizon Europe")]
    assert programmes[name_key("Erasmus +")] == programmes[name_key("Erasmus")]


def test_continuations_name_real_strategies_and_leave_the_rest_dropped_or_new():
    rows = table("torino/continues.csv")
    older, newer = strategies(OLDER), strategies(NEWER)
    assert len({(row["from_code"], row["to_code"]) for row in rows}) == len(rows)
    from_times = Counter(row["from_code"] for row in rows)
    to_times = Counter(row["to_code"] for row in rows)
    for row in rows:
        titles = older[row["from_code"]]["title_it"], newer[row["to_code"]]["title_it"]
        assert row["kind"] in {"kept", "reworded", "split", "merged"}
        assert (row["kind"] == "kept") == (titles[0] == titles[1]), row
        assert (row["kind"] == "split") == (from_times[row["from_code"]] > 1), row
        assert (row["kind"] == "merged") == (to_times[row["to_code"]] > 1), row
        assert row["status"] == "proposed", "the office has confirmed none"
        assert row["reason_it"]
        assert row["reason_en"]
    assert sorted(older.keys() - from_times.keys()) == ["1.2", "1.7", "2.4"]  # dropped
    assert sorted(newer.keys() - to_times.keys()) == ["2.4", "2.6", "5.5", "6.3"]  # new


@pytest.mark.parametrize("edition", DOCUMENTS)
def test_the_bundle_is_what_the_document_gives_today(edition, documents, build_bundle):
    document = read_plan(documents[edition])
    assert build_bundle.troubles(document, edition, DATA) == []
    assert build_bundle.bundle(document, edition, DATA) == bundle(edition)


def test_a_name_that_nothing_knows_is_reported_before_anything_is_written(documents, build_bundle):
    from dataclasses import replace

    document = read_plan(documents[OLDER])
    first = replace(document.actions[0], actors=("Ente mai visto",))
    found = build_bundle.troubles(replace(document, actions=(first, *document.actions[2:])), OLDER, DATA)
    assert found == ["1.1.1: no alias of actor for 'Ente mai visto'", "the summary of 1.1.2 has no action"]
