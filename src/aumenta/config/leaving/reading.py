"""A whole installation out of a folder, into one that is empty."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.core.files import File as Upload
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from aumenta.config.leaving.description import DESCRIPTION, FORMAT, MEDIA
from aumenta.config.leaving.refusals import LeavingError
from aumenta.config.leaving.rows import all_models, columns, write_rows
from aumenta.config.leaving.writing import CHUNK, Exported, applied

MADE_BY_MIGRATE: Final = frozenset({"contenttypes.ContentType", "auth.Permission"})
"""Tables that every new installation has rows in: those of the export take their place."""


@dataclass(frozen=True)
class _Folder:
    """A folder that was looked at: its description, and which file has the rows of which table."""

    at: Path
    about: dict[str, Any]
    tables: dict[str, dict[str, Any]]


def import_from(folder: Path) -> Exported:
    """Take in what `export_to` wrote: all of it or nothing.

    Raises LeavingError where the folder is none of ours, is damaged, was made with other tables, or where this
    installation has something in it already.
    """
    found = _looked_at(folder.resolve())
    models = {model._meta.label_lower: model for model in all_models()}
    _fits(found, models)
    _is_empty(list(models.values()))
    size = _is_whole(found)
    try:
        with transaction.atomic():
            rows = _take_in(found, models)
            uploads = _take_uploads(found)
    except DatabaseError as trouble:
        raise LeavingError(
            _("The rows don't fit together: %(said)s.") % {"said": " ".join(str(trouble).split())}
        ) from trouble
    return Exported(len(found.tables), rows, uploads, size)


def _looked_at(folder: Path) -> _Folder:
    at = folder / DESCRIPTION
    told = {"file": at}
    try:
        package = json.loads(at.read_bytes())
        about, resources = package["aumenta"], package["resources"]
        tables = {PurePosixPath(one["path"]).stem: one for one in resources}
        given = about["format"]
    except OSError as trouble:
        raise LeavingError(_("%(file)s can't be read: is this a folder that aumenta export wrote?") % told) from trouble
    except (ValueError, KeyError, TypeError) as trouble:
        raise LeavingError(_("%(file)s is not the description of an export of Aumenta.") % told) from trouble
    if given != FORMAT:
        raise LeavingError(
            _("The folder is in the format %(given)s, and this program reads %(format)s.")
            % {"given": str(given)[:40], "format": FORMAT}
        )
    return _Folder(folder, about, tables)


def _fits(found: _Folder, models: dict[str, type[Model]]) -> None:
    """Refuse what other tables wrote: a column that nobody knows would be lost, one that is missing invented."""
    ours, theirs = set(applied()), set(found.about.get("migrations", []))
    different = sorted(ours ^ theirs)
    if different:
        raise LeavingError(
            _(
                "The folder was written by Aumenta %(program)s, whose tables are not those of this program "
                "(%(first)s and %(count)d in all). Import it with the same version, then upgrade."
            )
            % {"program": found.about.get("program", "?"), "first": different[0], "count": len(different)}
        )
    for label, one in found.tables.items():
        model = models.get(label)
        names = {field.get("name") for field in one.get("schema", {}).get("fields", [])}
        if model is None or names != {field.attname for field in columns(model)}:
            raise LeavingError(
                _("The folder has a table “%(table)s” that this program does not know.") % {"table": label}
            )


def _is_empty(models: list[type[Model]]) -> None:
    for model in models:
        if model._meta.label not in MADE_BY_MIGRATE and (count := model._base_manager.count()):
            raise LeavingError(
                _(
                    "This installation is not empty: it has %(count)d rows of “%(table)s”. Import into a new one, "
                    "before aumenta prepare: AUMENTA_DATA or AUMENTA_DATABASE_URL say where."
                )
                % {"count": count, "table": model._meta.label}
            )


def _files(found: _Folder) -> Iterator[dict[str, Any]]:
    yield from found.tables.values()
    yield from found.about.get("uploads", [])


def _is_whole(found: _Folder) -> int:
    """The bytes of all files, each of them as it was written."""
    size = 0
    for one in _files(found):
        path = _inside(found, str(one.get("path", "")))
        digest = hashlib.sha256()
        try:
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
        except OSError as trouble:
            raise LeavingError(_("%(file)s is missing from the folder.") % {"file": one["path"]}) from trouble
        if f"sha256:{digest.hexdigest()}" != one.get("hash"):
            raise LeavingError(
                _("%(file)s is not as it was written: its SHA-256 is another. Copy the folder again.")
                % {"file": one["path"]}
            )
    return size


def _inside(found: _Folder, path: str) -> Path:
    """A file of the folder; a path that leads out of it is refused."""
    told = (found.at / path).resolve()
    if not told.is_relative_to(found.at):
        raise LeavingError(_("%(file)s leads out of the folder.") % {"file": path[:80]})
    return told


def _take_in(found: _Folder, models: dict[str, type[Model]]) -> int:
    rows = 0
    with connection.cursor() as cursor:
        # Permissions lead to content types: the first goes first.
        for label in sorted(MADE_BY_MIGRATE):
            table = connection.ops.quote_name(models[label.lower()]._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - the name of a table
    for label, one in found.tables.items():
        rows += write_rows(models[label], _rows(_inside(found, one["path"]), label))
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
            cursor.execute(statement)
    return rows


def _rows(path: Path, label: str) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file:
        for number, written in enumerate(file, start=1):
            try:
                row = json.loads(written)
            except ValueError as trouble:
                told = {"table": label, "line": number}
                raise LeavingError(_("Line %(line)d of “%(table)s” is no JSON.") % told) from trouble
            yield row


def _take_uploads(found: _Folder) -> int:
    """Uploads under the names they had: rows name them so."""
    uploads = found.about.get("uploads", [])
    for one in uploads:
        name = one["path"].removeprefix(f"{MEDIA}/")
        if default_storage.exists(name):
            default_storage.delete(name)
        with _inside(found, one["path"]).open("rb") as file:
            kept = default_storage.save(name, Upload(file))
        if kept != name:
            raise LeavingError(_("%(file)s can't be kept under its name.") % {"file": name})
    return len(uploads)
