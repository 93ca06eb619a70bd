"""Change the e-mail address of one's own account: with the password, by a link sent to the new address."""

from datetime import timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from aumenta.activity.log import log
from aumenta.people.account_mail import tell
from aumenta.people.activity import ADDRESS_CHANGED
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.rate_limit import Limit, note_attempt
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import is_signed_in

VALID: Final = timedelta(days=1)
ASKED: Final = Limit("address-asked", 5, timedelta(days=1))
"""Of one account: the link goes to a mailbox that may be anybody's."""
_SALT: Final = "people.change-address"


@transaction.atomic
def ask_new_address(*, person: User, email: str, password: str) -> None:
    """Send a link to the new address, and a notice to the present one; nothing changes before the link is opened.

    Whether somebody else has the address is not said: who asks could read from it who has an account.
    Raises NotAllowedError; RefusedError «wrong_password», «bad_email» or «address_asked_often».
    """
    check_permission(is_signed_in(person), "me")
    if not person.check_password(password):
        raise RefusedError("wrong_password")
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise RefusedError("bad_email", email=email) from error
    if note_attempt(limit=ASKED, subject=str(person.pk)) is None:
        raise RefusedError("address_asked_often", most=ASKED.most)
    tell(person, "address_asked", to=person.email)
    if not User.objects.filter(email__iexact=email).exists():
        mark = signing.dumps([person.pk, person.email, email, person.password[-12:]], salt=_SALT)
        tell(person, "confirm_address", to=email, link=reverse("desk:confirm_address", args=[mark]))


@transaction.atomic
def confirm_new_address(*, person: User, mark: str) -> User:
    """Take the address whose link this is. A password chosen meanwhile makes the link void.

    Raises NotAllowedError; RefusedError «link_void» or «email_taken».
    """
    check_permission(is_signed_in(person), "me")
    try:
        key, before, email, stamp = signing.loads(mark, salt=_SALT, max_age=VALID)
    except (signing.BadSignature, ValueError) as fault:
        raise RefusedError("link_void") from fault
    locked = User.objects.select_for_update().get(pk=person.pk)
    if (key, before, stamp) != (locked.pk, locked.email, locked.password[-12:]):
        raise RefusedError("link_void")
    if User.objects.filter(email__iexact=email).exists():
        raise RefusedError("email_taken", email=email)
    locked.email = email
    locked.save(update_fields=["email"])
    keep_one_address(locked)
    log(code=ADDRESS_CHANGED, person=locked, about=locked, subject=locked.full_name or str(locked.pk))
    tell(locked, "address_changed", to=before)
    return locked


def keep_one_address(person: User) -> None:
    """Forget the addresses an account had before: by them one could still sign in and ask for a new password."""
    EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()
