"""The verbs by which the office admits what the public sent, or says why not. Nothing is deleted."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.voices.activity import CONTRIBUTION_ADMITTED, CONTRIBUTION_REFUSED
from aumenta.voices.contributions.mails import tell_sender
from aumenta.voices.contributions.points import make_whole_point
from aumenta.voices.models import Contribution, ContributionSender
from aumenta.voices.rules import may_keep_contributions


@transaction.atomic
def admit(*, person: User, contribution: Contribution) -> Contribution:
    """Let it count; from now on it may be published, if and as its sender wishes. Raises NotAllowedError."""
    check_permission(may_keep_contributions(person))
    contribution.admission, contribution.admission_reason = Contribution.Admission.ADMITTED, ""
    if contribution.consultation_id:
        contribution.private = contribution.wish == Contribution.Wish.NO
        if contribution.wish == Contribution.Wish.SIGNED:
            sender = ContributionSender.objects.filter(contribution=contribution).first()
            contribution.signature = sender.name if sender else ""
    contribution.save(update_fields=["admission", "admission_reason", "private", "signature"])
    if contribution.consultation_id:
        make_whole_point(contribution)
    log(code=CONTRIBUTION_ADMITTED, person=person, about=contribution, subject=contribution.label)
    touch()
    return contribution


@transaction.atomic
def refuse(*, person: User, contribution: Contribution, reason: str) -> Contribution:
    """Keep it apart, with the reason that its sender reads, by mail too. Raises NotAllowedError; RefusedError without
    a reason."""
    check_permission(may_keep_contributions(person))
    said = " ".join(reason.split())[:500]
    if not said:
        raise RefusedError("no_reason_why_not_admitted")
    contribution.admission, contribution.admission_reason = Contribution.Admission.REFUSED, said
    contribution.private, contribution.signature = True, ""
    contribution.save(update_fields=["admission", "admission_reason", "private", "signature"])
    if contribution.consultation_id:
        tell_sender(contribution, "refused")
    log(code=CONTRIBUTION_REFUSED, person=person, about=contribution, subject=contribution.label)
    touch()
    return contribution
