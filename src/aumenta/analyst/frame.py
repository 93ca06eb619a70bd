"""What the analysts' commands do alike: refuse what was handed in with a sentence, and answer as JSON or in words.

A command is a module with `HELP`, `add_arguments(parser)` and `run(options)`. `aumenta` (config/cli.py) calls `run`:
what it raises as InputError goes to stderr behind the name of the command, and the exit status is 2.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from aumenta.analyst.language import _
from aumenta.core.documents import DocumentError, DocumentFault
from aumenta.core.tables import TableError
from aumenta.core.tables.sentences import say_where
from aumenta.core.words_of_libraries import in_the_readers_words

Shown = TypeVar("Shown")
DECIMALS: Final = {"comma": ",", "point": "."}
DOCUMENT_FAULTS: Final = {
    DocumentFault.TOO_LARGE: _("the file is too large: 20 MB at most"),
    DocumentFault.OLD_WORD: _("this is a file of an old Word: save it as DOCX or ODT"),
    DocumentFault.LOCKED: _("the file asks for a password: save it without one"),
    DocumentFault.DAMAGED: _("the file is damaged: save it again and try once more"),
    DocumentFault.WITHOUT_TEXT: _(
        "there is no text in the file: if it is a scan, it needs character recognition first"
    ),
    DocumentFault.UNKNOWN_KIND: _("this is neither text nor PDF, DOCX, ODT or RTF"),
}


class InputError(ValueError):
    """What was handed in will not do. `sentence` says what, where and what to do; `path` is the file it is about."""

    def __init__(self, sentence: str, path: Path | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.path = path

    def __str__(self) -> str:
        return self.sentence if self.path is None else f"{self.path}: {self.sentence}"


@contextmanager
def about(path: Path) -> Iterator[None]:
    """What is wrong inside is wrong with this file: faults of disk, tables and documents become an InputError of it."""
    try:
        yield
    except InputError as problem:
        raise InputError(problem.sentence, problem.path or path) from None
    except OSError as problem:
        reason = in_the_readers_words(problem.strerror or str(problem), _)
        raise InputError(_("the file cannot be read (%(reason)s)") % {"reason": reason}, path) from None
    except TableError as problem:
        raise InputError(say_where(problem.finding, _), path) from None
    except DocumentError as problem:
        raise InputError(DOCUMENT_FAULTS[problem.fault], path) from None


def content_of(path: Path, most: int) -> bytes:
    """The bytes of a file, one more than `most` at most; InputError where it can't be opened."""
    with about(path), path.open("rb") as file:
        return file.read(most + 1)


def tell(command: str, sentence: str) -> None:
    """Say on stderr what should be known beside the answer."""
    print(f"aumenta {command}: {sentence}", file=sys.stderr)


def json_option(parser: argparse.ArgumentParser) -> None:
    """`--json`, the same in all commands that answer with `answer`."""
    parser.add_argument("--json", action="store_true", help=_("print JSON instead of sentences"))


def decimal_option(parser: argparse.ArgumentParser) -> None:
    """`--decimal`, for numbers that may be read in two ways."""
    parser.add_argument(
        "--decimal",
        choices=sorted(DECIMALS),
        help=_("the decimal sign of the numbers, where the table does not say it: 1.234 is 1234 with comma"),
    )


def decimal_of(options: argparse.Namespace) -> str:
    """The decimal sign that was asked for; "" where none was."""
    return DECIMALS[options.decimal] if options.decimal else ""


@contextmanager
def asking_for_the_decimal_sign(path: Path) -> Iterator[None]:
    """As `about`, where the command has `--decimal`: a number of two readings is refused with that way out."""
    with about(path):
        try:
            yield
        except TableError as problem:
            if problem.code != "number_ambiguous":
                raise
            question = _("; say --decimal comma or --decimal point")
            raise InputError(f"{say_where(problem.finding, _).rstrip('.')}{question}") from None


def answer(shown: Shown, options: argparse.Namespace, in_words: Callable[[Shown], str]) -> None:
    """Print what was found: JSON with `--json`, else the words that `in_words` makes of it."""
    print(json.dumps(shown, ensure_ascii=False, allow_nan=False) if options.json else in_words(shown))
