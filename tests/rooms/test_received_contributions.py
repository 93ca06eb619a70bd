"""Contributions that the public sends: numbered at once, kept apart from who sent them, admitted by the office."""

import threading
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from PIL import Image

from aumenta.activity.models import ActivityEntry
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.people.secrets import encrypt
from aumenta.results.erase_contribution import erase_contribution
from aumenta.voices.contributions.admit import admit, refuse
from aumenta.voices.contributions.attachments import SentFile, plain_name, stored_as
from aumenta.voices.contributions.consultations import (
    change_consultation,
    hide_consultation,
    prepare_consultation,
    publish_consultation,
)
from aumenta.voices.contributions.forget_senders import forget_attachments, forget_senders
from aumenta.voices.contributions.mails import send_receipt
from aumenta.voices.contributions.receive import Part, Sender
from aumenta.voices.contributions.secret import contribution_behind, digest_of, receipt_behind, receipt_token
from aumenta.voices.models import Consultation, Contribution, ContributionCounter, ContributionSender
from aumenta.voices.record_contributions import keep_private, record_contribution
from tests.attachments_made import a_bomb, a_docx, a_pdf_with_a_program
from tests.cast import a_small_plan, somebody
from tests.voices_cast import a_consultation, a_photo, received

DAY = timedelta(days=1)


@pytest.fixture
def consultation(db):
    return a_consultation(a_small_plan())


def test_a_number_of_the_year_a_secret_and_a_day_for_the_answer_come_at_once(consultation):
    first, second = received(consultation), received(consultation, "Piste ciclabili")
    year = timezone.localdate().year
    assert [one.contribution.label for one in (first, second)] == [f"{year}/1", f"{year}/2"]
    assert first.secret != second.secret
    assert first.contribution.answer_due == consultation.closes_on + 60 * DAY
    assert not first.contribution.late
    assert Contribution.objects.get(pk=first.contribution.pk).admission == "received"
    assert ActivityEntry.objects.filter(code="contribution.received", subject=f"{year}/2").exists()


def test_what_the_office_enters_has_a_number_of_the_same_row(consultation):
    received(consultation)
    made = record_contribution(
        person=somebody("editor"),
        edition=consultation.edition,
        text="Per lettera",
        received_on=timezone.localdate(),
        source="lettera",
    )
    assert made.number == 2


def test_a_refused_contribution_leaves_no_gap_and_no_file(consultation):
    received(consultation, files=[SentFile("foto.jpg", a_photo())])
    kept = set(default_storage.listdir("voices/attachments")[1])
    with pytest.raises(RefusedError) as refusal:
        received(consultation, files=[SentFile("foto.jpg", a_photo()), SentFile("x.exe", b"MZ programma")])
    assert refusal.value.code == "attachment_wrong_kind"
    received(consultation, form_key="a" * 32)
    with pytest.raises(RefusedError, match="contribution_sent_twice"):
        received(consultation, form_key="a" * 32, files=[SentFile("foto.jpg", a_photo())])
    assert received(consultation).contribution.number == 3
    assert set(default_storage.listdir("voices/attachments")[1]) == kept


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_get_a_hundred_numbers_none_twice_none_lost():
    consultation = a_consultation(a_small_plan())
    gate, numbers, faults = threading.Barrier(100), [], []
    connections = threading.BoundedSemaphore(60)  # PostgreSQL has a hundred by default, and others are on it

    def send(n: int) -> None:
        try:
            gate.wait()
            with connections:
                try:
                    numbers.append(received(consultation, f"Contributo {n}").contribution.number)
                finally:
                    connection.close()
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=send, args=(n,)) for n in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert sorted(numbers) == list(range(1, 101))
    assert Contribution.objects.count() == 100
    assert ContributionCounter.objects.get().last == 100


def test_it_is_private_until_admitted_and_for_good_where_its_sender_does_not_wish_it(consultation):
    office = somebody("editor")
    silent, asked = received(consultation).contribution, received(consultation, wish="signed").contribution
    assert silent.private
    assert asked.private
    with pytest.raises(RefusedError, match="not_admitted_yet"):
        keep_private(person=office, contribution=asked, private=False)
    for one in (silent, asked):
        admit(person=office, contribution=one)
    assert silent.private
    assert (asked.private, asked.signature) == (False, "Ada Prova")
    with pytest.raises(RefusedError, match="against_her_wish"):
        keep_private(person=office, contribution=silent, private=False)
    with pytest.raises(RefusedError, match="no_reason_why_not_admitted"):
        refuse(person=office, contribution=asked, reason=" ")
    refuse(person=office, contribution=asked, reason="Non riguarda il piano")
    assert (asked.private, asked.signature) == (True, "")
    for stranger in ("facilitator", "reader", "referent"):
        with pytest.raises(NotAllowedError):
            admit(person=somebody(stranger), contribution=asked)


def test_late_ones_are_accepted_and_marked_and_get_their_answer_in_the_same_time(consultation):
    day = consultation.closes_on + 3 * DAY
    late = received(consultation, now=timezone.now() + 13 * DAY).contribution
    assert late.late
    assert late.answer_due == day + 60 * DAY
    Consultation.objects.update(takes_late=False)
    consultation.refresh_from_db()
    for days in (13, -11):
        with pytest.raises(RefusedError, match="consultation_not_open"):
            received(consultation, now=timezone.now() + days * DAY)


def test_texts_about_several_strategies_stand_under_their_titles(consultation):
    one = received(
        consultation,
        parts=[Part("Bene"), Part("Più treni", "1.1"), Part("Piste", "2.1")],
    ).contribution
    assert one.asked_strategies == "1.1,2.1"
    assert one.text.startswith("Bene\n\n[1.1] ")
    assert one.strategy_code == "", "what it concerns is confirmed by the office"
    for parts, code in (
        ([Part("  ")], "contribution_empty"),
        ([Part("…!")], "contribution_empty"),
        ([Part("Bene"), Part("", "1.1")], "contribution_part_empty"),
        ([Part("Bene", "9.9")], "unknown_strategy_of_edition"),
        ([Part("Bene")] * 4, "contribution_too_many_parts"),
        ([Part("x" * 100_001)], "contribution_too_long"),
    ):
        with pytest.raises(RefusedError) as refusal:
            received(consultation, parts=parts)
        assert refusal.value.code == code
    with pytest.raises(RefusedError, match="organisation_without_name"):
        received(consultation, sender=Sender("organisation"))
    with pytest.raises(RefusedError, match="contribution_invalid"):
        received(consultation, sender=Sender(email="nessuna"))


def test_control_characters_go_and_markup_is_text(consultation):
    one = received(consultation, "<script>alert(1)</script>\x00\x07 e\u0301 😀").contribution
    assert one.text == "<script>alert(1)</script> é 😀"


def test_pictures_are_made_anew_and_kept_under_names_that_say_nothing(consultation):
    one = received(consultation, files=[SentFile("C:\\foto\\casa di Ada.jpg", a_photo())]).contribution
    (kept,) = one.attachments.all()
    assert (kept.name, kept.kind) == ("casa di Ada.jpg", "jpg")
    with default_storage.open(stored_as(kept.key)) as file:
        content = file.read()
    assert b"Macchina di Ada" not in content
    assert not Image.open(BytesIO(content)).getexif()
    assert "Ada" not in kept.key
    assert plain_name('../..\\a<b>"c.pdf') == "a_b__c.pdf"
    assert plain_name("///") == "file"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("vuoto.pdf", lambda: b"", "attachment_empty"),
        ("grande.pdf", lambda: b"%PDF-" + b"x" * (4 * 1024 * 1024), "attachment_too_large"),
        ("lettera.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "attachment_wrong_kind"),
        ("pagina.html", lambda: b"<html><script>alert(1)</script>", "attachment_wrong_kind"),
        ("rotta.jpg", lambda: a_photo()[:900], "attachment_damaged"),
        ("rotto.pdf", lambda: b"%PDF-1.7 niente", "attachment_damaged"),
        ("programma.docx", lambda: a_docx(macros=True), "attachment_has_macros"),
        ("programma.pdf", a_pdf_with_a_program, "attachment_has_macros"),
        ("bomba.docx", a_bomb, "attachment_damaged"),
        ("bugia.pdf", a_docx, "attachment_lies"),
        ("bugia.docx", a_photo, "attachment_lies"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_with_its_reason(consultation, name, content, code):
    with pytest.raises(RefusedError) as refusal:
        received(consultation, files=[SentFile(name, content())])
    assert refusal.value.code == code
    assert not Contribution.objects.exists()


def test_at_most_three_files(consultation):
    assert received(consultation, files=[SentFile("a.docx", a_docx())] * 3).contribution.attachments.count() == 3
    with pytest.raises(RefusedError, match="attachments_too_many"):
        received(consultation, files=[SentFile("a.docx", a_docx())] * 4)


def test_a_wrong_number_and_a_wrong_secret_are_answered_alike(consultation):
    one, other = received(consultation), received(consultation)
    label = one.contribution.label
    assert contribution_behind(label, one.secret) == one.contribution
    assert (
        contribution_behind(f" {label.replace('/', '-0')} ", one.secret.lower().replace("-", " ")) == one.contribution
    )
    for number, secret in ((label, other.secret), ("2020/1", one.secret), ("", ""), (label, ""), ("x", "y" * 99)):
        assert contribution_behind(number, secret) is None
    entered = Contribution.objects.create(
        edition=consultation.edition, text="x", received_on="2026-01-01", source="x", year=2026, number=99
    )
    assert contribution_behind(entered.label, "") is None, "what the office entered has no secret"
    assert one.secret not in str(Contribution.objects.filter(pk=one.contribution.pk).values())
    assert digest_of(one.secret) == one.contribution.secret_digest


def test_the_address_of_the_receipt_does_not_say_the_secret_and_closes_after_an_hour(consultation, time_machine):
    one = received(consultation)
    time_machine.move_to(timezone.now())
    token = receipt_token(one.contribution, one.secret)
    assert one.secret not in token
    assert receipt_behind(token) == (one.contribution, one.secret)
    assert receipt_behind(token[:-1]) is None
    time_machine.shift(timedelta(seconds=3700))
    assert receipt_behind(token) is None


def test_the_receipt_goes_to_the_address_that_was_given(consultation, mailoutbox):
    one = received(consultation, language="en")
    send_receipt.func(one.contribution.pk, encrypt(one.secret))
    (mail,) = mailoutbox
    assert mail.to == ["ada@esempio.it"]
    assert one.contribution.label in mail.subject
    assert one.secret in mail.body
    assert "/en/partecipa/segui/" in mail.body
    ContributionSender.objects.all().delete()
    send_receipt.func(one.contribution.pk, encrypt(one.secret))
    assert len(mailoutbox) == 1


def test_who_sent_it_goes_on_the_promised_day_and_the_text_stays(consultation):
    one = received(consultation, wish="signed").contribution
    admit(person=somebody("editor"), contribution=one)
    day = one.answer_due + timedelta(days=365)
    # At noon: late in the evening a summer's day begins an hour before.
    now = timezone.localtime().replace(hour=12)
    assert forget_senders(now + (day - timezone.localdate() - DAY)) == 0
    assert forget_senders(now + (day - timezone.localdate())) == 1
    one.refresh_from_db()
    assert (one.text, one.signature) == ("Più treni la sera", "Ada Prova")
    assert not ContributionSender.objects.exists()


def test_what_is_erased_on_request_leaves_no_sender_and_no_file(consultation, django_capture_on_commit_callbacks):
    one = received(consultation, wish="signed", files=[SentFile("a.jpg", a_photo())]).contribution
    admit(person=somebody("editor"), contribution=one)
    key = one.attachments.get().key
    with django_capture_on_commit_callbacks(execute=True):
        erase_contribution(person=somebody("administrator"), contribution=one)
    assert not default_storage.exists(stored_as(key))
    assert not ContributionSender.objects.exists()
    assert (one.signature, one.secret_digest, one.private, one.attachments.count()) == ("", "", True, 0)


@pytest.mark.django_db
def test_a_consultation_is_prepared_by_editors_and_shown_by_approvers():
    edition, today = a_small_plan(), timezone.localdate()
    editor, approver = somebody("editor"), somebody("approver")
    facts = {"edition": edition, "title_it": "Segui", "opens_on": today, "closes_on": today + DAY, "answer_days": 30}
    made = prepare_consultation(person=editor, facts=facts)
    assert made.slug not in {"segui", "ricevuta"}
    assert made.standing == "draft"
    with pytest.raises(NotAllowedError):
        publish_consultation(person=editor, consultation=made)
    publish_consultation(person=approver, consultation=made)
    assert made.takes_contributions
    with pytest.raises(NotAllowedError):
        change_consultation(person=editor, consultation=made, facts=facts)
    for wrong, code in (
        ({"closes_on": today - DAY}, "consultation_ends_first"),
        ({"answer_days": 0}, "consultation_answer_days"),
        ({"title_it": ""}, "consultation_invalid"),
    ):
        with pytest.raises(RefusedError) as refusal:
            change_consultation(person=approver, consultation=Consultation.objects.get(), facts={**facts, **wrong})
        assert refusal.value.code == code
    received(made)
    other = a_small_plan(label="2031-2033", state="preparation")
    with pytest.raises(RefusedError, match="consultation_has_contributions"):
        change_consultation(person=approver, consultation=Consultation.objects.get(), facts={"edition": other})
    hide_consultation(person=approver, consultation=made)
    assert made.standing == "draft"
    hidden = prepare_consultation(person=editor, facts={**facts, "edition": other})
    with pytest.raises(RefusedError, match="consultation_of_hidden_edition"):
        publish_consultation(person=approver, consultation=hidden)


def test_files_go_half_a_year_after_the_answer_is_due_and_the_text_stays(consultation):
    one = received(consultation, files=[SentFile("a.jpg", a_photo())]).contribution
    kept = one.attachments.get()
    assert kept.forget_on == one.answer_due + 180 * DAY
    now = timezone.localtime().replace(hour=12)
    assert forget_attachments(now + (kept.forget_on - timezone.localdate() - DAY)) == 0
    assert default_storage.exists(stored_as(kept.key))
    assert forget_attachments(now + (kept.forget_on - timezone.localdate())) == 1
    assert not default_storage.exists(stored_as(kept.key))
    assert not one.attachments.exists()
    one.refresh_from_db()
    assert one.text == "Più treni la sera"
