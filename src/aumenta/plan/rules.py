"""Whose sheets these are: who sees them at the desk and who may propose changes to them."""

from django.db.models import Q

from aumenta.people.models import Role
from aumenta.people.rules import Person, has_role, is_approver, is_signed_in
from aumenta.plan.models import Action, ActionQuerySet, Edition


def sheets_proposable_by(person: Person) -> ActionQuerySet:
    """The sheets she may change by a proposal: all for administrators and approvers, her axes' for an editor, those
    her organisations answer for for a referent."""
    sheets = Action.objects.all()
    if not is_signed_in(person):
        return sheets.none()
    if is_approver(person):
        return sheets
    mine = Q(pk__in=[])
    if has_role(person, Role.EDITOR):
        mine |= Q(strategy__axis__in=person.axis_charges.values("axis"))
    if has_role(person, Role.REFERENT):
        mine |= Q(responsibilities__organisation__in=person.organisation_ids)
    return sheets.filter(pk__in=sheets.filter(mine).values("pk"))


def sheets_seen_by(person: Person) -> ActionQuerySet:
    """The sheets her desk shows: editors see every edition, a referent her own only, the others what is public."""
    if has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR):
        return Action.objects.all()
    if has_role(person, Role.FACILITATOR, Role.READER, Role.SECRETARY, Role.VENUE):
        public = Action.objects.filter(strategy__axis__edition__state=Edition.State.PUBLIC)
        return Action.objects.filter(
            Q(pk__in=public.values("pk")) | Q(pk__in=sheets_proposable_by(person).values("pk"))
        )
    return sheets_proposable_by(person)


def may_propose_on(person: Person, action: Action) -> bool:
    """Whether she may propose changes to this sheet."""
    return sheets_proposable_by(person).filter(pk=action.pk).exists()


def may_teach_search(person: Person) -> bool:
    """Whether she may teach the search everyday words: administrators and approvers."""
    return is_signed_in(person) and has_role(person, Role.ADMINISTRATOR, Role.APPROVER)


def may_set_places(person: Person, action: Action) -> bool:
    """Whether she may say where this action reaches: approvers, and editors of its axis."""
    if not is_signed_in(person):
        return False
    if is_approver(person):
        return True
    return has_role(person, Role.EDITOR) and person.axis_charges.filter(axis__strategies__actions=action).exists()
