"""Further attacks that once worked: pictures that are none, other people's events, odd days, a look at secrets."""

import os
import random
import stat
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from PIL import Image

from aumenta.events.tables.append_operations import append_operations
from aumenta.events.tables.keep_photo import photo_anew
from aumenta.people.refusals import RefusedError
from aumenta.results.take_snapshot import take_snapshot
from aumenta.themes.group_themes import place
from tests.cast import a_small_plan, somebody
from tests.events_cast import a_facilitator, a_small_event, an_event, table

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
REGIA = [
    "regia",
    "regia-themes",
    "regia-themes-state",
    "regia-wall",
    "regia-matrix",
    "regia-words",
    "regia-suggested-themes",
]


def a_photo(**saved: Any) -> bytes:
    file = BytesIO()
    Image.effect_noise((120, 80), 40).convert("RGB").save(file, "JPEG", **saved)
    return file.getvalue()


def test_three_bytes_are_not_a_photo() -> None:
    for content in (b"\xff\xd8\xff", b"\xff\xd8\xff" + b"x" * 5_000, b""):
        with pytest.raises(RefusedError, match="not_a_photo"):
            photo_anew(content)


def test_a_photo_tells_nobody_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Marca"
    exif.get_ifd(0x8825)[2] = (45.0, 4.0, 12.0)
    anew = photo_anew(a_photo(exif=exif, comment=b"via Roma 1"))
    with Image.open(BytesIO(anew)) as opened:
        assert not opened.getexif()
        assert "comment" not in opened.info
    assert b"Marca" not in anew
    assert b"via Roma" not in anew


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not on this machine")
@pytest.mark.parametrize("path", sorted(CASES.glob("m*")), ids=lambda path: path.name)
def test_each_awkward_picture_is_made_anew_or_refused(path: Path) -> None:
    try:
        anew = photo_anew(path.read_bytes())
    except RefusedError:
        return
    with Image.open(BytesIO(anew)) as opened:
        assert (opened.format, opened.mode, dict(opened.getexif())) == ("JPEG", "RGB", {})


@pytest.mark.slow
def test_two_thousand_damaged_photos_are_made_anew_or_refused() -> None:
    whole, chance = a_photo(), random.Random(13)
    for _ in range(2_000):
        damaged = bytearray(whole[: chance.randrange(3, len(whole) + 1)])
        for _ in range(chance.randrange(0, 9)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            anew = photo_anew(bytes(damaged))
        except RefusedError:
            continue
        with Image.open(BytesIO(anew)) as opened:
            opened.load()


@pytest.mark.django_db
@pytest.mark.parametrize("name", REGIA)
def test_a_facilitator_sees_the_regia_of_her_own_event_and_of_no_other(client: Client, name: str) -> None:
    own = a_small_event("suo")
    person = a_facilitator()
    other = a_small_event("altrui")
    client.force_login(person)
    assert client.get(reverse(name, args=[own.slug])).status_code == 200
    assert client.get(reverse(name, args=[other.slug])).status_code in {403, 404}
    listed = client.get(reverse("regia-events")).content.decode()
    assert "/regia/suo/" in listed
    assert "/regia/altrui/" not in listed


@pytest.mark.django_db
def test_a_facilitator_freezes_prints_and_groups_nothing_of_another_event(client: Client) -> None:
    a_small_event("suo")
    person = a_facilitator()
    other = a_small_event("altrui")
    with pytest.raises(PermissionDenied):
        take_snapshot(person=person, event=other)
    with pytest.raises(PermissionDenied):
        place(person=person, event=other, observations=[], theme=None, name="Mio")
    client.force_login(person)
    for name in ("regia-step", "regia-snapshot", "regia-import", "regia-propose"):
        assert client.post(reverse(name, args=[other.slug])).status_code == 404
    assert client.get(reverse("regia-slides", args=[other.slug, 1])).status_code == 404
    assert client.get(reverse("print-slides", args=[other.slug, 1])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["a/b", "2021-02-30", "../..", "1", "x" * 300, "2021-12-31/1.1.1"])
def test_a_day_that_is_none_is_not_found(client: Client, day: str) -> None:
    edition = a_small_plan()
    assert client.get(reverse("site:past", args=[edition.label]), {"giorno": day}).status_code == 404


@pytest.mark.django_db
def test_the_stock_administration_shows_nothing_of_other_packages(client: Client) -> None:
    labels = {model._meta.app_label for model in admin.site._registry}
    assert labels.isdisjoint({"mfa", "account", "socialaccount", "auth", "django_tasks_database", "sessions"})
    person = somebody("administrator")
    type(person).objects.filter(pk=person.pk).update(is_superuser=True, is_staff=True)
    client.force_login(type(person).objects.get(pk=person.pk))
    assert client.get("/admin/mfa/authenticator/").status_code == 404


def test_files_are_for_the_account_that_serves_alone(tmp_path: Path) -> None:
    made = tmp_path / "file"
    made.write_text("x", encoding="utf-8")
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert (django_settings.FILE_UPLOAD_PERMISSIONS, django_settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS) == (
        0o600,
        0o700,
    )
    assert os.umask(0o077) == 0o077


@pytest.mark.django_db
def test_one_clock_that_ran_away_does_not_spoil_the_table() -> None:
    one = table(an_event(strategies=6))

    def said(clock: int) -> dict[str, Any]:
        names = {name: str(uuid4()) for name in ("id", "device", "key")}
        record = {"table": str(one.public_id), "verb": "set", "what": "text", "value": "Più treni", "clock": clock}
        return {**names, **record}

    for clock in (2**40, 2**40 - 1, 2_000_000):
        outcome = append_operations(table=one, records=[said(clock)])
        assert [(r.code, r.field) for r in outcome.refused] == [("out-of-range", "clock")]
        assert outcome.kept == []
    honest = append_operations(table=one, records=[said(1), said(5_000), said(100_000), said(2**40)])
    assert (len(honest.kept), len(honest.refused)) == (3, 1)
    assert len(append_operations(table=one, records=[said(100_001)]).kept) == 1
