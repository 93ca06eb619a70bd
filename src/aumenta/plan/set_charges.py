"""Whose sheets these are: the axes of an editor, the organisations that answer for an action."""

from collections.abc import Iterable

from django.db import transaction

from aumenta.activity.log import log
from aumenta.people.models import Organisation, User
from aumenta.people.permission import check_permission
from aumenta.people.rules import manages_people
from aumenta.plan.activity import AXES, RESPONSIBILITY
from aumenta.plan.models import Action, Axis, AxisEditor, Responsibility


@transaction.atomic
def set_axes(*, person: User, editor: User, axes: Iterable[Axis]) -> None:
    """Make these, and no others, the axes whose sheets she writes. Raises NotAllowedError."""
    check_permission(manages_people(person), "people")
    chosen = {axis.pk: axis for axis in axes}
    AxisEditor.objects.filter(person=editor).exclude(axis__in=chosen).delete()
    held = set(AxisEditor.objects.filter(person=editor).values_list("axis_id", flat=True))
    AxisEditor.objects.bulk_create(AxisEditor(axis=chosen[pk], person=editor) for pk in chosen if pk not in held)
    codes = ", ".join(sorted(f"{axis.edition.label} {axis.number}" for axis in chosen.values()))
    log(code=AXES, person=person, about=editor, subject=f"{editor}: {codes or '-'}")


@transaction.atomic
def set_responsibilities(*, person: User, action: Action, organisations: Iterable[Organisation]) -> None:
    """Make these, and no others, the organisations that answer for a sheet. Raises NotAllowedError."""
    check_permission(manages_people(person), "people")
    chosen = {organisation.pk: organisation for organisation in organisations}
    Responsibility.objects.filter(action=action).exclude(organisation__in=chosen).delete()
    held = set(Responsibility.objects.filter(action=action).values_list("organisation_id", flat=True))
    Responsibility.objects.bulk_create(
        Responsibility(action=action, organisation=chosen[pk]) for pk in chosen if pk not in held
    )
    log(
        code=RESPONSIBILITY,
        person=person,
        about=action,
        subject=action.code,
        within=action.strategy.axis.edition.label,
        detail=", ".join(sorted(organisation.name_it for organisation in chosen.values())),
    )
