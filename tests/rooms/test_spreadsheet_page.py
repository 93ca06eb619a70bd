"""The desk's page of a file of sheets: what it shows, what is ticked, what of it is proposed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aumenta.desk.sheets import views_at_scale
from aumenta.plan.models import Edition
from aumenta.review.models import Proposal
from aumenta.review.record import record_import
from aumenta.review.spreadsheet import read_spreadsheet
from tests.cast import a_small_plan, somebody
from tests.spreadsheets_made import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    edition = a_small_plan()
    record_import(edition=edition)
    return edition


def test_the_page_shows_changes_refusals_and_what_was_left_out(client: Client, edition: Edition) -> None:
    client.force_login(somebody("approver"))
    data = put(edition, {"titolo": "Un titolo nuovo", "Appunti": "x"}, "csv-semicolon")
    page = client.post(reverse("desk:spreadsheet"), {"file": SimpleUploadedFile("a.csv", data)}).content.decode()
    assert "Un titolo nuovo" in page
    assert "Appunti" in page
    client.post(reverse("desk:propose_file"), {"reason": "", **mark_in(page)})
    assert Proposal.objects.get().content["title_it"] == "Un titolo nuovo"
    for ending in ("xlsx", "ods", "csv", "niente"):
        answer = client.get(reverse("desk:download"), {"formato": ending})
        assert read_spreadsheet(answer.content, person=somebody("approver")).rows


def sent_and_seen(client: Client, edition: Edition) -> str:
    data = put(edition, {"titolo": "Un titolo nuovo", "sintesi": "Una sintesi nuova"}, "csv-semicolon")
    return client.post(reverse("desk:spreadsheet"), {"file": SimpleUploadedFile("a.csv", data)}).content.decode()


def mark_in(page: str) -> dict[str, str]:
    """What the form carries of what it shows."""
    return dict(re.findall(r'name="(read)" value="([0-9a-f]+)"', page))


def ticks_in(page: str) -> list[str]:
    return re.findall(r'name="change"\s+value="([^"]+)"', page)


def test_each_change_has_a_tick_and_what_has_none_stays_as_it_is(client: Client, edition: Edition) -> None:
    client.force_login(somebody("approver"))
    page = sent_and_seen(client, edition)
    ticks = ticks_in(page)
    assert [tick.partition(":")[2] for tick in ticks] == ["title_it", "summary_it"]
    assert page.count("checked") >= len(ticks)
    chosen = [tick for tick in ticks if tick.endswith("summary_it")]
    client.post(reverse("desk:propose_file"), {"reason": "", "ticks": "1", "change": chosen, **mark_in(page)})
    content = Proposal.objects.get().content
    assert content["summary_it"] == "Una sintesi nuova"
    assert content["title_it"] == Proposal.objects.get().action.title_it


@pytest.mark.parametrize(("most", "ticked"), [(900, ["title_it", "summary_it"]), (1, ["*"]), (0, [])])
def test_where_there_are_too_many_changes_for_one_form_rows_are_ticked_or_nothing(
    client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch, most: int, ticked: list[str]
) -> None:
    monkeypatch.setattr(views_at_scale, "MOST_TICKS", most)
    client.force_login(somebody("approver"))
    page = sent_and_seen(client, edition)
    ticks = ticks_in(page)
    assert [tick.partition(":")[2] for tick in ticks] == ticked
    form = {"reason": "", "change": ticks, **mark_in(page)} | ({"ticks": "1"} if ticks else {})
    client.post(reverse("desk:propose_file"), form)
    assert Proposal.objects.get().content["summary_it"] == "Una sintesi nuova"


def test_where_nothing_is_ticked_nothing_is_written_and_the_file_is_kept(client: Client, edition: Edition) -> None:
    client.force_login(somebody("approver"))
    page = sent_and_seen(client, edition)
    ticks, form = ticks_in(page), {"reason": "", "ticks": "1", **mark_in(page)}
    answer = client.post(reverse("desk:propose_file"), form)
    assert mark_in(answer.content.decode()) == mark_in(page)
    assert answer.status_code == 409
    assert "Spunta le modifiche da proporre" in answer.content.decode()
    assert not Proposal.objects.exists()
    client.post(reverse("desk:propose_file"), {**form, "change": [*ticks, "x:y", "999:title_it"]})
    assert Proposal.objects.get().content["title_it"] == "Un titolo nuovo"


def test_what_was_ticked_of_a_file_is_not_proposed_of_one_sent_in_another_window_since(
    client: Client, edition: Edition
) -> None:
    client.force_login(somebody("approver"))
    first = sent_and_seen(client, edition)
    data = put(edition, {"titolo": "Il titolo dell’altra finestra"}, "csv-semicolon")
    client.post(reverse("desk:spreadsheet"), {"file": SimpleUploadedFile("b.csv", data)})
    for mark in (mark_in(first), {}):
        form = {"reason": "", "ticks": "1", "change": ticks_in(first), **mark}
        answer = client.post(reverse("desk:propose_file"), form)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "in un’altra finestra" in page
        assert "Il titolo dell’altra finestra" in page
        assert not Proposal.objects.exists()
    client.post(reverse("desk:propose_file"), {"reason": "", **mark_in(page)})
    assert Proposal.objects.get().content["title_it"] == "Il titolo dell’altra finestra"


@pytest.mark.parametrize("words", ["#N/D", "#RIF!", "#NOME?", "#VALORE!", "#DIV/0!", "#N/A", "#REF!"])
def test_an_error_that_was_saved_as_text_is_no_title(edition: Edition, words: str) -> None:
    data = put(edition, {"titolo": words}, "csv-semicolon")
    row = next(row for row in read_spreadsheet(data, person=somebody("approver")).rows if row.problems)
    assert words in row.problems[0]
    assert not row.proposes
