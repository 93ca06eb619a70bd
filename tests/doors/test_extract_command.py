"""`aumenta extract` as an analyst meets it: the whole command in a process of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from aumenta.analyst import extraction_messages
from aumenta.core.extraction import ExtractionError, PlanDocument, Problem
from aumenta.core.extraction.json_format import document_from_json
from tests.core.axis_pages import adopted_page, invented_axes
from tests.core.plan_printing import Printer, invented_plan

COMMAND = Path(sys.executable).with_name("aumenta")
SOURCE = Path(extraction_messages.__file__).parents[1]
CATALOGS = [SOURCE / room / "locale" / "it" / "LC_MESSAGES" / "django.po" for room in ("analyst", "core")]


def extract(*words: str | Path, language: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the command as somebody whose shell speaks `language`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return subprocess.run(
        [COMMAND, "extract", *map(str, words)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**environment, "LANG": language},
    )


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(Printer().print(invented_plan()), encoding="utf-8")
    return path


@pytest.fixture
def half(plan: Path) -> Path:
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text[: text.index("attori Mugnai")], encoding="utf-8")
    return plan


def test_json_is_printed_and_nothing_else(plan: Path) -> None:
    result = extract(plan, "--json")
    assert (result.returncode, result.stderr) == (0, "")
    document = document_from_json(result.stdout)
    assert [action.code for action in document.actions] == ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]
    assert document.title == invented_plan().title


def test_the_json_it_printed_can_be_read_again(plan: Path, tmp_path: Path) -> None:
    first = extract(plan, "--json").stdout
    (tmp_path / "plan.json").write_text(first, encoding="utf-8")
    assert extract(tmp_path / "plan.json", "--json").stdout == first


def test_json_is_utf_8_whatever_the_shell_speaks(plan: Path) -> None:
    plan.write_text(plan.read_text(encoding="utf-8").replace("pulita", "più pulita"), encoding="utf-8")
    assert "più pulita" in extract(plan, "--json", language="it_IT.ISO-8859-1").stdout


def test_without_json_a_summary_is_printed(plan: Path) -> None:
    result = extract(plan)
    assert "2 axes, 3 strategies, 4 actions, 8 alignments" in result.stdout
    assert "1.2 Far girare i mulini, 1 action" in result.stdout
    assert "text" in result.stdout


def test_half_a_plan_is_refused_in_the_language_of_the_shell(half: Path, compiled_messages: None) -> None:
    english, italian = extract(half), extract(half, language="it_IT.UTF-8")
    assert (english.returncode, italian.returncode, english.stdout, italian.stdout) == (2, 2, "", "")
    assert "is not whole. Found in it: strategies 2, actions 3, the last 1.2.1." in english.stderr
    assert "Sheet 1.2.1 breaks off." in english.stderr
    assert "non è completo. Vi si trovano: strategie 2, azioni 3, l’ultima 1.2.1." in italian.stderr
    assert "--partial" in italian.stderr


def test_half_a_plan_is_read_when_asked_and_what_is_missing_is_listed(half: Path) -> None:
    result = extract(half, "--json", "--partial")
    assert result.returncode == 0
    assert json.loads(result.stdout)["problems"][0]["kind"] == "sheet_cut"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02" * 100, "neither text nor PDF (unknown kind, 300 bytes)"),
        (b"PK\x03\x04 a Word document", "ZIP, Word"),
        (b"%PDF-1.4 cut", "can't be opened"),
        (b"Minutes of a meeting\n", "No action sheet and no list of strategies was found"),
        (b'{"format": "x"}', "its format is x instead of aumenta-plan/1"),
    ],
)
def test_bad_input_ends_with_status_2_and_a_message(content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.write_bytes(content)
    result = extract(path, "--json")
    assert (result.returncode, result.stdout) == (2, "")
    assert says in result.stderr
    assert str(path) in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_file_and_a_bad_layout_end_with_status_2(plan: Path, tmp_path: Path) -> None:
    assert extract(tmp_path / "none").returncode == 2
    layout = tmp_path / "layout.toml"
    layout.write_text("[heads]\naxis = '('", encoding="utf-8")
    result = extract(plan, "--layout", layout)
    assert result.returncode == 2
    assert f"The layout “{layout}” has a mistake at heads.axis" in result.stderr
    layout.write_bytes(b"\x89PNG\r\n")
    result = extract(plan, "--layout", layout)
    assert result.returncode == 2
    assert "not a text in UTF-8" in result.stderr
    assert "codec" not in result.stderr


def test_every_error_of_the_reader_has_a_sentence() -> None:
    """Every code raised anywhere in the extraction, and every kind of problem, is in the tables of the door."""
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in Path(sys.modules[PlanDocument.__module__].__file__ or "").parent.glob("*.py")
    )
    params = {
        "detail": "x",
        "bytes": 1,
        "found": "x",
        "pages": 1,
        "lines": 1,
        "words": 1,
        "start": "x",
        "where": "x",
        "letters": 1,
        "most": 1,
        "expected": "a list",
        "actions": 1,
        "strategies": 1,
        "announced_actions": 1,
        "announced_strategies": 1,
        "missing": tuple("1234567890abcdef"),
        "unfinished": "1.1.1",
        "last": "1.1.1",
        "path": "x",
    }
    codes = set(re.findall(r'ExtractionError\(\s*"(\w+)"', source)) | {"locked_pdf", "damaged_pdf"}
    assert len(codes) > 12
    for code in codes:
        assert "%(" not in extraction_messages.extraction_message(ExtractionError(code, **params), "plan.txt")
    kinds = set(re.findall(r'(?:_tell|Problem)\((?:[^()"]|\([^()]*\))*?,\s*"(\w+)"', source))
    assert len(kinds) > 12
    for kind in kinds:
        assert extraction_messages.problem_name(Problem(1, kind, "")) != kind


@pytest.fixture
def compiled_messages() -> None:
    """`make messages` for this door; in a checkout just made the compiled catalog is missing."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for path in CATALOGS:
        with path.open("rb") as source:
            catalog = read_po(source)
        with path.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalog)


def test_a_proposed_layout_reads_the_document_it_was_made_from(plan: Path, tmp_path: Path) -> None:
    result = subprocess.run(
        [COMMAND, "layout", plan],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "LANG": "C.UTF-8"},
    )
    assert result.returncode == 0
    assert "label “attori”" in result.stderr
    (tmp_path / "mine.toml").write_text(result.stdout, encoding="utf-8")
    read = extract(plan, "--layout", tmp_path / "mine.toml", "--partial", "--json")
    assert [action["code"] for action in json.loads(read.stdout)["actions"]] == ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]


def test_six_web_pages_are_read_as_one_plan(tmp_path: Path) -> None:
    paths = [tmp_path / f"asse-{axis.number}.html" for axis in invented_axes()]
    for path, axis in zip(paths, invented_axes(), strict=True):
        path.write_text(adopted_page(axis), encoding="utf-8")
    result = extract(*paths)
    assert "6 axes, 25 strategies, 113 actions" in result.stdout
    assert "to be confirmed: 113" in result.stdout


@pytest.mark.parametrize(
    ("heading", "says"),
    [("A1", "The code “A1” (heads.action in the layout)"), ("1.2", "The code “1.2” (heads.action in the layout)")],
)
def test_a_code_that_cannot_be_read_is_told_with_the_key_of_the_layout(heading: str, says: str, tmp_path: Path) -> None:
    layout, document = tmp_path / "layout.toml", tmp_path / "plan.txt"
    layout.write_text(
        "[heads]\naxis = '^Asse (?P<number>\\d) (?P<title>.+)$'\nstrategy = '^S (?P<code>\\S+) (?P<title>.+)$'\n"
        "action = '^Azione (?P<code>\\S+) (?P<title>.+)$'\n",
        encoding="utf-8",
    )
    document.write_text(f"Asse 1 Uno\nS 1.1 Due\nAzione {heading} Tre\n", encoding="utf-8")
    result = extract(document, "--layout", layout)
    assert (result.returncode, result.stdout) == (2, "")
    assert says in result.stderr
    assert "Traceback" not in result.stderr
