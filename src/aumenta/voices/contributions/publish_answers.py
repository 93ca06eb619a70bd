"""The verbs by which the answers of a consultation are published together, and one of them is taken back."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.voices.activity import ANSWER_TAKEN_BACK, ANSWERS_PUBLISHED
from aumenta.voices.contributions.mails import tell_sender
from aumenta.voices.contributions.write_answer import labels_of
from aumenta.voices.models import Answer, Claim, Consultation, Contribution
from aumenta.voices.rules import may_publish_consultations


@dataclass(frozen=True, slots=True)
class ToPublish:
    """What publishing would do now: answers, contributions that are then closed, those that stay open, mails."""

    answers: tuple[Answer, ...]
    closed: tuple[Contribution, ...]
    open: tuple[Contribution, ...]
    mails: int


def to_publish(consultation: Consultation) -> ToPublish:
    """What `publish_answers` would do now."""
    ready = list(
        Answer.objects.filter(state=Answer.State.REVIEWED, claims__contribution__consultation=consultation).distinct()
    )
    touched = Contribution.objects.filter(
        claims__answer__in=ready, withdrawn=False, admission=Contribution.Admission.ADMITTED
    )
    # Closed are those whose every other point is answered in public already.
    done = Q(answer__in=ready) | Q(answer__state=Answer.State.PUBLISHED)
    lacking = set(Claim.objects.filter(contribution__in=touched).exclude(done).values_list("contribution", flat=True))
    lacking |= set(Claim.objects.filter(contribution__in=touched, answer=None).values_list("contribution", flat=True))
    rows = list(touched.select_related("sender").distinct())
    closed = tuple(one for one in rows if one.pk not in lacking)
    mails = sum(bool(getattr(one, "sender", None) and one.sender.email) for one in closed)
    return ToPublish(tuple(ready), closed, tuple(one for one in rows if one.pk in lacking), mails)


@transaction.atomic
def publish_answers(*, person: User, consultation: Consultation) -> ToPublish:
    """Publish every answer that a second person has read, all at once; who wrote a contribution whose every point is
    answered gets a mail. A contribution with a point unanswered stays open.

    Raises NotAllowedError; RefusedError «no_answer_reviewed».
    """
    check_permission(may_publish_consultations(person))
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    now, found = timezone.now(), to_publish(consultation)
    if not found.answers:
        raise RefusedError("no_answer_reviewed")
    Answer.objects.filter(pk__in=[one.pk for one in found.answers]).update(
        state=Answer.State.PUBLISHED, published_at=now
    )
    Contribution.objects.filter(pk__in=[one.pk for one in found.closed]).update(closed_at=now)
    for contribution in found.closed:
        tell_sender(contribution, "answer")
    log(
        code=ANSWERS_PUBLISHED,
        person=person,
        about=consultation,
        subject=consultation.title_it,
        detail=str(len(found.answers)),
    )
    touch()
    return found


@transaction.atomic
def take_answer_back(*, person: User, answer: Answer) -> Answer:
    """Take a published answer off the site to correct it; its contributions are open again. Raises NotAllowedError."""
    check_permission(may_publish_consultations(person))
    now = Answer.objects.select_for_update().get(pk=answer.pk)
    if now.state != Answer.State.PUBLISHED:
        raise RefusedError("answer_is_not_published")
    now.state, now.published_at, now.reviewed_by = Answer.State.DRAFT, None, None
    now.save(update_fields=["state", "published_at", "reviewed_by"])
    Contribution.objects.filter(pk__in=now.claims.values("contribution")).update(closed_at=None)
    log(code=ANSWER_TAKEN_BACK, person=person, about=now, subject=labels_of(now))
    touch()
    return now
