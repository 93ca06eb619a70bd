"""How far actions have come: who reports, who approves, what readers see, who is asked when, and who is told."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aumenta.monitoring.actions.asked import late_people, unreported, without_referent
from aumenta.monitoring.actions.make_demo_updates import make_demo_updates
from aumenta.monitoring.actions.objectives import coverage, load_objectives, write_objective
from aumenta.monitoring.actions.report_progress import decide_progress, send_progress
from aumenta.monitoring.actions.rounds import ask_who_is_due, cancel_round, set_round
from aumenta.monitoring.actions.set_implementation import (
    drop_milestone,
    milestone_digest,
    set_implementation,
    write_milestone,
)
from aumenta.monitoring.actions.standing import counts, edition_standing, standing_of
from aumenta.monitoring.actions.states import load_states, write_state
from aumenta.monitoring.models import ActionState, Asked, Implementation, Milestone, Objective, Progress, Round
from aumenta.people.models import User
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition
from tests.cast import a_small_plan, somebody
from tests.monitoring_cast import a_state, an_objective, an_update

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
MILESTONE = {
    "title_it": "Treni al giorno",
    "target": 40.0,
    "base": 20.0,
    "begins_on": date(2024, 1, 1),
    "due_on": date(2026, 12, 31),
}


@pytest.fixture
def edition() -> Edition:
    load_states()
    return a_small_plan()


@pytest.fixture
def action(edition: Edition) -> Action:
    return Action.objects.of(edition).with_code("1.1.1").get()


@pytest.fixture
def referent(action: Action) -> User:
    return somebody("referent", answers_for=(action,))


def report(person: User, action: Action, **facts: object) -> Progress:
    given: dict[str, Any] = {"state": a_state(), "phase": "design", "as_of": TODAY, "reason_it": "Progetto approvato"}
    return send_progress(person=person, action=action, **{**given, **facts})


def test_a_referent_reports_and_nobody_reads_it_before_another_person_approved(action: Action, referent: User) -> None:
    chief = somebody("administrator", email="capo@esempio.it")
    milestone = write_milestone(person=chief, action=action, facts=MILESTONE)
    made = report(referent, action, values={milestone.pk: 25.0})
    assert standing_of([action])[0].latest is None
    with pytest.raises(NotAllowedError):
        decide_progress(person=referent, progress=made, approve=True)
    decide_progress(person=somebody("approver"), progress=made, approve=True)
    (found,) = standing_of([action])
    assert found.latest == made
    assert found.percent == pytest.approx(25.0), "five of the twenty that were missing: not 25 over 40"


def test_nobody_approves_what_she_sent_and_the_database_agrees(action: Action) -> None:
    approver = somebody("approver")
    made = report(approver, action)
    with pytest.raises(NotAllowedError):
        decide_progress(person=approver, progress=made, approve=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Progress.objects.update(review="approved", decided_by=approver, decided_at=timezone.now())


def test_a_referent_reports_on_her_own_actions_alone(edition: Edition, referent: User) -> None:
    other = Action.objects.of(edition).with_code("2.1.1").get()
    for person in (referent, somebody("reader"), somebody("facilitator", email="f@esempio.it")):
        with pytest.raises(NotAllowedError):
            report(person, other)


def test_a_later_word_replaces_the_one_that_waits(action: Action, referent: User) -> None:
    first, second = report(referent, action), report(referent, action, phase="tender")
    first.refresh_from_db()
    assert (first.review, second.review) == ("replaced", "sent")
    with pytest.raises(RefusedError, match="progress_decided_meanwhile"):
        decide_progress(person=somebody("approver"), progress=first, approve=True)


def test_an_update_sent_back_says_why_and_the_sender_reads_it_by_mail(
    action: Action, referent: User, django_capture_on_commit_callbacks
) -> None:
    approver = somebody("approver")
    made = report(referent, action)
    with pytest.raises(RefusedError, match="answer_required"):
        decide_progress(person=approver, progress=made, approve=False)
    from aumenta.monitoring.actions.mails import send_progress_mail

    decide_progress(person=approver, progress=made, approve=False, answer="Manca la gara")
    send_progress_mail.call("sent_back", made.pk)
    (letter,) = mail.outbox
    assert letter.to == [referent.email]
    assert "Manca la gara" in letter.body
    assert "/it/scrivania/attuazione/aggiornamenti/" in letter.body
    mail.outbox.clear()
    send_progress_mail.call("sent", made.pk)
    assert [letter.to for letter in mail.outbox] == [[approver.email]]


def test_two_who_put_a_milestone_right_do_not_overwrite_each_other(action: Action) -> None:
    chief = somebody("administrator", email="capo@esempio.it")
    made = write_milestone(person=chief, action=action, facts=MILESTONE)
    seen = milestone_digest(Milestone.objects.get(pk=made.pk))
    write_milestone(person=chief, action=action, milestone=made, facts={**MILESTONE, "target": 50.0}, seen=seen)
    with pytest.raises(RefusedError, match="milestone_changed_meanwhile"):
        write_milestone(person=chief, action=action, milestone=made, facts={**MILESTONE, "target": 60.0}, seen=seen)
    assert Milestone.objects.get().target == 50.0


def test_demo_updates_are_marked_as_invented_and_never_stand_beside_real_ones(edition: Edition, action: Action) -> None:
    chief = somebody("administrator", email="capo@esempio.it")
    made = make_demo_updates(person=chief, edition=edition)
    assert made == Progress.objects.count() > 0
    assert not Progress.objects.filter(invented=False).exists()
    assert make_demo_updates(person=chief, edition=edition) == 0
    Progress.objects.all().delete()
    Milestone.objects.all().delete()
    an_update(action)
    assert make_demo_updates(person=chief, edition=edition) == 0


def test_a_percentage_is_said_only_when_every_milestone_is_known(action: Action, referent: User) -> None:
    chief = somebody("administrator", email="capo@esempio.it")
    one = write_milestone(person=chief, action=action, facts=MILESTONE)
    two = write_milestone(person=chief, action=action, facts={**MILESTONE, "title_it": "Altra", "weight": 3.0})
    decide_progress(person=chief, progress=report(referent, action, values={one.pk: 40.0}), approve=True)
    (found,) = standing_of([action])
    assert (found.percent, found.known) == (None, 1)
    decide_progress(person=chief, progress=report(referent, action, values={one.pk: 40.0, two.pk: 20.0}), approve=True)
    assert standing_of([action])[0].percent == pytest.approx(25.0), "by the weights 1 and 3"


def test_a_milestone_readers_were_told_of_does_not_change_in_silence(action: Action, referent: User) -> None:
    chief = somebody("administrator", email="capo@esempio.it")
    one = write_milestone(person=chief, action=action, facts=MILESTONE)
    decide_progress(person=chief, progress=report(referent, action, values={one.pk: 30.0}), approve=True)
    with pytest.raises(RefusedError, match="milestone_reported"):
        write_milestone(person=chief, action=action, milestone=one, facts={"target": 30.0})
    with pytest.raises(RefusedError, match="milestone_reported"):
        drop_milestone(person=chief, milestone=one)
    write_milestone(person=chief, action=action, milestone=one, facts={"title_en": "Trains a day"})


def test_an_action_nobody_reported_is_counted_as_such_and_not_as_not_begun(edition: Edition, action: Action) -> None:
    an_update(action, "approved")
    rows = edition_standing(edition)
    found = {one.state.slug if one.state else None: one.count for one in counts(rows)}
    assert found == {"in-corso": 1, None: len(rows) - 1}


def test_the_office_sets_its_own_words_and_an_editor_does_not(edition: Edition) -> None:
    with pytest.raises(NotAllowedError):
        write_state(person=somebody("editor"), facts={"slug": "x"})
    facts = {"slug": "in-gara", "name_it": "in gara", "meaning": "under_way", "position": 9}
    made = write_state(person=somebody("approver"), facts=facts)
    assert made in ActionState.objects.all()
    assert load_states() == 0, "what the office wrote is never overwritten"


def test_who_carries_it_out_is_said_by_the_axis_editor(edition: Edition, action: Action) -> None:
    editor = somebody("editor", axes=(edition.axes.get(number=1),))
    set_implementation(person=editor, action=action, facts={"power": "hard", "others": "Regione"})
    assert Implementation.objects.get(action=action).get_power_display()
    other = Action.objects.of(edition).with_code("2.1.1").get()
    with pytest.raises(NotAllowedError):
        set_implementation(person=editor, action=other, facts={"power": "hard"})


def a_round(edition: Edition, chief: User, **facts: object) -> Round:
    given: dict[str, Any] = {"as_of": TODAY, "asks_on": date(2099, 1, 1), "due_on": date(2099, 1, 31), **facts}
    return set_round(person=chief, edition=edition, **given)


def at(day: date) -> datetime:
    return datetime.combine(day, time(7, 40), tzinfo=timezone.get_current_timezone())


def sent_mails() -> list[tuple[str, Any]]:
    from aumenta.monitoring.actions.mails import send_asked_mail

    for one in Asked.objects.filter(attempts=None).order_by("pk"):
        send_asked_mail.call(one.pk)
    found = [(letter.to[0], letter.subject) for letter in mail.outbox]
    mail.outbox.clear()
    return found


def test_a_round_asks_once_reminds_those_who_are_late_and_then_tells_the_office(
    edition: Edition, action: Action, referent: User
) -> None:
    chief, approver = somebody("administrator", email="capo@esempio.it"), somebody("approver")
    about = a_round(edition, chief)
    assert ask_who_is_due(now=at(date(2098, 12, 31))) == 0
    assert ask_who_is_due(now=at(about.asks_on)) == 1
    assert ask_who_is_due(now=at(about.asks_on)) == 0, "twice on a day is once"
    assert [to for to, _subject in sent_mails()] == [referent.email]
    assert ask_who_is_due(now=at(about.due_on)) == 0, "who is not late is left in peace"
    assert ask_who_is_due(now=at(about.due_on + timedelta(days=1))) == 1
    assert ask_who_is_due(now=at(about.due_on + timedelta(days=3))) == 0
    assert ask_who_is_due(now=at(about.due_on + timedelta(days=14))) == 2
    letters = sent_mails()
    assert {to for to, _subject in letters} == {referent.email, approver.email}
    assert any("non arrivati" in subject for _to, subject in letters)


def test_who_reported_is_asked_no_more(edition: Edition, action: Action, referent: User) -> None:
    about = a_round(edition, somebody("administrator", email="capo@esempio.it"))
    ask_who_is_due(now=at(about.asks_on))
    report(referent, action)
    assert sent_mails() == [], "a mail that waited is not sent when nothing is due any more"
    assert ask_who_is_due(now=at(about.due_on + timedelta(days=30))) == 0


def test_what_is_concluded_is_asked_about_no_more(edition: Edition, action: Action) -> None:
    about = a_round(edition, somebody("administrator", email="capo@esempio.it"))
    an_update(action, "approved", state=a_state("conclusa"), as_of=date(2020, 1, 1))
    assert action not in unreported(about)


def test_actions_nobody_answers_for_are_told_and_not_passed_over(
    edition: Edition, action: Action, referent: User
) -> None:
    about = a_round(edition, somebody("administrator", email="capo@esempio.it"))
    late = late_people(about)
    assert [one.person for one in late] == [referent]
    nobody = without_referent(about, late)
    assert action not in nobody
    assert len(nobody) == Action.objects.of(edition).count() - 1


def test_a_cancelled_round_writes_to_nobody(edition: Edition, referent: User) -> None:
    chief = somebody("administrator", email="capo@esempio.it")
    cancel_round(person=chief, round=a_round(edition, chief))
    assert ask_who_is_due(now=at(date(2099, 1, 1))) == 0


def test_objectives_cover_actions_and_leave_gaps_in_both_directions(edition: Edition, action: Action) -> None:
    chief = somebody("administrator", email="capo@esempio.it")
    top = an_objective(level="dup_strategic", code="ST-1")
    below = write_objective(
        person=chief, facts={"level": "piao", "code": "P-1", "year": 2026, "title_it": "Gestione"}, actions=[action]
    )
    write_objective(person=chief, objective=below, facts={"parent": an_objective(parent=top)})
    alone = an_objective(level="dup_operational", code="OP-9")
    found = coverage(edition, 2026)
    assert action not in found.actions_without
    assert found.objectives_without == [alone], "an action behind the PIAO objective is behind those above it"
    assert alone in found.without_parent


def test_a_table_of_objectives_is_taken_whole_or_not_at_all(edition: Edition) -> None:
    chief = somebody("administrator", email="capo@esempio.it")
    head = "livello;codice;anno;titolo;obiettivo superiore;stato;fonte;azioni\n"
    good = "PIAO;P1;2026;Gestione;OP1;in corso;PIAO 2026;1.1.1, 2.1.1\nDUP operativo;OP1;2026;Mobilità;;;DUP;\n"
    for bad in (
        "PIAO;P2;2026;Altro;;;;9.9.9",
        "PIAO;P2;ieri;Altro;;;;",
        "PAIO;P2;2026;Altro;;;;",
        "PIAO;P2;2026;Altro;NO;;;",
        "PIAO;P2;2026;;;;;",
    ):
        with pytest.raises(RefusedError, match="objective_row") as refused:
            load_objectives(person=chief, edition=edition, data=(head + good + bad + "\n").encode())
        assert refused.value.params["row"] == 4
        assert not Objective.objects.exists()
    assert load_objectives(person=chief, edition=edition, data=(head + good).encode()) == 2
    assert load_objectives(person=chief, edition=edition, data=(head + good).encode()) == 2
    assert Objective.objects.count() == 2
    assert Objective.objects.get(code="P1").parent.code == "OP1"
    with pytest.raises(NotAllowedError):
        load_objectives(person=somebody("referent"), edition=edition, data=b"")


def test_five_hundred_actions_cost_as_few_queries_as_five(edition: Edition) -> None:
    strategy = Action.objects.of(edition)[0].strategy
    made = Action.objects.bulk_create(Action(strategy=strategy, number=n, title_it=f"A {n}") for n in range(100, 600))
    an_update(made[0], "approved")
    Progress.objects.bulk_create(
        Progress(
            action=one,
            state=a_state(),
            phase="design",
            as_of=TODAY,
            reason_it="x",
            review="approved",
            decided_at=timezone.now(),
        )
        for one in made[1:]
    )
    Milestone.objects.bulk_create(Milestone(action=one, **MILESTONE) for one in made)
    with CaptureQueriesContext(connection) as asked:
        rows = edition_standing(edition)
    assert len(rows) >= 500
    assert len(asked) <= 8
