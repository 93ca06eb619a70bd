"""The territory of Turin, loaded once for a module of tests and taken away after it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from aumenta.territory.load import LoadReport, load_territories
from aumenta.territory.source import Source, read_package
from aumenta.territory.tables import Tables, read_tables

TABLES = Path(__file__).resolve().parent.parent / "src" / "aumenta" / "territory" / "data" / "torino"


@cache
def source_of_turin() -> Source:
    """What the package has about Turin, read once for the whole run."""
    return read_package({"001"})


def tables_of_turin(zones: Path | None = None, belts: Path | None = None) -> Tables:
    """The project's tables, or these files in their place."""
    return read_tables(source_of_turin().municipalities, {"001": "torino"}, zones, belts)


@pytest.fixture(scope="module")
def turin(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LoadReport]:
    """All of Turin in the test database, for every test of the module that also asks for `db`."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_territories(source=source_of_turin(), tables=tables_of_turin())
        transaction.set_rollback(True)
