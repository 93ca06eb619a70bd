"""The commands `aumenta suggest` and `aumenta themes`: shapes of their JSON and what they say to bad files."""

import json
from pathlib import Path

import pytest

from aumenta.analyst import suggest, texts_table, themes
from aumenta.config.cli import run_analyst
from aumenta.core.synthesis.encoders import HashedStems, Opened
from aumenta.plan.models import Strategy
from tests.cast import a_small_plan
from tests.core.synthesis_stage import SUBJECTS, voices
from tests.tables_made import row, xlsx


@pytest.fixture(autouse=True)
def _small_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (suggest, themes):
        monkeypatch.setattr(command, "opened_encoder", lambda _name: Opened(HashedStems(), ()))


@pytest.fixture
def references(tmp_path: Path) -> Path:
    path = tmp_path / "references.csv"
    rows = [f'{group}.{number},{group},"{subject}"' for group, subject in SUBJECTS.items() for number in (1, 2)]
    path.write_text("code,group,text\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def _file(tmp_path: Path, text: str, name: str = "texts.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_suggest_ranks_every_group_for_every_row_in_order(
    tmp_path: Path, references: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, 'id,text,exclude\na,"Più treni e stazioni",1.1.1|1.1.2\nb,,\nc,"Boschi e alberi",\n')
    assert run_analyst("suggest", [str(path), "--against", str(references), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [item["id"] for item in result] == ["a", "b", "c"]
    assert all(set(item) == {"id", "suggestions", "confident"} for item in result)
    assert sorted(one["code"] for one in result[0]["suggestions"]) == sorted(SUBJECTS)
    assert result[0]["suggestions"][-1]["code"] == "1.1"
    assert result[1] == {"id": "b", "suggestions": [], "confident": False}
    assert result[2]["suggestions"][0]["code"] == "2.1"
    scores = [one["score"] for one in result[2]["suggestions"]]
    assert scores == sorted(scores, reverse=True)


def test_columns_headed_in_italian_are_the_same_columns(
    tmp_path: Path, references: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for heading, name in (("id,text", "in_english.csv"), ("id,Testo", "in_italian.csv")):
        path = _file(tmp_path, f'{heading}\na,"Più treni e stazioni"\n', name)
        assert run_analyst("suggest", [str(path), "--against", str(references), "--json"]) == 0
        said.append(capsys.readouterr().out)
    italian = _file(tmp_path, references.read_text().replace("code,group,text", "codice;gruppo;testo"), "italian.csv")
    italian.write_text(italian.read_text().replace(',"', ';"').replace(",", ";"))
    assert run_analyst("suggest", [str(path), "--against", str(italian), "--json"]) == 0
    assert said[0] == said[1] == capsys.readouterr().out


def test_rows_without_ids_are_numbered_and_words_are_for_people(
    tmp_path: Path, references: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, "text\nPiù treni e stazioni\n😀\n")
    assert run_analyst("suggest", [str(path), "--against", str(references)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1: 1.1 ")
    assert "treni" in lines[0]
    assert lines[1] == "2: nothing to read"


def test_themes_gives_one_item_a_row_and_the_themes_they_are_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "\n".join(f'v{number},"{text}"' for number, text in enumerate(voices()))
    path = _file(tmp_path, f"id,text\n{rows}\nodd,12345\n")
    assert run_analyst("themes", [str(path), "--groups", "5", "--seed", "2", "--json"]) == 0
    printed = capsys.readouterr()
    result = json.loads(printed.out)
    assert set(result) == {"themes", "items"}
    assert all(set(theme) == {"id", "name", "keywords", "quotation"} for theme in result["themes"])
    assert len(result["themes"]) == 5
    assert [item["id"] for item in result["items"]] == [*(f"v{number}" for number in range(40)), "odd"]
    assert result["items"][-1] == {"id": "odd", "theme": None}
    assert {item["theme"] for item in result["items"][:-1]} == {theme["id"] for theme in result["themes"]}
    assert "nothing to read in: odd" in printed.err


def test_headings_come_one_a_line_and_too_few_texts_are_not_grouped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, "id,text\na,Più treni\nb,Meno rifiuti\n")
    headings = _file(tmp_path, "Treni\n\nRifiuti\nTreni\n", "headings.txt")
    assert run_analyst("themes", [str(path), "--headings", str(headings), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    names = {theme["id"]: theme["name"] for theme in result["themes"]}
    assert [names[item["theme"]] for item in result["items"]] == ["Treni", "Rifiuti"]
    assert run_analyst("themes", [str(path), "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {"themes": [], "items": [{"id": "a", "theme": None}, {"id": "b", "theme": None}]}
    assert "too few to group" in printed.err


@pytest.mark.parametrize("content", [b"PK\x03\x04\x14\x00xl/", b"%PDF-1.7\n1 0 obj\n", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_headings_that_are_no_text_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    """They were read letter by letter, and the texts grouped under what came of it."""
    headings = tmp_path / "headings.txt"
    headings.write_bytes(content)
    assert run_analyst("themes", [str(_file(tmp_path, "text\ntreni\n")), "--headings", str(headings)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "this is no text" in printed.err


@pytest.mark.parametrize(
    ("content", "extra", "message"),
    [
        ("id,frase\na,treni\n", [], "There is no column “text”; the columns are: id, frase"),
        ("", [], "The file is empty"),
        ("text\ntreni\n", ["--groups", "0"], "ask for 1 to 70"),
        ("text\ntreni\n", ["--seed", "-1"], "a seed is 0 or more"),
        ("text\ntreni\n", ["--headings", "missing.txt"], "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, extra: list[str], message: str
) -> None:
    path = _file(tmp_path, content)
    assert run_analyst("themes", [str(path), *extra, "--json"]) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.out == ""


def test_references_with_an_empty_cell_or_a_missing_column_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, "text\ntreni\n")
    for content, message in (
        ("code,text\n1,treni\n", "There is no column “group”"),
        ("code,group,text\n1,,treni\n", "row 1 under the header has no group"),
        ("code,group,text\n", "there are no rows"),
    ):
        bad = _file(tmp_path, content, "bad.csv")
        assert run_analyst("suggest", [str(path), "--against", str(bad), "--json"]) == 2
        assert message in capsys.readouterr().err


def test_files_of_windows_are_read_and_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "windows.csv"
    path.write_bytes("text\nPiù treni\n".encode("cp1252"))
    assert [row["text"] for row in texts_table.rows_of(path, ("text",), command="themes")] == ["Più treni"]
    assert "cp1252" in capsys.readouterr().err


def test_a_text_that_its_separator_cut_and_a_cell_without_a_value_are_refused_with_their_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = _file(tmp_path, "id,text\n1,treni\n2,Più treni, la sera\n")
    assert run_analyst("themes", [str(cut), "--json"]) == 2
    assert "Row 3" in capsys.readouterr().err
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(xlsx(row(1, "id", "text") + row(2, "1", '<c t="e"><v>#REF!</v></c>')))
    assert run_analyst("themes", [str(broken), "--json"]) == 2
    assert "Row 2, column “text”" in capsys.readouterr().err


def test_a_table_parted_by_semicolons_with_line_breaks_in_cells_is_read(tmp_path: Path) -> None:
    path = _file(tmp_path, 'id;text\na;"Più treni\ne stazioni"\nb;Boschi\n')
    assert [row["text"] for row in texts_table.rows_of(path, ("text",), ("id",), command="themes")] == [
        "Più treni\ne stazioni",
        "Boschi",
    ]


@pytest.mark.django_db
def test_an_edition_that_is_not_there_is_named_with_those_that_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, "text\ntreni\n")
    assert run_analyst("suggest", [str(path), "--edition", "1999", "--json"]) == 2
    assert "there is no edition “1999”" in capsys.readouterr().err


@pytest.mark.django_db
def test_both_commands_compare_with_an_edition_that_is_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = a_small_plan()
    titles = {row.code: row.title_it for row in Strategy.objects.of(edition)}
    path = _file(tmp_path, "id,text\n" + "".join(f'{code},"{title}"\n' for code, title in titles.items()))
    assert run_analyst("suggest", [str(path), "--edition", edition.label, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [{one["code"] for one in item["suggestions"]} for item in result] == [set(titles)] * len(titles)
    assert run_analyst("themes", [str(path), "--edition", edition.label, "--json"]) == 0
    grouped = json.loads(capsys.readouterr().out)
    assert {item["id"] for item in grouped["items"]} == set(titles)
    # Too few to group: listed by strategy.
    assert {theme["name"] for theme in grouped["themes"]} <= set(titles)


def test_remarks_are_in_the_language_of_the_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(tmp_path, "text\nPiù treni\nBoschi curati\n")
    for language, words in (("it_IT.UTF-8", "troppo pochi"), ("en_GB.UTF-8", "too few to group")):
        monkeypatch.delenv("LANGUAGE", raising=False)
        monkeypatch.setenv("LC_ALL", language)
        assert run_analyst("themes", [str(path), "--json"]) == 0
        out = capsys.readouterr()
        assert words in out.err
        assert set(json.loads(out.out)) == {"themes", "items"}


def test_the_names_in_the_json_are_the_same_in_every_language(
    tmp_path: Path, references: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "it_IT.UTF-8")
    path = _file(tmp_path, "text\nPiù treni\n")
    assert run_analyst("suggest", [str(path), "--against", str(references), "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)[0]) == {"id", "suggestions", "confident"}


def test_answers_that_say_nothing_are_listed_apart_and_may_be_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, "id,text\na,Servono treni la sera\nb,non so\nc,vedi sopra\n")
    assert run_analyst("themes", [str(path), "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["no_content"] == ["b", "c"]
    assert "b, c" in printed.err
    assert run_analyst("themes", [str(path), "--json", "--keep", "c"]) == 0
    assert json.loads(capsys.readouterr().out)["no_content"] == ["b"]
    assert run_analyst("themes", [str(path), "--keep", "z"]) == 2
    assert "“z”" in capsys.readouterr().err
