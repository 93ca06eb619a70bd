"""What an action means, and for whom: the office writes it, readers find it on the sheet, by search and in files."""

import csv
import json
import re
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from aumenta.core.text import plain_text
from aumenta.plan.models import Action, Edition
from aumenta.plan.sheet_content import content_hash, read_content
from aumenta.review.approve import approve
from aumenta.review.models import Proposal, Version
from aumenta.review.queries import ended_sheet
from aumenta.review.record import record_import
from aumenta.review.submit import submit
from tests.cast import a_small_plan, somebody
from tests.desk_cast import address, fields_of
from tests.paper import text_of

pytestmark = pytest.mark.django_db

AT = "/it/2021-2023"
WRITTEN = "<p>Le famiglie di montagna avranno il <strong>pediatra</strong> in paese.</p>"
READ = "Le famiglie di montagna avranno il <strong>pediatra</strong> in paese."


@pytest.fixture
def action() -> Action:
    edition = a_small_plan()
    record_import(edition=edition)
    return Action.objects.of(edition).with_code("1.1.1").get()


@pytest.fixture
def written(action: Action) -> Action:
    """The sheet after the office has written in its form, and somebody else has approved."""
    editor = somebody("editor", axes=(action.strategy.axis,))
    desk = Client()
    desk.force_login(editor)
    posted = {**fields_of(desk, action), "for_whom_it": WRITTEN}
    assert desk.post(address("sheet", action), posted).status_code == 302
    proposal = Proposal.objects.get()
    submit(person=editor, proposal_id=proposal.pk, revision=proposal.revision)
    proposal.refresh_from_db()
    approve(person=somebody("approver"), proposal_id=proposal.pk, revision=proposal.revision)
    return action


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_sheet_says_what_it_means_for_whom_before_its_description(client: Client, written: Action) -> None:
    text = page(client, f"{AT}/azioni/1.1.1/")
    assert READ in text
    assert text.index("<h2>Che cosa cambia e per chi</h2>") < text.index("<h2>Descrizione</h2>")


def test_a_sheet_on_which_nobody_wrote_it_has_no_empty_heading(client: Client, action: Action) -> None:
    assert "Che cosa cambia e per chi" not in page(client, f"{AT}/azioni/1.1.1/")


def test_english_readers_get_the_italian_words_marked_as_such(client: Client, written: Action) -> None:
    text = page(client, "/en/2021-2023/azioni/1.1.1/")
    assert "What this means, and for whom" in text
    assert READ in text.split("What this means, and for whom")[1].split('lang="it"')[1]


def test_the_sheet_as_it_was_today_says_it_too(client: Client, written: Action) -> None:
    assert READ in page(client, f"{AT}/al/{localdate().isoformat()}/azioni/1.1.1/")


def test_what_changed_is_said_in_a_sentence(client: Client, written: Action) -> None:
    assert "che cosa cambia e per chi" in page(client, f"{AT}/azioni/1.1.1/").split("Che cosa è cambiato")[1].lower()


def test_it_is_found_by_its_words(client: Client, written: Action) -> None:
    assert f'href="{AT}/azioni/1.1.1/' in page(client, "/it/cerca/?q=pediatra").split("<main")[1]


def test_the_file_of_the_actions_has_it_in_its_column(client: Client, written: Action) -> None:
    rows = list(csv.DictReader(StringIO(page(client, f"{AT}/azioni.csv").lstrip("\ufeff"))))
    said = {row["code"]: row["for_whom_it"] for row in rows}
    assert said.pop("1.1.1") == "Le famiglie di montagna avranno il pediatra in paese."
    assert set(said.values()) <= {""}


def test_machines_read_it_on_the_sheet(client: Client, written: Action) -> None:
    told = [
        json.loads(one)
        for one in re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", page(client, f"{AT}/azioni/1.1.1/"), re.S)
    ]
    assert [one["audience"]["audienceType"] for one in told if "audience" in one] == [plain_text(WRITTEN)]
    assert "audience" not in page(client, f"{AT}/azioni/1.1.2/")


def test_it_is_printed_in_the_book_of_the_plan(client: Client, written: Action) -> None:
    words = text_of(client.get("/it/2021-2023/piano.pdf").content)
    assert words.count("Che cosa cambia e per chi") == 1
    assert plain_text(WRITTEN) in words


def test_the_office_sees_which_sheets_lack_it(written: Action) -> None:
    desk = Client()
    desk.force_login(somebody("administrator"))
    text = page(desk, reverse("desk:quality"))
    lacking = text.split("Senza «che cosa cambia e per chi»")[2].split("</details>")[0]
    every = {one.code for one in Action.objects.of(Edition.objects.get())}
    assert {code for code in every if code in lacking} == every - {"1.1.1"}


def test_versions_made_before_sheets_had_the_field_are_read_as_if_it_were_empty(action: Action) -> None:
    before = {name: value for name, value in read_content(action).items() if not name.startswith("for_whom")}
    made = Version.objects.create(
        edition=Edition.objects.get(),
        action=action,
        code="9.9.9",
        number=9,
        origin="ended",
        content=before,
        content_hash=content_hash(before),
    )
    made.refresh_from_db()
    assert made.content == {**before, "for_whom_it": "", "for_whom_en": ""}
    assert content_hash(made.content) == made.content_hash, "its hash is still that of what it says"
    assert Version.objects.filter(pk=made.pk).values_list("content__title_it", flat=True).get() == before["title_it"]
    assert ended_sheet(Edition.objects.get(), "9.9.9") is not None


def test_a_hash_notices_when_the_field_is_written_and_emptied(action: Action) -> None:
    empty = read_content(action)
    assert content_hash({**empty, "for_whom_it": WRITTEN}) != content_hash(empty)
