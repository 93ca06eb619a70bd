"""All open data of an edition as one zip, from the chair of whoever harvests it and of whoever archives it."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import csvw
import frictionless
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from aumenta.activity.public_revision import touch
from aumenta.core.process_cache import forget_everything
from aumenta.opendata.api.subjects import operations
from aumenta.plan.models import Edition
from aumenta.review.record import record_import
from tests.cast import a_plan, standing
from tests.governance_cast import a_public_act
from tests.monitoring_cast import a_project, an_indicator_read
from tests.turin import turin  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
LABEL, LARGE, HIDDEN = "2021-2023", "2031-2033", "2041-2043"
ADDRESS = f"/dati/tutto-{LABEL}.zip"
ELSEWHERE = {"versions", "alignments"}
"""Operations whose tables have another name: versions are past states, alignments stand under action-alignments."""
KINDS: dict[str, Callable[[str], object]] = {
    "integer": int,
    "number": float,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "date": lambda text: re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) or int("no date"),
    "datetime": lambda text: re.match(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", text) or int("no moment"),
    "string": str,
}


@pytest.fixture(scope="module", autouse=True)
def _cast(turin, django_db_blocker: DjangoDbBlocker):  # noqa: F811
    def build() -> None:
        record_import(edition=a_plan())
        a_plan(label=LARGE, actions=1110)
        a_plan(label=HIDDEN, actions=3, state="preparation")
        a_public_act()
        an_indicator_read()
        a_project()
        Edition.objects.filter(label=LABEL).update(licence="", licence_address="")

    with standing(django_db_blocker, build):
        yield


def archive(client: Client) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(client.get(ADDRESS).content))


def test_the_same_state_is_the_same_bytes_whoever_asks_first(client):
    first = client.get(ADDRESS, HTTP_ACCEPT_LANGUAGE="en")
    forget_everything()
    again = client.get(ADDRESS, HTTP_ACCEPT_LANGUAGE="it")
    assert first.status_code == 200
    assert first.content == again.content
    assert "tutto" not in first["Content-Disposition"]
    assert client.get(ADDRESS, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304


def test_every_table_is_what_both_descriptions_say(client):
    zipped = archive(client)
    told = json.loads(zipped.read("datapackage.json"))
    assert told["$schema"].endswith("/2.0/datapackage.json")
    assert {name for name in zipped.namelist() if name.endswith(".csv")} == {one["path"] for one in told["resources"]}
    for one in told["resources"]:
        content = zipped.read(one["path"])
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        rows = list(csv.DictReader(io.StringIO(content.decode())))
        fields = {field["name"]: field for field in one["schema"]["fields"]}
        beside = json.loads(zipped.read(f"{one['path']}-metadata.json"))
        assert beside["url"] == one["path"]
        assert [column["name"] for column in beside["tableSchema"]["columns"]] == list(fields)
        assert content.decode().splitlines()[0].split(",") == list(fields)
        for row in rows:
            assert set(row) == set(fields), one["name"]
            for name, text in row.items():
                assert text == "" or KINDS[fields[name]["type"]](text) is not None
        keys = [tuple(row[name] for name in one["schema"].get("primaryKey", ())) for row in rows]
        assert not one["schema"].get("primaryKey") or len(set(keys)) == len(keys), one["name"]
        assert all(field["description"] for field in fields.values()), one["name"]


def test_what_programs_can_ask_for_is_all_in_it(client):
    """A list added to the interface and not to the package is noticed here."""
    tables = {
        one["name"].replace("-", "_") for one in json.loads(archive(client).read("datapackage.json"))["resources"]
    }
    names = {"editions": "edition", "connected": "connections"}
    for one in operations():
        if one.listed and one.name not in ELSEWHERE:
            assert names.get(one.name, one.name) in tables, one.name


def test_a_licence_that_nobody_states_is_not_invented(client):
    resources = {one["name"]: one for one in json.loads(archive(client).read("datapackage.json"))["resources"]}
    assert "licenses" not in resources["actions"]
    assert resources["municipalities"]["licenses"][0]["title"] == "CC BY 4.0"
    Edition.objects.filter(label=LABEL).update(licence="CC BY 3.0 IT")
    touch()
    again = {one["name"]: one for one in json.loads(archive(client).read("datapackage.json"))["resources"]}
    assert again["actions"]["licenses"][0]["title"] == "CC BY 3.0 IT"


def test_the_readme_says_every_column_in_both_languages(client):
    zipped = archive(client)
    text = zipped.read("README.md").decode()
    for one in json.loads(zipped.read("datapackage.json"))["resources"]:
        assert text.count(f"## {one['path']}") == 2
    for words in (
        "Titolo, in italiano",
        "Title, in Italian",
        "Licenza delle altre tabelle",
        "Licence of the other tables",
    ):
        assert words in text


@pytest.mark.parametrize("label", [HIDDEN, "1999-2001", "domani", "a" * 300])
def test_of_an_edition_that_is_not_public_there_is_no_package(client, label):
    assert client.get(f"/dati/tutto-{label}.zip").status_code == 404


def test_a_plan_ten_times_as_large_asks_the_database_no_more(client):
    counts = []
    for label in (LABEL, LARGE):
        forget_everything()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/dati/tutto-{label}.zip").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 60


def test_no_secret_of_this_installation_is_in_a_package(client, settings):
    zipped = archive(client)
    for name in zipped.namelist():
        text = zipped.read(name).decode()
        assert settings.SECRET_KEY not in text
        assert str(Path(settings.DATA_FOLDER)) not in text


def test_frictionless_finds_the_package_valid_row_by_row(client, tmp_path):
    archive(client).extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldNumber", "type", "note"])[:5]
    assert report.stats["tasks"] > 20


def test_csvw_reads_every_table_by_the_description_beside_it(client, tmp_path):
    zipped = archive(client)
    zipped.extractall(tmp_path)
    for path in sorted(tmp_path.glob("*-metadata.json")):
        table = csvw.Table.from_file(path)
        rows = list(table.iterdicts(strict=True))
        told = list(
            csv.DictReader(io.StringIO((tmp_path / path.name.removesuffix("-metadata.json")).read_text("utf-8")))
        )
        assert len(rows) == len(told), path.name
