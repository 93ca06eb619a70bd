"""Accounts and roles of the office, organisations, and each one's own account."""

import re

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.core.text import slug
from aumenta.people.account_mail import invite, tell
from aumenta.people.activity import (
    ORGANISATION_ADDED,
    OWN_ACCOUNT,
    PERSON_ADDED,
    PERSON_CLOSED,
    ROLE_GIVEN,
    ROLE_TAKEN,
)
from aumenta.people.correct_account import right_address, right_name
from aumenta.people.last_administrator import keep_an_administrator
from aumenta.people.models import Grant, Organisation, Role, User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import is_signed_in, manages_people


@transaction.atomic
def add_person(*, person: User, email: str, full_name: str, language: str = "it") -> User:
    """Make an account without a password: its owner chooses one by the link in the invitation she gets.

    Raises NotAllowedError; RefusedError «bad_email», «email_taken» or «name_too_long».
    """
    check_permission(manages_people(person), "people")
    address, name = right_address(email), right_name(full_name)
    made = User.objects.create_user(address, None, full_name=name, language=language)
    invite(made, by=person)
    log(code=PERSON_ADDED, person=person, about=made)
    return made


@transaction.atomic
def add_organisation(*, person: User, name_it: str, name_en: str = "", municipality_code: str = "") -> Organisation:
    """Add an organisation. Raises NotAllowedError; RefusedError «name_required», «name_too_long»,
    «organisation_taken» or «bad_municipality_code»."""
    check_permission(manages_people(person), "people")
    name, english, code = " ".join(name_it.split()), " ".join(name_en.split()), municipality_code.strip()
    if not name:
        raise RefusedError("name_required")
    if (longest := max(len(name), len(english))) > (most := Organisation._meta.get_field("name_it").max_length or 0):
        raise RefusedError("name_too_long", length=longest, most=most)
    if code and not re.fullmatch(r"[0-9]{6}", code):
        raise RefusedError("bad_municipality_code", words=code)
    short = slug(name, longest=100)
    if Organisation.objects.filter(slug=short).exists():
        raise RefusedError("organisation_taken", name=name)
    made = Organisation.objects.create(slug=short, name_it=name, name_en=english, municipality_code=code)
    log(code=ORGANISATION_ADDED, person=person, about=made, subject=f"«{made.name_it}»")
    return made


@transaction.atomic
def change_own_account(*, person: User, full_name: str, language: str) -> User:
    """What somebody may change of her own account: her name and the language of her e-mails. Raises NotAllowedError;
    RefusedError «unknown_language» or «name_too_long»."""
    check_permission(is_signed_in(person), "me")
    if language not in dict(settings.LANGUAGES):
        raise RefusedError("unknown_language", language=language)
    person.full_name, person.language = right_name(full_name), language
    person.save(update_fields=["full_name", "language"])
    log(code=OWN_ACCOUNT, person=person, about=person)
    return person


@transaction.atomic
def give_role(*, person: User, to: User, role: str, organisation: Organisation | None = None) -> Grant:
    """Give a role, once. Raises NotAllowedError; RefusedError «unknown_role» or «organisation_required»."""
    check_permission(manages_people(person), "people")
    if role not in Role.values:
        raise RefusedError("unknown_role", role=role)
    if role == Role.REFERENT and organisation is None:
        raise RefusedError("organisation_required")
    held = organisation if role == Role.REFERENT else None
    grant, made = Grant.objects.get_or_create(person=to, role=role, organisation=held)
    if made:
        log(code=ROLE_GIVEN, person=person, about=grant.person, subject=_words(grant))
        tell(to, "role_changed", to=to.email, link=reverse("desk:me"))
    return grant


@transaction.atomic
def take_role(*, person: User, grant: Grant) -> None:
    """Take a role away. Raises NotAllowedError; RefusedError «last_administrator»."""
    check_permission(manages_people(person), "people")
    if grant.role == Role.ADMINISTRATOR:
        keep_an_administrator(without=grant.person)
    log(code=ROLE_TAKEN, person=person, about=grant.person, subject=_words(grant))
    tell(grant.person, "role_changed", to=grant.person.email, link=reverse("desk:me"))
    grant.delete()


@transaction.atomic
def close_account(*, person: User, whose: User) -> User:
    """Nobody signs in with it any more, and a year later nothing says whose it was (forget_accounts.py). Raises
    NotAllowedError; RefusedError «last_administrator»."""
    check_permission(manages_people(person), "people")
    keep_an_administrator(without=whose)
    User.objects.filter(pk=whose.pk).update(is_active=False, closed_at=timezone.now())
    log(code=PERSON_CLOSED, person=person, about=whose)
    whose.is_active = False
    return whose


def _words(grant: Grant) -> str:
    where = f" ({grant.organisation.name_it})" if grant.organisation else ""
    return f"{grant.person}: {grant.get_role_display()}{where}"
