"""A whole installation as a folder of open files, and back: from the chair of an authority that moves, and of one that
hands its plan on without its people."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import frictionless
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from aumenta.config.leaving.personal import ACCOUNT, kind_of, without_people
from aumenta.config.leaving.reading import MADE_BY_MIGRATE, import_from
from aumenta.config.leaving.refusals import LeavingError
from aumenta.config.leaving.rows import all_models
from aumenta.config.leaving.writing import export_to
from aumenta.people.models import User
from aumenta.plan.models import Action
from aumenta.review.record import record_import
from tests.cast import a_small_plan, somebody, standing
from tests.desk_things import ROUTES, Things, a_proposal
from tests.governance_cast import a_public_act, a_vote

pytestmark = pytest.mark.django_db
ADDRESS = "dirigente@esempio.it"
ENOUGH = 75
"""Tables that have a row here: what is equal after the way there and back must have been there."""


@pytest.fixture(scope="module", autouse=True)
def _cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory):
    media = str(tmp_path_factory.mktemp("media"))
    with override_settings(MEDIA_ROOT=media), standing(django_db_blocker, everything):
        yield


def everything() -> None:
    """A row in as many tables as the desk has things."""
    record_import(edition=a_small_plan())
    person = somebody("approver", email=ADDRESS)
    action = Action.objects.order_by("pk").first()
    things = Things(action, a_proposal(person, action), person)
    for name in sorted(ROUTES):
        things.address(name)
    a_public_act()
    a_vote()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def emptied() -> None:
    """The database as `migrate` leaves it, but for the tables that the export brings anyway."""
    with connection.cursor() as cursor:
        for model in all_models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def described(folder: Path) -> dict:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def hashes(folder: Path) -> dict[str, str]:
    told = described(folder)
    return {one["path"]: one["hash"] for one in [*told["resources"], *told["aumenta"]["uploads"]]}


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """Everything, with its people."""
    folder = tmp_path / "left"
    export_to(folder, people=True)
    return folder


@pytest.mark.parametrize("people", [True, False])
def test_what_went_out_is_equal_after_it_came_in(people: bool, tmp_path: Path) -> None:
    nobodys = "acts/annexes/" + "a" * 64 + ".pdf"
    default_storage.save(nobodys, ContentFile(b"%PDF"))
    first, second = tmp_path / "first", tmp_path / "second"
    export_to(first, people=people)
    emptied()
    call_command("import", str(first))
    export_to(second, people=people)
    assert hashes(first) == hashes(second)
    full = described(first)["resources"]
    assert len(full) > (ENOUGH if people else ENOUGH // 2), [one["path"] for one in full]
    uploads = {one["path"] for one in described(first)["aumenta"]["uploads"]}
    assert uploads
    assert (f"media/{nobodys}" in uploads) == people, "no row names this upload"
    if people:
        assert User.objects.get(email=ADDRESS).check_password("una parola lunga")


def test_the_folder_is_a_valid_data_package_that_says_what_every_column_is(left: Path) -> None:
    report = frictionless.validate(str(left / "datapackage.json"), limit_rows=50)
    assert report.valid, report.flatten(["type", "message"])[:5]
    for one in described(left)["resources"]:
        assert {field["class"] for field in one["schema"]["fields"]} <= {"public", "office", "personal"}
    said = (left / "README.md").read_text(encoding="utf-8")
    assert "Con i dati personali" in said
    assert "Without" not in said
    assert "With what is personal" in said


def test_no_personal_word_goes_along_unless_somebody_asks_for_people(tmp_path: Path) -> None:
    """Every personal text is given words that can't be mistaken."""
    marked = 0
    for model in all_models():
        for field in model._meta.concrete_fields:
            if kind_of(field) != "personal" or not isinstance(field, models.CharField | models.TextField):
                continue
            if field.unique or (field.max_length or 99) < 8 or field.choices:
                continue
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SAVEPOINT here")
                    table, column = (connection.ops.quote_name(n) for n in (model._meta.db_table, field.column))
                    cursor.execute(f"UPDATE {table} SET {column} = 'zqxzqx'")
                    marked += cursor.rowcount > 0
            except Exception:  # a table that never changes, a rule that holds the text to a form
                with connection.cursor() as cursor:
                    cursor.execute("ROLLBACK TO SAVEPOINT here")
    assert marked >= 25
    folder = tmp_path / "handed-on"
    export_to(folder, people=False)
    words = [ADDRESS, "zqxzqx", "pbkdf2", "argon2"]
    for path in folder.rglob("*.jsonl"):
        text = path.read_text(encoding="utf-8")
        assert not [word for word in words if word in text], path.name
    accounts = [json.loads(row) for row in (folder / "tables" / "people.user.jsonl").read_text().splitlines()]
    assert accounts
    assert all(not one["is_active"] and one["full_name"] == "" for one in accounts)


def test_whatever_is_personal_is_left_out_emptied_or_a_dash() -> None:
    without = without_people(all_models())
    for model in all_models():
        label = model._meta.label
        if label in without.tables or label == ACCOUNT:
            continue
        dealt = without.emptied.get(label, {}).keys() | without.texts.get(label, set())
        for field in model._meta.concrete_fields:
            number = field.remote_field and field.related_model._meta.label == ACCOUNT
            assert kind_of(field) != "personal" or number or field.attname in dealt, f"{label}.{field.name}"


def _spoil(folder: Path, name: str, change: Callable[[dict], None]) -> None:
    told = described(folder)
    change(told)
    (folder / name).write_text(json.dumps(told), encoding="utf-8")


def _another_format(told: dict) -> None:
    told["aumenta"]["format"] = "aumenta-installation/9"


def _other_migrations(told: dict) -> None:
    told["aumenta"]["migrations"].append("plan.9999_later")


def _another_column(told: dict) -> None:
    told["resources"][0]["schema"]["fields"].append({"name": "shoe_size", "type": "integer"})


def _outside(told: dict) -> None:
    told["resources"][0]["path"] = f"../../{told['resources'][0]['path']}"


def _bad_folders() -> Iterator[tuple[str, Callable[[Path], object], str]]:
    at = "datapackage.json"
    yield "no description", lambda folder: (folder / at).unlink(), "aumenta export wrote"
    yield "no JSON", lambda folder: (folder / at).write_text("{"), "not the description"
    yield "a list", lambda folder: (folder / at).write_text("[]"), "not the description"
    yield "another format", lambda folder: _spoil(folder, at, _another_format), "aumenta-installation/9"
    yield "another version", lambda folder: _spoil(folder, at, _other_migrations), "then upgrade"
    yield "a strange column", lambda folder: _spoil(folder, at, _another_column), "does not know"
    yield "a path that leads out", lambda folder: _spoil(folder, at, _outside), "leads out of the folder"
    yield "a file missing", lambda folder: (folder / "tables" / "plan.axis.jsonl").unlink(), "missing"
    yield "a file changed", lambda folder: (folder / "tables" / "plan.axis.jsonl").write_text("{}\n"), "SHA-256"


@pytest.mark.parametrize(("spoil", "says"), [one[1:] for one in _bad_folders()], ids=[one[0] for one in _bad_folders()])
def test_a_folder_that_will_not_do_is_refused_with_a_sentence_and_nothing_is_written(
    spoil: Callable[[Path], object], says: str, left: Path
) -> None:
    emptied()
    spoil(left)
    with pytest.raises(CommandError, match=says) as refusal:
        call_command("import", str(left))
    assert refusal.value.returncode == 2
    assert not User.objects.exists()


def test_nothing_is_taken_into_an_installation_that_has_something(left: Path) -> None:
    before = User.objects.count()
    with pytest.raises(LeavingError, match="not empty"):
        import_from(left)
    assert User.objects.count() == before


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("export", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_rows_that_do_not_fit_together_are_refused_whole(left: Path) -> None:
    path = left / "tables" / "plan.axis.jsonl"
    rows = [json.loads(row) for row in path.read_text().splitlines()]
    rows[0]["edition_id"] = 987654
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    told = described(left)
    (axis,) = [one for one in told["resources"] if one["path"] == "tables/plan.axis.jsonl"]
    axis["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    (left / "datapackage.json").write_text(json.dumps(told))
    emptied()
    with pytest.raises(LeavingError, match="fit together"):
        import_from(left)


def test_only_what_migrate_fills_is_cleared() -> None:
    assert {"contenttypes.ContentType", "auth.Permission"} == MADE_BY_MIGRATE
