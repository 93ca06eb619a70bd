"""The office writes to everybody registered; and what can't be undone at an event asks first."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from aumenta.activity.models import ActivityEntry
from aumenta.events.models import Event, Registration, TableDevice
from aumenta.events.participants.write_to_all import LONGEST_TEXT, Letter, send_letter, write_to_all
from aumenta.people.refusals import RefusedError
from tests.cast import somebody
from tests.events_cast import Device, an_event, table

pytestmark = pytest.mark.django_db
WORDS = {"subject_it": "Si entra dal cortile", "text_it": "Il portone è chiuso.\n\nPassa dal cortile: <b>5</b> & via."}


@pytest.fixture(autouse=True)
def _mails_at_once(settings):
    """The worker's jobs are done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def event() -> Event:
    made = an_event()
    now = timezone.now()
    Event.objects.filter(pk=made.pk).update(
        starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=1, hours=4), contact="ufficio@esempio.it"
    )
    rows = [("ada", "it", "confirmed"), ("bob", "en", "waiting"), ("", "it", "confirmed"), ("via", "it", "withdrawn")]
    for name, language, state in rows:
        address = f"{name}@esempio.it" if name else ""
        Registration.objects.create(event=made, name=name or "Ugo", email=address, language=language, state=state)
    return Event.objects.get(pk=made.pk)


@pytest.fixture
def office(client):
    by = somebody("administrator")
    client.force_login(by)
    return by


def test_a_message_is_read_as_it_arrives_and_sent_only_after_yes(
    client, office, event, django_capture_on_commit_callbacks
):
    address = reverse("desk:event_letter", args=[event.slug])
    assert "Lo ricevono 2 persone" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        question = client.post(address, WORDS)
    page = question.content.decode()
    assert "Passa dal cortile: &lt;b&gt;5&lt;/b&gt; &amp; via." in page
    assert "Buongiorno ada" in page
    assert "Good morning bob" in page
    assert mail.outbox == []
    # Who finds a fault goes back to her own words, and nothing is sent even where a yes travels along.
    with django_capture_on_commit_callbacks(execute=True):
        back = client.post(address, {**WORDS, "correggi": "1", "sure": "1"})
    assert back.context["form"]["text_it"].value() == WORDS["text_it"]
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {**WORDS, "sure": "1"})
    assert [one.to for one in mail.outbox] == [["ada@esempio.it"], ["bob@esempio.it"]]
    first = mail.outbox[0]
    assert first.subject == "Si entra dal cortile"
    assert "<b>5</b> & via." in first.body
    assert first.reply_to == ["ufficio@esempio.it"]
    assert "la-mia-iscrizione" in first.body
    entry = ActivityEntry.objects.get(code="event.everybody_written_to")
    assert entry.detail == "Si entra dal cortile (2)"


def test_who_registered_in_english_reads_the_english_text_where_there_is_one(event, django_capture_on_commit_callbacks):
    letter = Letter(**WORDS, subject_en="Through the yard", text_en="The door is shut.")
    with django_capture_on_commit_callbacks(execute=True):
        assert write_to_all(person=somebody("approver"), event=event, letter=letter) == 2
    assert [one.subject for one in mail.outbox] == ["Si entra dal cortile", "Through the yard"]
    assert "The door is shut." in mail.outbox[1].body


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"subject_it": " "}, "letter_empty"),
        ({"text_it": "\n"}, "letter_empty"),
        ({"subject_it": "x" * 151}, "letter_too_long"),
        ({"text_en": "x" * (LONGEST_TEXT + 1)}, "letter_too_long"),
    ],
)
def test_a_message_without_words_or_with_too_many_is_refused(event, words, code):
    with pytest.raises(RefusedError, match=code):
        write_to_all(person=somebody("administrator"), event=event, letter=Letter(**{**WORDS, **words}))


def test_nobody_is_written_to_once_it_is_over_and_a_facilitator_writes_to_nobody(client, office, event):
    with pytest.raises(PermissionDenied):
        write_to_all(person=somebody("facilitator"), event=event, letter=Letter(**WORDS))
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now())
    event.refresh_from_db()
    with pytest.raises(RefusedError, match="over_nobody_told"):
        write_to_all(person=office, event=event, letter=Letter(**WORDS))
    client.post(reverse("desk:event_letter", args=[event.slug]), {**WORDS, "sure": "1"})
    assert mail.outbox == []


def test_a_subject_over_two_lines_becomes_one_and_who_has_withdrawn_meanwhile_gets_nothing(event):
    ada = Registration.objects.get(name="ada")
    send_letter.func(ada.pk, "Una\r\nBcc: altri@esempio.it", "Testo")
    assert mail.outbox[0].subject == "Una Bcc: altri@esempio.it"
    Registration.objects.filter(pk=ada.pk).update(state="withdrawn")
    send_letter.func(ada.pk, "Una", "Testo")
    assert len(mail.outbox) == 1


def test_a_message_that_could_not_be_sent_is_seen_with_the_person(event, monkeypatch):
    def refuse(*args, **more):
        raise OSError("a server that repeats ada@esempio.it")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    ada = Registration.objects.get(name="ada")
    send_letter.func(ada.pk, "Una", "Testo", number=9)
    ada.refresh_from_db()
    assert ada.mail_failure == "OSError"
    # A retry of her confirmation that waits is not stopped by it.
    assert not ada.mail_attempts.exists()


# Page and what is posted there; what the question must say.
FINAL = {
    "table": ("event_table", [2], {"togli": "1"}, "Togliere il Tavolo 2?"),
    "venue": ("event_venue", [2], {"togli": "1"}, "2 tavoli"),
    "devices": ("event_table", [1], {"rinnova": "1", "chiudi": "1"}, "un dispositivo"),
    "person": ("event_person", ["ada"], {"ritira": "1"}, "cancellato subito"),
    "everybody": ("event_people", [], {"avvisa": "1"}, "2 persone"),
}


def state(event):
    return (
        sorted(event.tables.values_list("number", "code")),
        sorted(event.venues.values_list("name")),
        sorted(event.registrations.values_list("name", "state")),
        TableDevice.objects.filter(shut_at=None).count(),
        len(mail.outbox),
    )


@pytest.mark.parametrize("case", FINAL.values(), ids=FINAL)
def test_what_can_not_be_undone_at_an_event_asks_first(client, office, event, case, django_capture_on_commit_callbacks):
    name, args, posted, says = case
    Device(table(event, 1))
    args = [Registration.objects.get(name=one).pk if one == "ada" else one for one in args]
    address = reverse(f"desk:{name}", args=[event.slug, *args])
    before = state(event)
    with django_capture_on_commit_callbacks(execute=True):
        question = client.post(address, posted)
    assert question.status_code == 200
    assert says in question.content.decode()
    assert state(event) == before
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {**posted, "sure": "1"})
    assert state(event) != before
