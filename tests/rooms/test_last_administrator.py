"""Somebody who can really sign in always runs the office, whatever way the last one would be lost."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import override_settings

from aumenta.people.accounts import add_person, close_account, give_role, take_role
from aumenta.people.correct_account import correct_account
from aumenta.people.last_administrator import gets_in
from aumenta.people.models import Grant, User
from aumenta.people.refusals import RefusedError
from tests.cast import a_person, somebody

pytestmark = pytest.mark.django_db


def invited(office: User) -> User:
    made = add_person(person=office, email="nuova@esempio.it", full_name="Anna Neri")
    give_role(person=office, to=made, role="administrator")
    return made


def closed(office: User) -> User:
    made = somebody("administrator")
    close_account(person=office, whose=made)
    return User.objects.get(pk=made.pk)


def printed_password(_office: User) -> User:
    made = somebody("administrator")
    User.objects.filter(pk=made.pk).update(is_demo=True)
    return User.objects.get(pk=made.pk)


def without_factor(office: User) -> User:
    Authenticator.objects.create(user=office, type="totp", data={"secret": "x"})
    return somebody("administrator")


NOBODY_ELSE: dict[str, tuple[Callable[[User], User], dict[str, Any]]] = {
    "an invitation nobody answered": (invited, {}),
    "a closed account": (closed, {}),
    "a demo account in production": (printed_password, {"DEBUG": False}),
    "one without the factor she needs": (without_factor, {"SECOND_FACTOR": True}),
}
LOSSES: dict[str, Callable[[User], object]] = {
    "role": lambda last: take_role(person=last, grant=Grant.objects.get(person=last, role="administrator")),
    "account": lambda last: close_account(person=last, whose=last),
    "address": lambda last: correct_account(
        person=last, whose=last, full_name="Ada", email="sbagliata@esempio.it", language="it"
    ),
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("other", NOBODY_ELSE)
def test_the_last_administrator_who_gets_in_stays(other: str, loss: str) -> None:
    make, settings = NOBODY_ELSE[other]
    last = somebody("administrator")
    with override_settings(**settings):
        made = make(last)
        assert not gets_in(made)
        with pytest.raises(RefusedError, match="last_administrator"):
            LOSSES[loss](last)
    last = User.objects.get(pk=last.pk)
    assert last.is_active
    assert last.roles == {"administrator"}
    assert last.email != "sbagliata@esempio.it"


@pytest.mark.parametrize("loss", LOSSES)
def test_where_another_one_gets_in_she_may_leave(loss: str) -> None:
    first = somebody("administrator")
    somebody("administrator")
    LOSSES[loss](first)


@override_settings(SECOND_FACTOR=True)
def test_a_passkey_or_a_gateway_that_asks_for_two_factors_is_a_way_in() -> None:
    by_passkey, by_gateway = User.objects.create_user("chiave@esempio.it"), User.objects.create_user("spid@esempio.it")
    Authenticator.objects.create(user=by_passkey, type="webauthn", data={})
    SocialAccount.objects.create(user=by_gateway, provider="openid_connect", uid="1")
    assert gets_in(by_passkey)
    assert not gets_in(by_gateway)
    with override_settings(OIDC_IS_STRONG=True):
        assert gets_in(by_gateway)


def test_a_superuser_without_a_role_counts_as_one_who_runs_the_office() -> None:
    last = somebody("administrator")
    a_person("radice@esempio.it", is_superuser=True)
    close_account(person=last, whose=last)


def test_who_never_answered_the_invitation_can_lose_the_role_while_another_stays() -> None:
    office = somebody("administrator")
    made = invited(office)
    take_role(person=office, grant=Grant.objects.get(person=made))
    close_account(person=office, whose=made)
