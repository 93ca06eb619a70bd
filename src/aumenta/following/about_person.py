"""What somebody follows by mail, where she asks what is held about her."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from aumenta.following.follow import stop_following
from aumenta.following.models import KEPT_FOR, Subscription
from aumenta.people.dates import day_in_words
from aumenta.people.models import User
from aumenta.people.subjects import Held, Who


def find_subscriptions(who: Who) -> Iterator[Held]:
    """What she follows; nobody's name is known here."""
    for one in Subscription.objects.filter(email__iexact=who.email) if who.email else []:
        said = {_("e-mail"): one.email, _("what is followed"): f"{one.kind} {one.key}"}
        until = day_in_words((one.confirmed_at + KEPT_FOR).date()) if one.confirmed_at else _("a day, unless confirmed")
        yield Held(_("news by e-mail"), said, until, _stopping(one))


def _stopping(one: Subscription) -> Callable[[User | None], object]:
    return lambda _person: stop_following(subscription=one)
