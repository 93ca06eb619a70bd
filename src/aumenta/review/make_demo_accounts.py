"""Demo accounts, one for each role, on an installation that somebody only tries out."""

import secrets
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from aumenta.people.models import Grant, Organisation, Role, User
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Axis, AxisEditor, Edition, Responsibility

DOMAIN = "demo.example"
_PEOPLE = {
    Role.ADMINISTRATOR: ("amministrazione", "Ada Ferrero"),
    Role.APPROVER: ("approvazione", "Bruna Giordano"),
    Role.EDITOR: ("redazione", "Carlo Rinaldi"),
    Role.REFERENT: ("referente", "Dora Martini"),
    Role.FACILITATOR: ("facilitazione", "Elio Conti"),
    Role.READER: ("lettura", "Franca Villa"),
    Role.SECRETARY: ("segreteria", "Gina Bosco"),
    Role.VENUE: ("sede", "Ivo Pavan"),
}


class DemoAccount(NamedTuple):
    """What to print: who signs in how."""

    role: str
    email: str
    password: str


@transaction.atomic
def make_demo_accounts(*, password: str | None = None) -> list[DemoAccount]:
    """Make the eight accounts, or give those there are one new password; returns what to print.

    The editor writes the first two axes of every edition, the referent answers for three actions of each. Refused
    where DEBUG is off.
    """
    if not settings.DEBUG:
        # They have known passwords.
        raise RefusedError("demo_accounts_in_production")
    password = password or "-".join(secrets.token_hex(2) for _ in range(3))
    office, _made = Organisation.objects.get_or_create(
        slug="ufficio-dimostrativo",
        defaults={"name_it": "Ufficio dimostrativo", "name_en": "Demonstration office"},
    )
    # One password, so one hash: eight would cost as much time as all the rest of a start.
    hashed = make_password(password)
    accounts = []
    for role, (name, full_name) in _PEOPLE.items():
        email = f"{name}@{DOMAIN}"
        user = User.objects.filter(email=email).first() or User(email=email, full_name=full_name)
        user.password, user.is_active, user.is_demo = hashed, True, True
        user.save()
        Grant.objects.get_or_create(person=user, role=role, organisation=office if role == Role.REFERENT else None)
        accounts.append(DemoAccount(str(role.label), email, password))
    editor = User.objects.get(email=f"{_PEOPLE[Role.EDITOR][0]}@{DOMAIN}")
    for axis in Axis.objects.filter(number__in=(1, 2)):
        AxisEditor.objects.get_or_create(axis=axis, person=editor)
    for edition in Edition.objects.all():
        for action in Action.objects.of(edition)[:3]:
            Responsibility.objects.get_or_create(action=action, organisation=office)
    return accounts


def close_demo_accounts() -> int:
    """Where DEBUG is off nobody signs in with a demo account that was made before; returns how many were closed."""
    if settings.DEBUG:
        return 0
    return User.objects.filter(is_demo=True, is_active=True).update(is_active=False)
