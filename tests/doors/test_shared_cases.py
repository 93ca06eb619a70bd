"""The inputs with their right answers (../shared/cases), handed to the commands as an analyst would.

Tables and pictures of the same collection are in the tests of their readers.
"""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from aumenta.analyst import themes
from aumenta.config.cli import run_analyst
from aumenta.core.synthesis.encoders import HashedStems, Opened
from tests.tables_made import CASES, case

Printed = pytest.CaptureFixture[str]


def run(printed: Printed, *words: str | Path) -> tuple[int, str, str]:
    """Status, output and error output of a command."""
    status = run_analyst(str(words[0]), [str(word) for word in words[1:]])
    out, err = printed.readouterr()
    assert "Traceback" not in err
    return status, out, err


def extracted(printed: Printed, *words: str | Path) -> dict[str, Any]:
    """What `extract --json` prints of a document that can be read."""
    status, out, err = run(printed, "extract", *words, "--json")
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def here(name: str) -> Path:
    """Where a case is; the test is skipped where they are not."""
    case(name)
    return CASES / name


def content_of(plan: dict[str, Any]) -> dict[str, Any]:
    """What a plan says, without lines and without what is told of its reading."""
    actions = [{key: value for key, value in action.items() if key != "lines"} for action in plan["actions"]]
    return {"title": plan["title"], "axes": plan["axes"], "strategies": plan["strategies"], "actions": actions}


@pytest.mark.parametrize(
    "name",
    [
        "p02_ligatures.txt",
        "p03_decomposed.txt",
        "p04_cp1252.txt",
        "p05_utf16.txt",
        "p06_crlf.txt",
        "p07_oldmac.txt",
        "p08_softhyphen.txt",
        "p09_nbsp.txt",
    ],
)
def test_a_text_says_the_same_in_whatever_encoding_and_signs_it_comes(name: str, capsys: Printed) -> None:
    plain, other = extracted(capsys, here("p01_plain.txt")), extracted(capsys, here(name))
    # The old encoding has signs of its own for the apostrophe: it is typed otherwise, not read otherwise.
    assert json.loads(json.dumps(content_of(other), ensure_ascii=False).replace("’", "'")) == content_of(plain)
    (action,) = other["actions"]
    assert action["actors"] == ["Confindustria", "Comuni", "Università"]
    assert len(action["alignments"]) == 3
    written = json.dumps(other, ensure_ascii=False)
    assert written == unicodedata.normalize("NFC", written)
    assert not set(written) & set("\u00ad\ufb01\ufb03\u00a0")


@pytest.mark.parametrize("name", ["p10_capitals.txt", "p11_caplabels.txt"])
def test_labels_in_capitals_do_not_make_a_document_that_is_cut(name: str, capsys: Printed) -> None:
    plan = extracted(capsys, here(name))
    assert plan["actions"][0]["actors"] == ["Confindustria", "Comuni", "Università"]
    assert "sheet_cut" not in {problem["kind"] for problem in plan["problems"]}


def test_a_text_full_of_nulls_is_no_text(capsys: Printed) -> None:
    status, out, err = run(capsys, "extract", here("p12_nulls.txt"))
    assert (status, out) == (2, "")
    assert "p12_nulls.txt" in err


def test_a_plan_without_a_row_of_actors_is_whole(capsys: Printed) -> None:
    plan = extracted(capsys, here("l01_no_actors.txt"), "--layout", here("l01_no_actors.toml"))
    assert [len(plan[name]) for name in ("axes", "strategies", "actions")] == [1, 1, 2]
    assert {problem["kind"] for problem in plan["problems"]} == {"outside_sheets"}


def test_a_code_that_cannot_be_read_is_named_with_what_can(capsys: Printed) -> None:
    status, out, err = run(capsys, "extract", here("l03_letter_codes.txt"), "--layout", here("l03_letter_codes.toml"))
    assert (status, out) == (2, "")
    assert "“A1”" in err
    assert "1 to 9999" in err
    assert "letters =" in err


def test_actions_right_under_an_axis_are_read(capsys: Printed) -> None:
    plan = extracted(capsys, here("l04_two_levels.txt"), "--layout", here("l04_two_levels.toml"))
    assert len(plan["actions"]) == 2
    assert {action["strategy"].split(".")[0] for action in plan["actions"]} == {"1"}


def test_a_dash_after_a_label_is_no_part_of_the_text(capsys: Printed) -> None:
    plan = extracted(capsys, here("l08_dash_after_label.txt"), "--layout", here("l08_dash.toml"))
    assert plan["actions"][0]["description"] == "Nuove corsie."


@pytest.mark.parametrize("name", ["d01_table.pdf", "d03_long_cell_over_pages.pdf", "d04_narrow_hyphen.pdf"])
def test_sheets_in_the_tables_of_a_pdf_are_read(name: str, capsys: Printed) -> None:
    plan = extracted(capsys, here(name))
    assert [len(plan[part]) for part in ("axes", "strategies", "actions")] == [1, 1, 2]
    assert sum(len(action["alignments"]) for action in plan["actions"]) == 6


def test_labels_apart_from_their_values_are_told_as_what_they_are(capsys: Printed) -> None:
    status, _out, err = run(capsys, "extract", here("d05_floats.pdf"))
    assert status == 2
    assert "breaks off" not in err
    assert "keeps labels and values apart" in err


@pytest.fixture
def _small_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes, "opened_encoder", lambda _name: Opened(HashedStems(), ()))


@pytest.mark.usefixtures("_small_encoder")
def test_answers_that_say_nothing_make_no_theme_and_quote_nobody(capsys: Printed) -> None:
    status, out, _err = run(capsys, "themes", here("h03_uninformative.csv"), "--json")
    assert status == 0
    found = json.loads(out)
    said = {str(number) for number in range(1, 16)}
    assert set(found["no_content"]).isdisjoint(said)
    assert {"16", "17", "18", "25"} <= set(found["no_content"])
    rest = json.dumps({key: value for key, value in found.items() if key == "themes"}, ensure_ascii=False)
    assert not [words for words in ("non so", "nessuna osservazione", "vedi sopra", "n.d.") if words in rest]
    assert {item["id"] for item in found["items"] if item["theme"] is not None} <= said


@pytest.mark.usefixtures("_small_encoder")
@pytest.mark.parametrize("name", sorted(path.name for path in CASES.glob("h*.csv")))
def test_voices_however_few_or_alike_are_grouped_or_refused_with_a_sentence(name: str, capsys: Printed) -> None:
    status, out, err = run(capsys, "themes", here(name), "--json")
    assert status in {0, 2}
    assert json.loads(out) if status == 0 else err.strip()
