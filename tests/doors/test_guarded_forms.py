"""Forms that anybody may send hold machines back and let people through who correct a slip at once."""

import re
import time

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client

from aumenta.contacts.models import Message
from aumenta.site.contacts.forms import ContactForm
from aumenta.site.guarded_form import FASTEST, LONGEST, GuardedForm
from tests import form_marks

LETTER = {
    "subject": "accessibility",
    "text": "Non riesco ad aprire la tabella",
    "name": "Ada Rossi",
    "email": "ada@esempio.it",
    "read_notice": "on",
}


def every_form() -> list[type[GuardedForm]]:
    """The forms of the site that have no form below them."""
    waiting, ends = [GuardedForm], []
    while waiting:
        below = (form := waiting.pop()).__subclasses__()
        waiting += below
        ends += [] if below or not form.__module__.startswith("aumenta.") else [form]
    return ends


def as_sent(form: type[GuardedForm], mark: str) -> GuardedForm:
    """The guard of a form alone, as it comes back with this mark: its own fields don't matter here."""
    guard = type("Sent", (GuardedForm,), {"salt": form.salt})
    return guard({"shown": mark, "website": ""})


@pytest.mark.parametrize("form", every_form(), ids=lambda form: form.__name__)
def test_a_form_corrected_at_once_counts_from_its_first_showing(form: type[GuardedForm]) -> None:
    first = form_marks.shown(form, 60, "a" * 32)
    again = as_sent(form, first).mark
    sent = as_sent(form, again)
    assert sent.is_valid(), sent.errors
    assert sent.form_key != "a" * 32, "a second showing is one more thing that can be sent"


@pytest.mark.parametrize("form", every_form(), ids=lambda form: form.__name__)
def test_who_sends_faster_than_anybody_writes_is_held_back_until_the_time_has_passed(form: type[GuardedForm]) -> None:
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        mark = as_sent(form, "").mark
        for _again in range(3):
            sent = as_sent(form, mark)
            assert not sent.is_valid()
            mark = sent.mark
        clock.shift(FASTEST)
        assert as_sent(form, mark).is_valid()


@pytest.mark.parametrize(
    "mark", ["", "falso", signing.dumps(7, salt=ContactForm.salt), signing.dumps([], salt="other")]
)
def test_a_mark_that_we_did_not_sign_gives_no_time_away(mark: str) -> None:
    sent = as_sent(ContactForm, mark)
    assert not sent.is_valid()
    assert not as_sent(ContactForm, sent.mark).is_valid(), "it counts from now"


def test_a_form_left_open_for_days_can_still_be_sent_with_a_second_press() -> None:
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        mark = as_sent(ContactForm, "").mark
        clock.shift(LONGEST + 1)
        sent = as_sent(ContactForm, mark)
        assert not sent.is_valid()
        mark = sent.mark
        clock.shift(FASTEST)
        assert as_sent(ContactForm, mark).is_valid()


@pytest.mark.django_db
def test_a_message_whose_slip_is_mended_at_once_arrives(client: Client) -> None:
    begun = time.time()
    slip = LETTER | {"email": "ada@", "shown": form_marks.shown(ContactForm)}
    page = client.post("/it/contatti/", slip).content.decode()
    mark = re.search(r'name="shown" value="([^"]+)"', page)
    assert mark
    with time_machine.travel(begun, tick=False):
        assert client.post("/it/contatti/", LETTER | {"shown": mark[1]}).status_code == 302
    assert Message.objects.get().email == "ada@esempio.it"
    assert not mail.outbox, "mails leave after the commit"
