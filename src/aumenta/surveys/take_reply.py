"""The verbs by which a reply comes in: from the open link, from an invitation, from paper; and making invitations.

An invitation and the reply that used it are written together, and nothing in either leads to the other: no key, no
moment, no order that both share.
"""

from typing import Any, Final

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.core.survey.answers import Answers
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.surveys.activity import INVITATIONS_MADE
from aumenta.surveys.models import Invitation, Questionnaire, QuestionnaireVersion, Reply
from aumenta.surveys.rules import may_keep_questionnaires
from aumenta.territory.models import Zone

MOST_INVITATIONS: Final = 5_000
"""At once."""
_SALT: Final = "surveys.invitation"


@transaction.atomic
def take_reply(
    *,
    version: QuestionnaireVersion,
    answers: Answers,
    language: str,
    form_key: str,
    invitation: Invitation | None = None,
) -> Reply:
    """Keep what somebody sent. Raises RefusedError where the questionnaire takes none today, it says nothing, the form
    was sent before, or the invitation is missing or was used."""
    questionnaire = Questionnaire.objects.get(pk=version.questionnaire_id)
    if questionnaire.standing != Questionnaire.Standing.OPEN or version.frozen_at is None:
        raise RefusedError("questionnaire_not_open")
    if not answers:
        raise RefusedError("reply_is_empty")
    if questionnaire.invited_only and invitation is None:
        raise RefusedError("invitation_needed")
    if invitation is not None:
        _use(questionnaire, invitation)
    way = Reply.Way.OPEN if invitation is None else Reply.Way.INVITED
    return _kept(version, answers, way, language=language, form_key=form_key)


def _use(questionnaire: Questionnaire, invitation: Invitation) -> None:
    # One statement: of two replies at once with one invitation the second finds it used.
    free = Invitation.objects.filter(pk=invitation.pk, questionnaire=questionnaire, used=False)
    if not free.update(used=True):
        raise RefusedError("invitation_used")


@transaction.atomic
def enter_reply(*, person: User, version: QuestionnaireVersion, answers: Answers, form_key: str) -> Reply:
    """Keep a reply that came on paper, until the questionnaire is closed. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_questionnaires(person))
    questionnaire = Questionnaire.objects.get(pk=version.questionnaire_id)
    if questionnaire.closed_at:
        raise RefusedError("questionnaire_is_closed")
    if questionnaire.opened_at is None or version.frozen_at is None:
        raise RefusedError("questionnaire_not_open")
    if not answers:
        raise RefusedError("reply_is_empty")
    return _kept(version, answers, Reply.Way.PAPER, form_key=form_key, entered_by=person)


def _kept(version: QuestionnaireVersion, answers: Answers, way: Reply.Way, **more: Any) -> Reply:
    if Reply.objects.filter(form_key=more["form_key"]).exists():
        raise RefusedError("reply_sent_twice")
    try:
        with transaction.atomic():
            return Reply.objects.create(
                version=version, answers=dict(answers), way=way, received_on=timezone.localdate(), **more
            )
    except IntegrityError as twice:
        raise RefusedError("reply_sent_twice") from twice


@transaction.atomic
def make_invitations(
    *, person: User, questionnaire: Questionnaire, how_many: int, zone: Zone | None = None, organisation_kind: str = ""
) -> list[Invitation]:
    """So many links with one reply each, for people of a zone and a kind, numbered on. Raises NotAllowedError;
    RefusedError."""
    check_permission(may_keep_questionnaires(person))
    found = Questionnaire.objects.select_for_update(of=("self",)).get(pk=questionnaire.pk)
    if found.closed_at:
        raise RefusedError("questionnaire_is_closed")
    if not 1 <= how_many <= MOST_INVITATIONS:
        raise RefusedError("invitations_number", most=MOST_INVITATIONS)
    last = found.invitations.aggregate(last=Max("number"))["last"] or 0
    made = Invitation.objects.bulk_create(
        Invitation(questionnaire=found, number=last + n, zone=zone, organisation_kind=organisation_kind)
        for n in range(1, how_many + 1)
    )
    log(code=INVITATIONS_MADE, person=person, about=found, detail=str(how_many))
    return made


def token_of(invitation: Invitation) -> str:
    """What stands in its link: signed, so that nobody makes one up; the database holds nothing of it."""
    return signing.dumps(invitation.pk, salt=_SALT)


def invitation_behind(token: str) -> Invitation | None:
    """The invitation of a link; None where it is none of ours."""
    try:
        key = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("questionnaire__edition").filter(pk=key).first()
