"""Who keeps bodies, acts and votes: the office all of them, a secretary those of the bodies in her charge."""

from django.db.models import Q, QuerySet

from aumenta.governance.models import Body, BodySecretary, Opinion
from aumenta.people.models import Organisation, Role
from aumenta.people.rules import Person, has_role, is_signed_in
from aumenta.plan.models import Action
from aumenta.review.rules import may_continue
from aumenta.territory.models import Municipality


def may_see_bodies(person: Person) -> bool:
    """See bodies, rules and acts in preparation at the desk."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR, Role.SECRETARY)


def may_see_duties(person: Person) -> bool:
    """See the calendar of duties, everybody's."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR, Role.SECRETARY)


def keeps_all_bodies(person: Person) -> bool:
    """Keep every body, and confirm the rules by which they decide."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER)


def bodies_kept_by(person: Person) -> QuerySet[Body]:
    """The bodies she keeps: all of them, those in her charge, or none."""
    if keeps_all_bodies(person):
        return Body.objects.all()
    if has_role(person, Role.SECRETARY):
        return Body.objects.filter(secretaries__person=person.pk)
    return Body.objects.none()


def may_keep_bodies(person: Person) -> bool:
    """Write who sits where, which acts there are and how they were voted, of one body at least."""
    return keeps_all_bodies(person) or (
        has_role(person, Role.SECRETARY) and BodySecretary.objects.filter(person=person.pk).exists()
    )


def may_keep_body(person: Person, body: Body) -> bool:
    """Write who sits in this body, its acts, sessions and votes."""
    return keeps_all_bodies(person) or bodies_kept_by(person).filter(pk=body.pk).exists()


def may_enter_opinion(person: Person, opinion: Opinion) -> bool:
    """Enter what a body answered: who keeps that body, and who keeps the one that asked."""
    return (
        keeps_all_bodies(person)
        or bodies_kept_by(person).filter(pk__in=[opinion.body_id, opinion.act.body_id]).exists()
    )


def municipalities_of(person: Person) -> QuerySet[Municipality]:
    """The municipalities she answers for: those of the organisations whose referent she is."""
    if not is_signed_in(person) or not has_role(person, Role.REFERENT):
        return Municipality.objects.none()
    codes = Organisation.objects.filter(pk__in=person.organisation_ids).exclude(municipality_code="")
    return Municipality.objects.filter(istat_code__in=codes.values("municipality_code"), valid_to=None)


def may_see_observations(person: Person) -> bool:
    """See what the municipalities she answers for were asked about acts; the page says where there is none."""
    return has_role(person, Role.REFERENT)


def may_observe(person: Person, opinion: Opinion, place: Municipality) -> bool:
    """Enter what a municipality observes: its own referent, who keeps the body it sits in, who keeps the one that
    asked."""
    return may_enter_opinion(person, opinion) or municipalities_of(person).filter(pk=place.pk).exists()


def may_see_coherence(person: Person) -> bool:
    """See instruments and the matrix at the desk."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR)


def may_judge(person: Person, action: Action) -> bool:
    """Say how a sheet stands to an instrument: an editor in her axes, the office everywhere."""
    return may_continue(person, action.strategy.axis)


def may_keep_offices(person: Person, place: Municipality) -> bool:
    """Write who stands for a municipality: who keeps a body in which it sits."""
    here = Q(kind=Body.Kind.CONFERENCE, territory=place.territory_id) | Q(zone__isnull=False, zone=place.zone_id)
    return keeps_all_bodies(person) or bodies_kept_by(person).filter(here).exists()
