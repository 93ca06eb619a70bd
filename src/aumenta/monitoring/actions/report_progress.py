"""The verbs of an update: a referent sends it, somebody else of the office approves it or sends it back."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.monitoring.actions.mails import send_progress_mail
from aumenta.monitoring.activity import PROGRESS_APPROVED, PROGRESS_SENT, PROGRESS_SENT_BACK
from aumenta.monitoring.models import ActionState, Milestone, MilestoneValue, Progress
from aumenta.monitoring.rules import may_decide_progress, may_report_progress
from aumenta.people.dates import short_day
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError, check_facts
from aumenta.plan.models import Action


@transaction.atomic
def send_progress(
    *,
    person: User,
    action: Action,
    state: ActionState,
    phase: str,
    as_of: date,
    reason_it: str,
    reason_en: str = "",
    values: Mapping[int, float] | None = None,
) -> Progress:
    """Report how far an action has come, to be reviewed. What waits already is replaced: one update waits at a time.

    `values` says where milestones stand, by their keys. Raises NotAllowedError, RefusedError: progress_of_the_future,
    progress_before_the_last (a later one is public), milestone_of_another_action, progress_invalid.
    """
    check_permission(may_report_progress(person, action))
    Action.objects.select_for_update(no_key=True).get(pk=action.pk)
    if as_of > timezone.localdate():
        raise RefusedError("progress_of_the_future")
    latest = Progress.objects.filter(action=action, review="approved").first()
    if latest and latest.as_of > as_of:
        raise RefusedError("progress_before_the_last", day=short_day(latest.as_of, "del"))
    given = dict(values or {})
    if given.keys() - set(Milestone.objects.filter(action=action).values_list("pk", flat=True)):
        raise RefusedError("milestone_of_another_action")
    Progress.objects.filter(action=action, review="sent").update(review="replaced")
    made = Progress(
        action=action,
        state=state,
        phase=phase,
        as_of=as_of,
        reason_it=reason_it.strip(),
        reason_en=reason_en.strip(),
        sent_by=person,
    )
    check_facts(made, "progress_invalid")
    made.save()
    MilestoneValue.objects.bulk_create(MilestoneValue(progress=made, milestone_id=k, value=v) for k, v in given.items())
    log(code=PROGRESS_SENT, person=person, about=made, subject=action.code, within=action.strategy.axis.edition.label)
    transaction.on_commit(partial(send_progress_mail.enqueue, "sent", made.pk))
    return made


@transaction.atomic
def decide_progress(*, person: User, progress: Progress, approve: bool, answer: str = "") -> Progress:
    """Let everybody read an update, or send it back with a word.

    Raises NotAllowedError (also for one's own), RefusedError: progress_decided_meanwhile, answer_required,
    progress_before_the_last.
    """
    kept = Progress.objects.select_for_update(no_key=True).select_related("action").get(pk=progress.pk)
    check_permission(may_decide_progress(person, kept))
    if kept.review != Progress.Review.SENT:
        raise RefusedError("progress_decided_meanwhile")
    if not approve and not answer.strip():
        raise RefusedError("answer_required")
    latest = Progress.objects.filter(action=kept.action_id, review="approved").first()
    if approve and latest and latest.as_of > kept.as_of:
        raise RefusedError("progress_before_the_last", day=short_day(latest.as_of, "del"))
    kept.review = Progress.Review.APPROVED if approve else Progress.Review.SENT_BACK
    kept.decided_by, kept.decided_at, kept.answer = person, timezone.now(), answer.strip()[:500]
    kept.save(update_fields=["review", "decided_by", "decided_at", "answer"])
    code = PROGRESS_APPROVED if approve else PROGRESS_SENT_BACK
    log(code=code, person=person, about=kept, subject=kept.action.code)
    transaction.on_commit(partial(send_progress_mail.enqueue, "approved" if approve else "sent_back", kept.pk))
    if approve:
        touch()
    return kept
