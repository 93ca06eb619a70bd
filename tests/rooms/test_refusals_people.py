"""Every way in which accounts, and what a page of the office is sent, are refused: each met once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aumenta.desk.editions.views_load import MOST_BYTES, MOST_FILES
from aumenta.people.accounts import add_person, close_account
from aumenta.people.change_address import ASKED, ask_new_address
from aumenta.people.correct_account import invite_again
from aumenta.review.spreadsheet import read_spreadsheet
from tests.cast import somebody
from tests.core.plan_printing import Printer, invented_plan
from tests.events_cast import an_event
from tests.refusals_met import Read, Refusals, browser, office, page_after

pytestmark = pytest.mark.django_db
REFUSALS = Refusals()


@REFUSALS.get("name_too_long")
def somebody_is_called_by_151_letters() -> object:
    return add_person(person=office(), email="ada@esempio.it", full_name="x" * 151)


@REFUSALS.get("closed_account")
def somebody_is_invited_whose_account_is_closed() -> object:
    made = add_person(person=office(), email="ada@esempio.it", full_name="Ada")
    close_account(person=office(), whose=made)
    made.refresh_from_db()
    return invite_again(person=office(), whose=made)


@REFUSALS.get("has_password")
def somebody_is_invited_who_can_sign_in() -> object:
    return invite_again(person=office(), whose=somebody("reader"))


@REFUSALS.get("address_asked_often")
def another_address_is_asked_for_all_day() -> object:
    for n in range(ASKED.most + 1):
        ask_new_address(person=office(), email=f"ada{n}@esempio.it", password="una parola lunga")
    return None


@REFUSALS.get("unknown_verb")
def a_form_about_somebody_says_nothing_to_do() -> object:
    return page_after(reverse("desk:change_person", args=[somebody("reader").pk]), {"verb": "promuovi"})


@REFUSALS.get("too_many_files")
def a_plan_comes_in_31_files() -> object:
    files = [SimpleUploadedFile(f"{n}.txt", b"Asse 1") for n in range(MOST_FILES + 1)]
    return page_after(reverse("desk:load_edition"), {"files": files})


@REFUSALS.get("nothing_waits")
def what_was_read_is_written_when_it_waits_no_more() -> object:
    return page_after(reverse("desk:read_edition"), {"label": "2031-2033", "title_it": "Un piano", "read": "0"})


@REFUSALS.get("other_document_waits")
def what_was_read_is_not_what_waits() -> object:
    at_the_desk = browser()
    at_the_desk.post(reverse("desk:load_edition"), {"text": Printer().print(invented_plan())})
    form = {"label": "2031-2033", "title_it": "Un piano", "read": "0"}
    return Read(at_the_desk.post(reverse("desk:read_edition"), form).content.decode())


@REFUSALS.get("file_too_large")
def a_plan_has_too_many_bytes() -> object:
    return page_after(reverse("desk:load_edition"), {"files": SimpleUploadedFile("piano.txt", bytes(MOST_BYTES + 1))})


@REFUSALS.get("unreadable_table")
def a_document_is_sent_as_a_table() -> object:
    return read_spreadsheet(b"%PDF-1.7", person=office())


@REFUSALS.get("unreadable_request")
def a_page_of_the_regia_sends_half_a_sentence() -> object:
    address = reverse("regia-step", args=[an_event(by=office()).slug])
    answer = browser().post(address, '{"verb": "mer', content_type="application/json")
    assert answer.status_code == 400
    return Read(answer.json()["message"])


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_somebody_is_refused_and_told_why(code: str) -> None:
    REFUSALS.check(code)
