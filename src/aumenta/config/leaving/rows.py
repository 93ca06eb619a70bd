"""Rows of tables as lines of JSON and back: the same row is the same line on every database."""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models import ExpressionWrapper, F, Model

NEVER: Final = frozenset({"sessions.Session"})
"""Who is signed in just now: a secret of a browser and this installation, and of use to nobody else."""
AT_ONCE: Final = 2_000
Field = models.Field[Any, Any]


def all_models() -> list[type[Model]]:
    """Every table that goes along, by name."""
    there = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    kept = (model for model in there if not model._meta.proxy and model._meta.label not in NEVER)
    return sorted(kept, key=lambda model: model._meta.label)


def columns(model: type[Model]) -> list[Field]:
    """The columns of a table, as its model has them."""
    return list(model._meta.concrete_fields)


def read_rows(model: type[Model]) -> Iterator[dict[str, Any]]:
    """The rows of a table in the order of their keys, as they are kept."""
    named = [(field.attname, _as_kept(field)) for field in columns(model)]
    found = model._base_manager.order_by("pk").values_list(*(column for _name, column in named))
    names = [name for name, _column in named]
    for row in found.iterator(chunk_size=AT_ONCE):
        yield dict(zip(names, row, strict=True))


def _as_kept(field: Field) -> Any:
    """A column read without what a field of our own adds: versions go as they were written, not as they are shown."""
    if isinstance(field, models.JSONField):
        return ExpressionWrapper(F(field.attname), output_field=models.JSONField())
    return field.attname


def line(row: dict[str, Any]) -> bytes:
    """A row as one line."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return f"{text}\n".encode()


def _plain(value: Any) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode("ascii")
        case Decimal() | UUID():
            return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a line of JSON")


def write_rows(model: type[Model], rows: Iterable[dict[str, Any]]) -> int:
    """Put rows into a table as they are, keys and moments included; returns how many.

    Neither defaults nor `auto_now` have a say: what was written then stays. Raises what the database raises.
    """
    fields = columns(model)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names of columns
    count = 0
    with connection.cursor() as cursor:
        for some in _by(AT_ONCE, rows):
            cursor.executemany(
                statement, [[_for_database(field, row[field.attname]) for field in fields] for row in some]
            )
            count += len(some)
    return count


def _for_database(field: Field, value: Any) -> Any:
    if isinstance(field, models.JSONField):
        if value is None and field.null:
            return None
        return connection.ops.adapt_json_value(value, field.encoder)
    return field.get_db_prep_save(field.to_python(value), connection)


def _by(size: int, rows: Iterable[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
