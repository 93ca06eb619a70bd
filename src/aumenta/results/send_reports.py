"""The office's words in the reports, and the reports sent to those who asked for them, each once, with a log.

A delivery is queued, then claimed by the worker that sends it, then sent or failed with the reason. A refused one goes
back into the queue for a while, five times in all (`mailing.retries`), before it has failed; a failed one is tried
again when a person says so. A person may note that a mail came back, which no server tells us by itself.
"""

from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from aumenta.activity.log import log
from aumenta.events.models import Event, Registration
from aumenta.events.rules import may_prepare, may_publish
from aumenta.mailing.retries import outcome_of
from aumenta.people.models import User
from aumenta.people.office_words import office_mail
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.results.activity import DELIVERY_FAILED, REPORT_WRITTEN, REPORTS_SENT
from aumenta.results.models import Delivery, DeliveryAttempt, ReportText, Snapshot
from aumenta.territory.models import Zone

State = Delivery.State


@transaction.atomic
def write_report_text(
    *, person: User, event: Event, zone: Zone | None, introduction: str, conclusion: str
) -> ReportText:
    """What stands before and after the figures of a zone's report, or of the whole (`zone` None)."""
    check_permission(may_prepare(person))
    text, _new = ReportText.objects.update_or_create(
        event=event, zone=zone, defaults={"introduction": introduction, "conclusion": conclusion}
    )
    log(code=REPORT_WRITTEN, person=person, about=event)
    return text


@transaction.atomic
def send_reports(*, person: User, snapshot: Snapshot) -> int:
    """Queue the report for everybody who asked for it and has not got that of this state; how many were queued."""
    check_permission(may_publish(person))
    if snapshot.published_at is None or snapshot.event.results_published_at is None:
        raise RefusedError("results_not_public")
    people = Registration.objects.filter(
        event=snapshot.event_id, state=Registration.State.CONFIRMED, wants_report=True
    ).exclude(deliveries__snapshot=snapshot)
    rows = [Delivery(snapshot=snapshot, registration=one) for one in people]
    # The constraint lets nobody in twice, whoever else presses the button at this moment.
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    queued = Delivery.objects.filter(snapshot=snapshot, state=State.QUEUED, attempts=0)
    return _queue(person, snapshot, list(queued.values_list("pk", flat=True)))


@transaction.atomic
def send_again(*, person: User, snapshot: Snapshot) -> int:
    """Try the failed ones once more; how many were queued."""
    check_permission(may_publish(person))
    failed = list(Delivery.objects.filter(snapshot=snapshot, state=State.FAILED).values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=failed).update(state=State.QUEUED, failure="", queued_at=timezone.now())
    return _queue(person, snapshot, failed)


@transaction.atomic
def note_failure(*, person: User, delivery: Delivery, reason: str) -> None:
    """A person has seen that the mail came back, or that the worker stopped in the middle of it."""
    check_permission(may_publish(person))
    if not reason.strip():
        raise RefusedError("failure_reason_required")
    changed = Delivery.objects.filter(pk=delivery.pk, state__in=[State.SENT, State.SENDING]).update(
        state=State.FAILED, failure=reason.strip()[:300]
    )
    if changed:
        # Without the reason: what a returned mail says names the address it was sent to.
        log(code=DELIVERY_FAILED, person=person, about=delivery.snapshot.event)


def _queue(person: User, snapshot: Snapshot, keys: list[int]) -> int:
    for key in keys:
        transaction.on_commit(partial(send_report.enqueue, key))
    if keys:
        log(
            code=REPORTS_SENT,
            person=person,
            subject=snapshot.event.title_it,
            detail=f"{snapshot}: {len(keys)}",
        )
    return len(keys)


@task()
def send_report(delivery_id: int, number: int = 1) -> None:
    """Send one report: claimed first, so that two workers, or one job run twice, send one mail.

    A refusal is tried again after a pause (`number` says which attempt this is), then given up.
    """
    claimed = Delivery.objects.filter(pk=delivery_id, state=State.QUEUED).update(
        state=State.SENDING, attempts=F("attempts") + 1
    )
    if not claimed:
        return
    delivery = Delivery.objects.select_related("registration__zone", "registration__event", "snapshot").get(
        pk=delivery_id
    )
    own = Delivery.objects.filter(pk=delivery_id)
    fault = None
    try:
        with override(delivery.registration.language):
            _message(delivery).send()
    except Exception as refused:
        # Whatever a mail server answers is the delivery's own story; the next recipient is not to blame.
        fault = refused
    tried = DeliveryAttempt.objects.create(delivery=delivery, **outcome_of(send_report, number, fault))
    if fault is None:
        own.update(state=State.SENT, sent_at=tried.at, failure="")
        return
    own.update(state=State.QUEUED if tried.again_at else State.FAILED, failure=tried.failure)
    if tried.again_at:
        send_report.using(run_after=tried.again_at).enqueue(delivery_id, number + 1)


def _message(delivery: Delivery) -> EmailMessage:
    person, event = delivery.registration, delivery.registration.event
    results = f"{settings.PUBLIC_ADDRESS}/{person.language}/eventi/{event.slug}/esiti/"
    known = {zone.number for zone in delivery.snapshot.read().zones}
    zone = person.zone if person.zone and person.zone.number in known else None
    context = {
        "person": person,
        "event": event,
        "zone": zone,
        "results": results,
        "report": f"{results}{zone.number if zone else 'tutte'}.html",
        "pdf": f"{results}{zone.number if zone else 'tutte'}.pdf",
    }
    subject = render_to_string("results/mail/report_subject.txt", context)
    body = render_to_string("results/mail/report.txt", context)
    return office_mail(subject, body, person.email, reply_to=event.contact)
