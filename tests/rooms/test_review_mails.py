"""Who is written about a proposal, in which language, and who is not; and about an account."""

import re
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aumenta.people.accounts import give_role, take_role
from aumenta.people.models import Grant, User
from aumenta.plan.models import Action
from aumenta.plan.sheet_content import read_content
from aumenta.rehearsal.operators import rehearsal_operator
from aumenta.review.approve import approve, send_back
from aumenta.review.comments.comment import comment
from aumenta.review.edit_draft import edit_draft
from aumenta.review.models import Proposal
from aumenta.review.notify import PAUSES, send_notice
from aumenta.review.propose import propose
from aumenta.review.submit import submit
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mails_at_once(settings):
    """The worker's jobs are done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def commit() -> None:
    """Do what waits for the end of the transaction; what was undone does not wait any more."""
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for one in waiting:
        one[1]()


def mails() -> dict[str, str]:
    """Each recipient with all that she was sent since the last time somebody asked: subject and text."""
    done = len(mail.outbox)
    commit()
    sent: dict[str, str] = {}
    for one in mail.outbox[done:]:
        assert len(one.to) == 1, "nobody sees who else was written"
        assert one.to[0] not in sent, "nobody is written twice"
        sent[one.to[0]] = f"{one.subject}\n{one.body}"
    return sent


class Office:
    """Anna writes, in English; Bruno writes with her; Carla and Dario approve, and Dario's account was closed."""

    def __init__(self) -> None:
        action = Action.objects.of(a_small_plan()).with_code("1.1.1").get()
        axes = (action.strategy.axis,)
        self.anna = somebody("editor", axes=axes, email="anna@esempio.it")
        self.bruno = somebody("editor", axes=axes, email="bruno@esempio.it")
        self.carla = somebody("approver", email="carla@esempio.it")
        self.dario = somebody("approver", email="dario@esempio.it")
        self.chief = somebody("administrator", email="capo@esempio.it")
        User.objects.filter(pk=self.anna.pk).update(language="en")
        User.objects.filter(pk=self.dario.pk).update(is_active=False)
        content = {**read_content(action), "title_it": "Nuovo titolo"}
        made = propose(person=self.anna, action=action, content=content, reason="Una legge nuova")
        self.proposal = edit_draft(
            person=self.bruno,
            proposal_id=made.pk,
            revision=made.revision,
            content={**content, "summary_it": "Di Bruno."},
        )

    def send(self) -> Proposal:
        """The draft is sent for review."""
        self.proposal = submit(person=self.anna, proposal_id=self.proposal.pk, revision=self.proposal.revision)
        return self.proposal


@pytest.fixture
def office() -> Office:
    return Office()


def test_approvers_who_may_decide_are_told_that_something_waits(office: Office) -> None:
    writer = somebody("approver", email="scrive@esempio.it")
    edit_draft(
        person=writer,
        proposal_id=office.proposal.pk,
        revision=office.proposal.revision,
        content={**office.proposal.content, "summary_it": "Ancora."},
    )
    office.proposal.refresh_from_db()
    office.send()
    sent = mails()
    assert set(sent) == {"carla@esempio.it"}
    assert "Una legge nuova" in sent["carla@esempio.it"]
    assert f"/it/scrivania/proposte/{office.proposal.pk}/" in sent["carla@esempio.it"]


def test_all_who_wrote_are_told_of_the_approval_each_in_her_language(office: Office) -> None:
    office.send()
    mails()
    approve(person=office.carla, proposal_id=office.proposal.pk, revision=office.proposal.revision)
    sent = mails()
    assert set(sent) == {"anna@esempio.it", "bruno@esempio.it"}
    assert "Approved: sheet 1.1.1" in sent["anna@esempio.it"]
    assert f"/en/scrivania/proposte/{office.proposal.pk}/" in sent["anna@esempio.it"]
    assert "Approved" not in sent["bruno@esempio.it"]
    assert f"/it/scrivania/proposte/{office.proposal.pk}/" in sent["bruno@esempio.it"]


def test_all_who_wrote_are_told_why_it_came_back(office: Office) -> None:
    office.send()
    mails()
    send_back(
        person=office.carla, proposal_id=office.proposal.pk, revision=office.proposal.revision, answer="Manca la fonte"
    )
    sent = mails()
    assert set(sent) == {"anna@esempio.it", "bruno@esempio.it"}
    assert all("Manca la fonte" in text for text in sent.values())
    assert "Sent back to you" in sent["anna@esempio.it"]


def test_a_comment_reaches_writers_and_earlier_commenters_but_not_who_comments(office: Office) -> None:
    comment(person=office.carla, proposal=office.proposal, text="Perché «nuovo»?")
    assert set(mails()) == {"anna@esempio.it", "bruno@esempio.it"}
    comment(person=office.bruno, proposal=office.proposal, text="Per la legge.")
    sent = mails()
    assert set(sent) == {"anna@esempio.it", "carla@esempio.it"}
    assert all("Per la legge." in text and "Perché «nuovo»?" not in text for text in sent.values())


def test_nobody_is_written_whose_account_was_closed_since(office: Office) -> None:
    office.send()
    mails()
    User.objects.filter(pk=office.bruno.pk).update(is_active=False)
    approve(person=office.carla, proposal_id=office.proposal.pk, revision=office.proposal.revision)
    assert set(mails()) == {"anna@esempio.it"}


def test_no_job_is_queued_for_who_has_left(office: Office, settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    office.send()
    commit()
    people = [job.args_kwargs["args"][2] for job in DBTaskResult.objects.all()]
    assert people == [office.carla.pk]


def test_what_is_undone_tells_nobody(office: Office) -> None:
    mails()
    with transaction.atomic():
        office.send()
        transaction.set_rollback(True)
    assert mails() == {}


def test_a_mail_that_a_server_refuses_waits_in_the_queue(office: Office, settings, monkeypatch) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def refuse(*_given: object, **_named: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    send_notice.call("submitted", office.proposal.pk, office.carla.pk)
    waiting = DBTaskResult.objects.get()
    assert waiting.args_kwargs["args"] == ["submitted", office.proposal.pk, office.carla.pk, 1]
    assert waiting.run_after > timezone.now() + PAUSES[0] / 2


def test_who_is_given_or_loses_a_role_is_told_in_her_language(office: Office) -> None:
    mails()
    grant = give_role(person=office.chief, to=office.anna, role="reader")
    told = mails()
    assert set(told) == {"anna@esempio.it"}
    assert "The roles of your account have changed" in told["anna@esempio.it"]
    assert "/scrivania/" in told["anna@esempio.it"]
    give_role(person=office.chief, to=office.anna, role="reader")
    assert mails() == {}, "she has it already"
    take_role(person=office.chief, grant=Grant.objects.get(pk=grant.pk))
    assert set(mails()) == {"anna@esempio.it"}


def test_the_invented_operator_of_a_rehearsal_is_never_written_to(office: Office) -> None:
    """Her address leads to nobody: a mail to it would be tried for days, and counted among those that failed."""
    regia = rehearsal_operator()
    office.send()
    assert set(mails()) == {"carla@esempio.it"}
    send_notice.enqueue("submitted", office.proposal.pk, regia.pk)
    assert mails() == {}


def test_whoever_is_written_to_by_role_is_chosen_in_one_way() -> None:
    """`written_to` knows whose address leads to nobody; a choice that only asks for open accounts does not."""
    source = Path(__file__).parents[2] / "src/aumenta"
    sends = [path for path in source.rglob("*.py") if "office_mail" in path.read_text(encoding="utf-8")]
    own = [path.name for path in sends if re.search(r"User\.objects\.(?!written_to)", path.read_text(encoding="utf-8"))]
    assert len(sends) > 8
    assert own == []
