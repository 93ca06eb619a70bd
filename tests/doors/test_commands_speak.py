"""Whoever's console speaks Italian is told everything in Italian: help, refusals, what argparse and libraries say."""

import argparse
import ast
import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import polib  # type: ignore[import-untyped]  # it has no types
import pytest

from aumenta.config import cli
from aumenta.core.extraction import ExtractionError
from aumenta.core.extraction.layout import layout_from_text
from aumenta.core.extraction.sentences import say_error
from aumenta.core.words_of_libraries import in_the_readers_words

FOR_PROGRAMMERS = re.compile(
    r"conflicting|__call__|mode %r|cannot merge|positionals|invalid option string|dest=|conflict_resolution|mutually|"
    r"multiple subparser|not callable"
)
"""What argparse says of a mistake in the code, which nobody meets."""
ENGLISH = re.compile(
    r"\b(?:the|and|of|with|where|which|whose|is|are|usage|options|optional|show|error|file to)\b", re.I
)
ITALIAN = {**os.environ, "LC_ALL": "it_IT.UTF-8", "LANGUAGE": ""}
ALL_HELP = """
from aumenta.config import cli
import argparse, sys
cli._let_argparse_speak()
cli.start_django()
from django.core.management import get_commands
from aumenta.config.commands_in_words import Commands
for name in cli.analyst_commands():
    parser = argparse.ArgumentParser(prog="aumenta " + name, description=cli._module(name).HELP)
    cli._module(name).add_arguments(parser)
    print("@@", name, parser.format_help())
for name, app in get_commands().items():
    if str(getattr(app, "name", app)).startswith("aumenta."):
        command = Commands().fetch_command(name)
        print("@@", name, command.create_parser("aumenta", name).format_help())
print("@@ help", Commands(["aumenta", "help"]).main_help_text())
"""


ALL_WRONG = """
import contextlib, io, json, sys
from aumenta.config import cli
told = []
for words in json.load(sys.stdin):
    with contextlib.redirect_stderr(io.StringIO()) as said:
        try:
            cli.main(words)
            status = 0
        except SystemExit as end:
            status = end.code
    told.append((status, said.getvalue()))
print(json.dumps(told))
"""
WRONG = {
    ("extract",): "mancano questi argomenti: file",
    ("extract", "x", "--latout", "y"): "argomenti sconosciuti: --latout y",
    ("inequality", "x", "--value", "a", "--decimal", "virgola"): "non è fra le scelte possibili",
    ("propose-goals",): "mancano questi argomenti: --edition",
    ("propose-goals", "--edition"): "serve un valore",
    ("load-territory", "--city", "x", "--italy"): "non va insieme a",
    ("inequality", "/", "--value", "x"): "è una cartella",
    ("import", "/"): "/",
}
"""What is typed wrong, and some words of the answer."""


def script(text: str, given: str = "") -> str:
    """What a script prints where the console speaks Italian."""
    return subprocess.run(
        [sys.executable, "-c", text], input=given, capture_output=True, text=True, check=True, env=ITALIAN
    ).stdout


def test_the_help_of_every_command_is_in_italian() -> None:
    helps = script(ALL_HELP).split("@@ ")[1:]
    assert len(helps) > 30
    for text in helps:
        name, _space, said = text.partition(" ")
        plain = re.sub(r"--?[a-z][\w-]*|\[[^\]]*\]|\{[^}]*\}", " ", said)
        assert not (ENGLISH.search(plain)), name
        assert "%(" not in said
        assert name in {"help"} or "opzioni" in said


def test_all_that_argparse_says_to_people_has_its_italian() -> None:
    said: set[str] = set()
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
            said |= {str(part.value) for part in node.args[:1] if isinstance(part, ast.Constant)}
    italian = {one.msgid: one for one in polib.pofile(str(cli.ARGPARSE / "it" / "LC_MESSAGES" / "argparse.po"))}
    missing = {text for text in said if text not in italian and not FOR_PROGRAMMERS.search(text)}
    assert len(said) > 20
    assert not missing


def test_a_command_written_wrong_is_answered_in_italian_and_with_no_name_of_a_class() -> None:
    answers = json.loads(script(ALL_WRONG, json.dumps(list(WRONG))))
    for (words, says), (status, told) in zip(WRONG.items(), answers, strict=True):
        assert status == 2, words
        assert says in told
        assert not re.search("error:|usage|Error|Traceback", told), words


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ("unterminated character set at position 4", "at its character 5"),
        ("Invalid value (at line 3, column 7)", "at line 3, column 7"),
        ("Expecting value: line 1 column 2 (char 1)", "at line 1, column 2"),
        ('while parsing a block\n in "x", line 1, column 1\nfound\n in "x", line 4, column 9', "at line 4, column 9"),
        ("Invalid statement (at end of document)", "breaks off"),
        ("Permission denied", "not allowed"),
        ("something nobody foresaw", "something nobody foresaw"),
    ],
)
def test_what_a_library_says_is_its_place_or_our_words(said: str, tells: str) -> None:
    assert tells in in_the_readers_words(said, str)


@pytest.mark.parametrize("pattern", ["(", "[a", "*a", "(?<n>x)", "\\q", "(?P<code>", "a{2,1}", ")", "(?<=a*)b"])
def test_every_mistake_of_an_expression_is_told_without_the_words_of_the_library(pattern: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        layout_from_text(f"title = ['{pattern}']", "mia.toml")
    told = say_error(caught.value, "x", str)
    assert re.search(r"character \d+|one length", told)
    assert "title[0]" in told


MINUTE = "Presenti: Anna Verdi, Bruno Neri.\nAssenti: Carla Blu.\nVotazione: presenti 5, favorevoli 9, contrari 0."
SERIES = {"x": {"a": {"direction": 1, "base_year": 2015, "base_value": 1, "current_year": 2020, "current_value": 2}}}


@pytest.mark.parametrize(
    ("command", "given"),
    [("minutes", MINUTE), ("minutes", "Niente di niente."), ("progress", json.dumps(SERIES))],
)
def test_an_answer_in_words_has_no_code_of_the_programs_own(
    command: str, given: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "given"
    path.write_text(given, encoding="utf-8")
    assert cli.run_analyst(command, [str(path)]) == 0
    said = capsys.readouterr().out
    assert said.strip()
    assert not re.search(r"[a-z]_[a-z]", said)


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + b"x" * 300, b"\xff\xd8\xff\xe0 JFIF", b"ab\x01\x02\x03" * 50]
)
def test_what_is_no_text_is_no_minute_and_no_transcript(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "given.txt"
    path.write_bytes(content)
    for command in ("minutes", "transcript"):
        assert cli.run_analyst(command, [str(path)]) == 2


def test_what_is_odd_about_a_text_is_said_in_italian() -> None:
    from aumenta.core.synthesis.statements import Oddity

    asks = "from aumenta.analyst.suggest import ODDITIES; print(*ODDITIES.values(), sep='|')"

    def said(language: str) -> list[str]:
        there = {**os.environ, "LC_ALL": language, "LANGUAGE": ""}
        done = subprocess.run([sys.executable, "-c", asks], env=there, capture_output=True, text=True, check=True)
        return done.stdout.strip().split("|")

    italian, english = said("it_IT.UTF-8"), said("C.UTF-8")
    # Without anything to read there is nothing to suggest: that is said in other words.
    assert len(english) == len(set(Oddity) - {Oddity.EMPTY, Oddity.NUMBERS, Oddity.NO_CONTENT})
    assert not set(italian) & set(english)
