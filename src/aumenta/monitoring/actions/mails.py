"""The mails about updates: to those who approve, to who sent one; and those of a round, tried again where they fail."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks import task

from aumenta.mailing.retries import outcome_of
from aumenta.monitoring.actions.asked import due_of, late_people
from aumenta.monitoring.models import Asked, AskedMailAttempt, Progress
from aumenta.people.models import Role, User
from aumenta.people.office_words import office_mail


@task()
def send_progress_mail(kind: str, progress_id: int) -> None:
    """Tell the approvers that an update waits (`sent`), or who sent it what became of it. What it says waits at the
    desk anyway: a mail that fails is not tried again."""
    progress = Progress.objects.select_related("action__strategy__axis__edition", "state", "sent_by").get(
        pk=progress_id
    )
    if kind == "sent":
        people = User.objects.written_to().filter(grants__role=Role.APPROVER).distinct()
        to = [one for one in people if one.pk != progress.sent_by_id]
    else:
        to = [progress.sent_by] if progress.sent_by and progress.sent_by.is_active else []
    where = f"attuazione/aggiornamenti/{progress.pk}/"
    for person in to:
        _send(person, f"progress_{kind}", {"progress": progress, "action": progress.action}, where)


@task()
def send_asked_mail(asked_id: int, number: int = 1) -> None:
    """Send a mail of a round; what can't be sent is tried again after a pause. Nobody is written to who has reported
    everything meanwhile."""
    asked = Asked.objects.select_related("round__edition", "person").filter(pk=asked_id).first()
    if asked is None or not asked.person.is_active:
        return
    climbed = asked.kind == Asked.Kind.CLIMBED
    context: dict[str, Any] = {"round": asked.round, "edition": asked.round.edition}
    context |= {"late": late_people(asked.round)} if climbed else {"actions": due_of(asked.round, asked.person)}
    if not (context.get("late") or context.get("actions")):
        return
    fault = None
    try:
        _send(asked.person, f"round_{asked.kind}", context, "attuazione/")
    except Exception as refused:
        fault = refused
    tried = AskedMailAttempt.objects.create(asked=asked, **outcome_of(send_asked_mail, number, fault))
    if tried.again_at:
        send_asked_mail.using(run_after=tried.again_at).enqueue(asked_id, number + 1)


def _send(person: User, kind: str, context: dict[str, Any], where: str) -> None:
    with override(person.language):
        address = f"{settings.PUBLIC_ADDRESS}/{person.language}/scrivania/{where}"
        words = {**context, "person": person, "address": address}
        subject = render_to_string(f"monitoring/mail/{kind}_subject.txt", words)
        body = render_to_string(f"monitoring/mail/{kind}.txt", words)
        mail = office_mail(subject, body, person.email)
    mail.send()
