"""The signed address by which a calendar program fetches somebody's duties: it cannot sign in."""

from typing import Final

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from aumenta.governance.rules import may_see_duties
from aumenta.people.models import User

_SALT: Final = "governance.duties"


def _key(person: User) -> str:
    """What makes an address end: another password, and it is another one."""
    return salted_hmac(_SALT, person.password).hexdigest()[:16]


def address_of(person: User) -> str:
    """The whole address, in her language."""
    token = signing.dumps([person.pk, _key(person)], salt=_SALT)
    return f"{settings.PUBLIC_ADDRESS}/{person.language}/scadenze/{token}.ics"


def person_behind(token: str) -> User | None:
    """Whose address this is; None for one that was changed, of an account that was closed, of somebody who may not see
    the calendar any more, and after a new password."""
    try:
        number, key = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = User.objects.filter(pk=number, is_active=True).first()
    return person if person is not None and key == _key(person) and may_see_duties(person) else None
