"""Accounts as the office keeps them: invited, put right, opened again."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from aumenta.activity.log import log
from aumenta.people.account_mail import invite, tell
from aumenta.people.activity import PERSON_CORRECTED, PERSON_INVITED, PERSON_REOPENED
from aumenta.people.change_address import keep_one_address
from aumenta.people.last_administrator import can_open, keep_an_administrator
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import manages_people


def right_address(email: str, *, but: User | None = None) -> str:
    """The address as accounts have it. Raises RefusedError «bad_email», or «email_taken» by another account."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise RefusedError("bad_email", email=email) from error
    others = User.objects.exclude(pk=but.pk) if but else User.objects.all()
    if others.filter(email__iexact=email).exists():
        raise RefusedError("email_taken", email=email)
    return email


def right_name(full_name: str) -> str:
    """The name with single spaces. Raises RefusedError «name_too_long»."""
    name = " ".join(full_name.split())
    if len(name) > (most := User._meta.get_field("full_name").max_length or 0):
        raise RefusedError("name_too_long", length=len(name), most=most)
    return name


@transaction.atomic
def correct_account(*, person: User, whose: User, full_name: str, email: str, language: str) -> User:
    """Put somebody's name, address or language right; both addresses are told where it changes.

    Somebody who has not chosen a password yet is invited anew, at the right address: the link that went to the wrong
    one opens nothing any more, and whoever reads there hears no more of it.
    Raises NotAllowedError; RefusedError «bad_email», «email_taken», «name_too_long», «unknown_language», or
    «last_administrator» where a slip of the pen would leave nobody to run the office.
    """
    check_permission(manages_people(person), "people")
    whose = User.objects.select_for_update().get(pk=whose.pk)
    name, address = right_name(full_name), right_address(email, but=whose)
    if language not in dict(settings.LANGUAGES):
        raise RefusedError("unknown_language", language=language)
    before = whose.email
    if (moves := before.lower() != address) and whose.is_active:
        keep_an_administrator(without=whose)
    whose.email = address
    whose.full_name, whose.language = name, language
    whose.save(update_fields=["full_name", "email", "language"])
    if moves:
        keep_one_address(whose)
        _tell_of_new_address(whose, before=before, by=person)
    log(code=PERSON_CORRECTED, person=person, about=whose, subject=str(whose))
    return whose


def _tell_of_new_address(whose: User, *, before: str, by: User) -> None:
    if not whose.is_active:
        return
    if not can_open(whose):
        invite(whose, by=by)
        return
    tell(whose, "address_changed", to=before)
    tell(whose, "address_given", to=whose.email, link=reverse("desk:me"))


@transaction.atomic
def invite_again(*, person: User, whose: User) -> None:
    """Send the invitation once more, to somebody who has not chosen a password yet.

    Raises NotAllowedError; RefusedError «closed_account» or «has_password».
    """
    check_permission(manages_people(person), "people")
    if not whose.is_active:
        raise RefusedError("closed_account")
    if whose.has_usable_password():
        raise RefusedError("has_password")
    invite(whose, by=person)
    log(code=PERSON_INVITED, person=person, about=whose, subject=str(whose))


@transaction.atomic
def reopen_account(*, person: User, whose: User) -> User:
    """Let somebody sign in again, with the roles and the password she had; who never chose one is invited anew.
    Raises NotAllowedError."""
    check_permission(manages_people(person), "people")
    User.objects.filter(pk=whose.pk).update(is_active=True)
    whose.refresh_from_db()
    if can_open(whose):
        tell(whose, "reopened", to=whose.email, link=reverse("desk:me"))
    else:
        invite(whose, by=person)
    log(code=PERSON_REOPENED, person=person, about=whose, subject=str(whose))
    return whose
