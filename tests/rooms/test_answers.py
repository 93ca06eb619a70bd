"""Answers to contributions: points, second pair of eyes, published together, mailed; what is withdrawn is gone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from aumenta.activity.models import ActivityEntry, PublicRevision
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.people.secrets import encrypt
from aumenta.plan.models import Action, Edition
from aumenta.results.erase_contribution import erase_contribution
from aumenta.review.record import record_import
from aumenta.voices.contributions.admit import admit, refuse
from aumenta.voices.contributions.mails import send_receipt, send_word
from aumenta.voices.contributions.own import ask_erasure, unpublish_own, withdraw_own
from aumenta.voices.contributions.points import divide, take_charge
from aumenta.voices.contributions.publish_answers import publish_answers, take_answer_back, to_publish
from aumenta.voices.contributions.receive import Sender
from aumenta.voices.contributions.remind import remind, reminders, worth_a_word
from aumenta.voices.contributions.write_answer import (
    Said,
    answer_with,
    change_answer,
    drop_answer,
    review_answer,
    send_answer_back,
    write_answer,
)
from aumenta.voices.make_demo_consultation import make_demo_consultation
from aumenta.voices.models import Answer, Claim, Consultation, Contribution, ContributionMailAttempt
from aumenta.voices.queries import counts_of, receipt_standing
from aumenta.voices.record_contributions import join, withdraw
from tests.cast import a_small_plan, somebody
from tests.voices_cast import a_consultation, admitted, an_answer, answered, received

DAY = timedelta(days=1)
AT_ONCE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
"""Jobs done as soon as they are asked for."""
NO = Said("not", "Non è di questo piano, perché…")


@pytest.fixture
def consultation(db):
    edition = a_small_plan()
    record_import(edition=edition)
    return a_consultation(edition)


def points(contribution):
    return list(contribution.claims.order_by("position"))


def test_what_is_admitted_is_one_point_until_somebody_divides_it_in_its_own_words(consultation):
    editor = somebody("editor")
    letter = admitted(consultation, "Più treni.\n\nE una  pensilina.")
    assert [one.words for one in points(letter)] == [letter.text]
    made = divide(person=editor, contribution=letter, texts=["Più treni.", "E una pensilina.", " "])
    assert [one.label for one in made] == [f"{letter.label}, 1", f"{letter.label}, 2"]
    with pytest.raises(RefusedError, match="point_in_other_words"):
        divide(person=editor, contribution=letter, texts=["Più treni.", "Una pensilina nuova"])
    with pytest.raises(RefusedError, match="too_many_points"):
        divide(person=editor, contribution=letter, texts=["Più treni."] * 31)
    write_answer(person=editor, claims=[points(letter)[0]], said=NO)
    with pytest.raises(RefusedError, match="points_are_answered"):
        divide(person=editor, contribution=letter, texts=["Più treni."])
    with pytest.raises(RefusedError, match="not_to_be_answered"):
        divide(person=editor, contribution=received(consultation).contribution, texts=[])
    assert [one.text for one in points(letter)] == ["Più treni.", "E una pensilina."], "nothing half written"


def test_a_contribution_with_a_point_unanswered_stays_open(consultation):
    editor, approver = somebody("editor"), somebody("approver")
    letter = admitted(consultation, "Più treni.\n\nUna pensilina.")
    first, second = divide(person=editor, contribution=letter, texts=["Più treni.", "Una pensilina."])
    made = write_answer(person=editor, claims=[first], said=NO)
    review_answer(person=approver, answer=made, revision=1)
    assert [one.pk for one in to_publish(consultation).open] == [letter.pk]
    publish_answers(person=approver, consultation=consultation)
    letter.refresh_from_db()
    assert letter.closed_at is None
    other = write_answer(person=editor, claims=[second], said=NO)
    publish_refused = pytest.raises(RefusedError, match="no_answer_reviewed")
    with publish_refused:
        publish_answers(person=approver, consultation=consultation)
    review_answer(person=approver, answer=other, revision=1)
    publish_answers(person=approver, consultation=consultation)
    letter.refresh_from_db()
    assert letter.closed_at is not None
    take_answer_back(person=approver, answer=other)
    letter.refresh_from_db()
    assert letter.closed_at is None, "it is open again while an answer is being corrected"


def test_an_answer_says_in_which_sheet_and_with_words_that_stand_there(consultation):
    editor, letter = somebody("editor"), admitted(consultation)
    sheet = Action.objects.of(consultation.edition)[0]
    for said, code in (
        (Said("taken_up", "Sì"), "answer_without_sheet"),
        (Said("taken_up", "Sì", sheet=sheet, words="la rete ferroviaria"), "words_not_in_sheet"),
        (Said("not_ours", "Sì"), "answer_passed_to_nobody"),
        (Said("not", " "), "answer_empty"),
        (Said("maybe", "Sì"), "answer_empty"),
        (Said("not", "x" * 5_001), "answer_too_long"),
    ):
        with pytest.raises(RefusedError) as refusal:
            write_answer(person=editor, claims=points(letter), said=said)
        assert refusal.value.code == code
    assert not Answer.objects.exists()
    said = Said("taken_up", "Sì", sheet=sheet, words="la RETE ciclabile collega i comuni")
    made = write_answer(person=editor, claims=points(letter), said=said)
    assert (made.version.code, made.version.number) == ("1.1.1", 1)
    Edition.objects.update(state="preparation")
    hidden = Said("taken_up", "Sì", sheet=Action.objects.get(pk=sheet.pk))
    with pytest.raises(RefusedError, match="answer_without_sheet"):
        change_answer(person=editor, answer=made, said=hidden, revision=1)
    made.refresh_from_db()
    assert Answer.objects.select_related("version__edition").get().sheet is None, "no sheet that nobody may read"


def test_nobody_reviews_what_she_wrote_a_word_of_and_a_change_is_reviewed_again(consultation):
    editor, approver, second = somebody("editor"), somebody("approver"), somebody("administrator")
    made = an_answer(admitted(consultation), approver)
    with pytest.raises(RefusedError, match="writer_does_not_review"):
        review_answer(person=approver, answer=made, revision=1)
    with pytest.raises(NotAllowedError):
        review_answer(person=editor, answer=made, revision=1)
    review_answer(person=second, answer=made, revision=1)
    made = change_answer(person=editor, answer=made, said=Said("not", "Altre parole"), revision=1)
    assert (made.state, made.reviewed_by) == ("draft", None)
    with pytest.raises(RefusedError, match="answer_changed_meanwhile"):
        review_answer(person=second, answer=made, revision=1)
    with pytest.raises(RefusedError, match="writer_does_not_review"):
        review_answer(person=approver, answer=made, revision=2)
    with pytest.raises(RefusedError, match="no_remark_on_answer"):
        send_answer_back(person=second, answer=made, revision=2, remark=" ")
    assert send_answer_back(person=second, answer=made, revision=2, remark="Più chiara").remark == "Più chiara"


def test_several_points_have_one_answer_and_those_that_repeat_them_too(consultation):
    editor, approver = somebody("editor"), somebody("approver")
    first, second, repeats, other = (admitted(consultation, f"Testo {n}") for n in range(4))
    join(person=editor, contribution=repeats, same_as=first)
    made = write_answer(person=editor, claims=[*points(first), *points(second)], said=NO)
    assert set(made.claims.values_list("contribution", flat=True)) == {first.pk, second.pk, repeats.pk}
    with pytest.raises(RefusedError, match="point_answered_already"):
        write_answer(person=editor, claims=[*points(other), *points(second)], said=NO)
    assert points(other)[0].answer is None, "nothing half written"
    review_answer(person=approver, answer=made, revision=1)
    answer_with(person=editor, answer=made, claims=points(other))
    made.refresh_from_db()
    assert (made.claims.count(), made.state) == (4, "draft"), "it is read again, for the new point too"
    drop_answer(person=editor, answer=made, claim=points(other)[0])
    assert points(other)[0].answer is None
    drop_answer(person=editor, answer=made)
    assert not Answer.objects.exists()
    assert Claim.objects.filter(answer=None).count() == 4


@pytest.mark.parametrize("role", ["facilitator", "reader", "referent"])
def test_who_does_not_keep_contributions_writes_reviews_and_publishes_nothing(consultation, role):
    stranger, letter = somebody(role), admitted(consultation)
    made = an_answer(admitted(consultation), somebody("editor"))
    for verb in (
        lambda: divide(person=stranger, contribution=letter, texts=[]),
        lambda: take_charge(person=stranger, contributions=[letter]),
        lambda: write_answer(person=stranger, claims=points(letter), said=NO),
        lambda: answer_with(person=stranger, answer=made, claims=points(letter)),
        lambda: change_answer(person=stranger, answer=made, said=NO, revision=1),
        lambda: drop_answer(person=stranger, answer=made),
        lambda: review_answer(person=stranger, answer=made, revision=1),
        lambda: send_answer_back(person=stranger, answer=made, revision=1, remark="x"),
        lambda: publish_answers(person=stranger, consultation=consultation),
        lambda: take_answer_back(person=stranger, answer=made),
    ):
        with pytest.raises(NotAllowedError):
            verb()


def test_an_editor_publishes_no_answers(consultation):
    made, editor = an_answer(admitted(consultation), somebody("editor")), somebody("editor")
    for verb in (
        lambda: publish_answers(person=editor, consultation=consultation),
        lambda: take_answer_back(person=editor, answer=made),
    ):
        with pytest.raises(NotAllowedError):
            verb()


def test_charge_is_taken_taken_over_and_given_up(consultation):
    one, other, letter = somebody("editor"), somebody("editor"), admitted(consultation)
    assert take_charge(person=one, contributions=[letter]) == 1
    assert take_charge(person=other, contributions=[letter], let_go=True) == 0, "nobody gives up what is another's"
    assert take_charge(person=other, contributions=[letter]) == 1
    assert take_charge(person=other, contributions=[letter], let_go=True) == 1
    letter.refresh_from_db()
    assert letter.taken_by is None
    assert ActivityEntry.objects.filter(code__in=["contribution.taken", "contribution.let_go"]).count() == 3


def test_publishing_is_logged_once_moves_the_revision_and_mails_who_is_answered_in_every_point(
    consultation, mailoutbox, settings, django_capture_on_commit_callbacks
):
    approver = somebody("approver")
    letters = [admitted(consultation, language="en"), admitted(consultation, sender=Sender()), admitted(consultation)]
    for letter in letters:
        made = an_answer(letter, somebody("editor"), text="<b>Grazie</b> & bene", text_en="Thank you & fine")
        review_answer(person=approver, answer=made, revision=1)
    withdraw(person=approver, contribution=letters[2])
    before = PublicRevision.objects.get().number
    assert to_publish(consultation).mails == 1
    settings.TASKS = AT_ONCE
    with django_capture_on_commit_callbacks(execute=True):
        publish_answers(person=approver, consultation=consultation)
    assert PublicRevision.objects.get().number > before
    assert ActivityEntry.objects.filter(code="answer.published").count() == 1
    (mail,) = mailoutbox
    assert mail.subject == f"The answer to your contribution {letters[0].label}"
    assert "Thank you & fine" in mail.body
    assert "not taken up" in mail.body
    assert ContributionMailAttempt.objects.get().kind == "answer"
    with pytest.raises(RefusedError, match="answer_is_published"):
        change_answer(person=approver, answer=Answer.objects.all()[0], said=NO, revision=1)


def test_a_mail_that_is_no_longer_true_is_not_sent(consultation, mailoutbox):
    letter = admitted(consultation)
    answered(letter)
    withdraw_own(contribution=letter)
    send_word.func("answer", letter.pk)
    other = received(consultation).contribution
    refuse(person=somebody("editor"), contribution=other, reason="Pubblicità")
    admit(person=somebody("editor"), contribution=other)
    send_word.func("refused", other.pk)
    assert mailoutbox == []


def test_who_is_not_admitted_reads_why_in_a_mail(
    consultation, mailoutbox, settings, django_capture_on_commit_callbacks
):
    letter = received(consultation).contribution
    settings.TASKS = AT_ONCE
    with django_capture_on_commit_callbacks(execute=True):
        refuse(person=somebody("editor"), contribution=letter, reason="È pubblicità")
    (mail,) = mailoutbox
    assert letter.label in mail.subject
    assert "È pubblicità" in mail.body


@pytest.mark.parametrize("way", [withdraw_own, ask_erasure])
def test_what_its_sender_withdrew_the_office_brings_back_no_more(consultation, way):
    letter, office = admitted(consultation), somebody("administrator")
    before = PublicRevision.objects.get().number
    way(contribution=letter)
    assert PublicRevision.objects.get().number > before
    letter.refresh_from_db()
    with pytest.raises(RefusedError, match="withdrawn_by_its_sender"):
        withdraw(person=office, contribution=letter, withdrawn=False)
    with pytest.raises(RefusedError, match="not_to_be_answered"):
        an_answer(letter, office)
    assert (letter.erasure_asked_on is not None) == (way is ask_erasure)
    if way is ask_erasure:
        assert counts_of(consultation)["to_erase"] == 1
        erase_contribution(person=office, contribution=letter)
        assert counts_of(consultation)["to_erase"] == 0


def test_who_no_longer_wishes_it_published_still_gets_an_answer(consultation):
    letter = admitted(consultation, wish="signed")
    assert letter.signature == "Ada Prova"
    unpublish_own(contribution=letter)
    letter.refresh_from_db()
    assert (letter.private, letter.signature, letter.withdrawn) == (True, "", False)
    answered(letter)
    Contribution.objects.update(secret_digest="")
    with pytest.raises(RefusedError, match="contribution_gone"):
        unpublish_own(contribution=letter)


def test_erasing_takes_the_points_and_the_answers_that_were_for_it_alone(consultation):
    office = somebody("administrator")
    secret, other = admitted(consultation, "La signora zanzibarre"), admitted(consultation)
    alone = an_answer(secret, office, text="Alla signora zanzibarre: no")
    review_answer(person=somebody("approver"), answer=alone, revision=1)
    both, another = admitted(consultation, "zanzibarre bis"), office
    shared = write_answer(person=another, claims=[*points(both), *points(other)], said=NO)
    for letter in (secret, both):
        erase_contribution(person=office, contribution=letter)
    assert list(Answer.objects.values_list("pk", flat=True)) == [shared.pk]
    assert not Claim.objects.filter(contribution__in=[secret, both]).exists()


def test_reminders_go_to_who_has_taken_charge_or_to_all_who_publish(consultation, mailoutbox):
    editor, approver = somebody("editor"), somebody("approver")
    somebody("reader")
    mine, nobodys = admitted(consultation), admitted(consultation)
    take_charge(person=editor, contributions=[mine])
    due = mine.answer_due
    assert [worth_a_word(due, due - n * DAY) for n in (15, 14, 7, 2, 0, -1, -7)] == [
        False,
        True,
        True,
        False,
        True,
        False,
        True,
    ]
    assert remind(due - 8 * DAY) == 0
    found = reminders(due - 7 * DAY)
    assert {person.pk: [one.pk for one in rows] for person, rows in found.items()} == {
        editor.pk: [mine.pk],
        approver.pk: [nobodys.pk],
    }
    assert remind(due + 7 * DAY) == 2
    assert all(mine.label in mail.body or nobodys.label in mail.body for mail in mailoutbox)
    assert {tuple(mail.to) for mail in mailoutbox} == {(editor.email,), (approver.email,)}
    answered(mine)
    assert editor not in reminders(due - 7 * DAY)


def test_the_receipt_says_how_its_mail_stands(consultation, settings, mailoutbox):
    settings.EMAIL_HOST = "mail.example"
    one = received(consultation)
    assert receipt_standing(one.contribution) == "waiting"
    send_receipt.func(one.contribution.pk, encrypt(one.secret))
    assert receipt_standing(one.contribution) == "sent"
    assert receipt_standing(received(consultation, sender=Sender()).contribution) == "none"
    assert receipt_standing(received(consultation, by_mail=False).contribution) == "held"
    two = received(consultation)
    made = ContributionMailAttempt.objects.create(
        contribution=two.contribution, number=1, at=timezone.now(), failure="SMTP 451", again_at=timezone.now()
    )
    assert receipt_standing(two.contribution) == "again"
    ContributionMailAttempt.objects.filter(pk=made.pk).update(again_at=None)
    assert receipt_standing(two.contribution) == "failed"
    settings.EMAIL_HOST = ""
    assert receipt_standing(one.contribution) == "nowhere"


def test_the_demo_has_a_contribution_in_every_state_and_is_made_once(db):
    edition = a_small_plan()
    record_import(edition=edition)
    people = {"person": somebody("administrator"), "colleague": somebody("approver")}
    made = make_demo_consultation(**people)
    assert made.invented
    assert make_demo_consultation(**people) is None
    assert set(Answer.objects.filter(state="published").values_list("outcome", flat=True)) == set(Answer.Outcome.values)
    counts = counts_of(made)
    assert min(counts[name] for name in ("to_admit", "waiting", "written", "done", "to_erase")) >= 1
    assert Consultation.objects.get().contributions.filter(admission="refused").count() == 1
    with override("en"):
        assert Answer.objects.filter(outcome="taken_up", state="published").get().text.startswith("We have put")
