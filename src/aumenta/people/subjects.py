"""What is held about somebody who asks (data protection, articles 15 and 17): found in every room, handed out, erased,
and looked for once more in every table and file.

Each room brings its own finder, from its `apps.py`. What a room holds that may not be erased says why.
"""

import mmap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from aumenta.activity.log import log
from aumenta.people.activity import PERSON_FORGOTTEN
from aumenta.people.forgetting import overwrite_what_went
from aumenta.people.models import User


@dataclass(frozen=True)
class Who:
    """Somebody, as she says who she is: by her address, her name, or both."""

    email: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        """Spaces around a word, or twice between two, are no part of it."""
        object.__setattr__(self, "email", self.email.strip())
        object.__setattr__(self, "name", " ".join(self.name.split()))

    @property
    def words(self) -> list[str]:
        """What is looked for, word for word."""
        return [word for word in (self.email, self.name) if word]

    def is_named(self, email: str, name: str) -> bool:
        """Whether a row with this address and name is hers: by the address where both know one, else by the name."""
        if self.email and email:
            return self.email.casefold() == email.strip().casefold()
        return bool(self.name) and self.name.casefold() == " ".join(name.split()).casefold()


@dataclass(frozen=True)
class Held:
    """Something held about her: what it is, its fields in words, until when, and how it is erased; where it is not, why
    not."""

    what: str
    said: Mapping[str, str]
    until: str
    erase: Callable[[User | None], object] | None = None
    why_not: str = ""


@dataclass(frozen=True)
class Forgotten:
    """What became of it: how many things were erased, what stays by law, and where her words still stand."""

    erased: int
    kept: list[Held]
    left: dict[str, list[str]]


Finder = Callable[[Who], Iterable[Held]]
_FINDERS: Final[list[Finder]] = []


def register_finder(finder: Finder) -> None:
    """Ask `finder` too when somebody asks what is held about her; said twice, it is asked once."""
    if finder not in _FINDERS:
        _FINDERS.append(finder)


def held_about(who: Who) -> list[Held]:
    """Everything that every room holds about her."""
    return [held for finder in _FINDERS for held in finder(who)] if who.words else []


def forget_person(*, who: Who, person: User | None) -> Forgotten:
    """Erase what is held about her and may be erased, and look for her in every table and file.

    `person` is who does it, None where a command does: whoever may run it has the server. What was erased is noted, so
    that a restore erases it again (`erasures.py`).
    """
    found = held_about(who)
    with transaction.atomic():
        erasable = [held for held in found if held.erase is not None]
        for held in erasable:
            assert held.erase is not None
            held.erase(person)
        if erasable:
            log(code=PERSON_FORGOTTEN, person=person, detail=str(len(erasable)))
        _jobs_away(who)
    _mails_away(who)
    overwrite_what_went()
    return Forgotten(len(erasable), [held for held in found if held.erase is None], where_it_stands(who))


def where_it_stands(who: Who) -> dict[str, list[str]]:
    """For each of her words, every column and file in which it still stands, without a regard for capitals.

    Files of the database are looked through byte by byte, left-over pages and the log of writes included, and so are
    uploads and mails. Encrypted columns are not: their rows are found by who keeps them. Nor are backups.
    """
    return {word: [*_columns_with(word), *_files_with(word)] for word in who.words}


def _columns_with(word: str) -> Iterator[str]:
    escaped = word.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    for model in apps.get_models(include_auto_created=True):
        table = connection.ops.quote_name(model._meta.db_table)
        for field in model._meta.concrete_fields:
            column = connection.ops.quote_name(str(field.column))
            question = f"SELECT count(*) FROM {table} WHERE LOWER(CAST({column} AS TEXT)) LIKE %s ESCAPE '!'"  # noqa: S608
            with connection.cursor() as cursor:
                cursor.execute(question, [f"%{escaped}%"])
                if cursor.fetchone()[0]:
                    yield f"{model._meta.label}.{field.name}"


def _files_with(word: str) -> Iterator[str]:
    """Files of the data folder, and those of an SQLite database that lies elsewhere."""
    folders = {Path(settings.DATA_FOLDER), Path(settings.MEDIA_ROOT)}
    files = {file for folder in folders for file in folder.rglob("*") if "static" not in file.parts}
    if connection.vendor == "sqlite":
        main = Path(str(connection.settings_dict["NAME"]))
        files |= set(main.parent.glob(f"{main.name}*"))
    forms = {form.encode() for form in (word, word.lower(), word.upper(), word.title())}
    for file in sorted(files):
        if file.is_file() and _holds(file, forms):
            yield file.name


def _holds(file: Path, forms: set[bytes]) -> bool:
    if not file.stat().st_size:
        return False
    with file.open("rb") as content, mmap.mmap(content.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return any(data.find(form) >= 0 for form in forms)


def _jobs_away(who: Who) -> None:
    """Jobs that ended and name her, such as in what a fault said: they would stay for a week."""
    for word in who.words:
        named = Q(traceback__icontains=word) | Q(exception_class_path__icontains=word)
        DBTaskResult.objects.filter(named).exclude(finished_at=None).delete()


def _mails_away(who: Who) -> None:
    """Mails that were written as files because no server is set, where they are to her or name her."""
    folder = Path(settings.DATA_FOLDER) / "mail"
    forms = {form.encode() for word in who.words for form in (word, word.lower())}
    for file in folder.glob("*.log") if folder.exists() else []:
        if _holds(file, forms):
            file.unlink(missing_ok=True)
