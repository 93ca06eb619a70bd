"""What libraries and the system say of a fault, in the reader's language: they speak English whatever she speaks.

Where they name a place, the place is what helps; the few words without one are translated, others stay as they are.
"""

import re
from collections.abc import Callable
from typing import Final

from aumenta.core.catalog import gettext_noop

_IN_AN_EXPRESSION: Final = re.compile(r"at position (?P<place>\d+)")
_AT_A_LINE: Final = re.compile(r"line (?P<line>\d+),? column (?P<column>\d+)")
_CHARACTER: Final = gettext_noop("the expression can't be read at its character %(place)s")
_LINE: Final = gettext_noop("it can't be read at line %(line)s, column %(column)s")
WORDS: Final[dict[str, str]] = {
    # Expressions and files of settings.
    "at end of document": gettext_noop("it breaks off at its end"),
    "look-behind requires fixed-width pattern": gettext_noop("what stands behind (?<=…) must be of one length"),
    "line contains NUL": gettext_noop("it holds characters that no text has"),
    "field larger than field limit": gettext_noop("a cell is longer than any text"),
    "new-line character seen in unquoted field": gettext_noop("a line ends inside a cell"),
    # The system: files and disk.
    "Permission denied": gettext_noop("not allowed"),
    "Operation not permitted": gettext_noop("not allowed"),
    "No such file or directory": gettext_noop("it is not there"),
    "Not a directory": gettext_noop("it lies in something that is no folder"),
    "Is a directory": gettext_noop("it is a folder"),
    "File exists": gettext_noop("it is there already"),
    "File name too long": gettext_noop("its name is too long"),
    "Read-only file system": gettext_noop("nothing can be written there"),
    "No space left on device": gettext_noop("the disk is full"),
    "Disk quota exceeded": gettext_noop("the disk is full"),
    "Input/output error": gettext_noop("the disk can't be read"),
    "Too many levels of symbolic links": gettext_noop("its links lead round in a circle"),
    "Too many open files": gettext_noop("too many files are open"),
    # Databases.
    "no such table": gettext_noop("nothing was prepared in it yet: run aumenta prepare"),
    "unable to open database file": gettext_noop("it can't be opened"),
    "attempt to write a readonly database": gettext_noop("nothing can be written there"),
    "file is not a database": gettext_noop("the file is no database"),
    "database disk image is malformed": gettext_noop("its file is damaged"),
    "database is locked": gettext_noop("somebody else is writing all the while"),
    "database or disk is full": gettext_noop("the disk is full"),
    "disk I/O error": gettext_noop("the disk can't be read"),
    "Connection refused": gettext_noop("nobody answers there"),
    "could not translate host name": gettext_noop("there is no machine of that name"),
    "password authentication failed": gettext_noop("name or password are not accepted"),
}


def in_the_readers_words(said: str, translate: Callable[[str], str]) -> str:
    """`said`, which a library or the system said, in words that `translate` knows.

    >>> in_the_readers_words("unterminated character set at position 4", str)
    "the expression can't be read at its character 5"
    >>> in_the_readers_words("Permission denied", str)
    'not allowed'
    """
    if found := _IN_AN_EXPRESSION.search(said):
        return translate(_CHARACTER) % {"place": int(found["place"]) + 1}
    places = list(_AT_A_LINE.finditer(said))
    if places:
        # YAML names where something began, and then where it broke off.
        return translate(_LINE) % places[-1].groupdict()
    known = next((words for start, words in WORDS.items() if start in said), None)
    return said if known is None else translate(known)
