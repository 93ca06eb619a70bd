"""Written contributions, where who sent them asks what is held about her."""

from collections.abc import Callable, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from aumenta.people.dates import day_in_words
from aumenta.people.erasures import note_erasure
from aumenta.people.models import User
from aumenta.people.subjects import Held, Who
from aumenta.results.activity import CONTRIBUTION_ERASED
from aumenta.results.erase_contribution import erase_contribution_again
from aumenta.voices.models import Contribution


def find_contributions(who: Who) -> Iterator[Held]:
    """What she sent, while it is known that she did; and what is signed with her name."""
    name = who.name or " "
    sent = Q(sender__email__iexact=who.email) if who.email else Q(sender__name__iexact=name)
    mine = sent | Q(sender__email="", sender__name__iexact=name) | Q(signature__iexact=name) | Q(source__iexact=name)
    for written in Contribution.objects.filter(mine).select_related("sender").distinct():
        sender = getattr(written, "sender", None)
        said = {
            _("number"): written.label,
            _("name and surname"): sender.name if sender else written.signature,
            _("e-mail"): sender.email if sender else "",
            _("text"): written.text,
            _("files"): ", ".join(written.attachments.values_list("name", flat=True)),
        }
        until = day_in_words(sender.forget_on) if sender else _("as long as the plan; on request at once")
        yield Held(_("written contribution"), said, until, _erasing(written))


def _erasing(written: Contribution) -> Callable[[User | None], object]:
    def erase(_person: User | None) -> None:
        erase_contribution_again(str(written.pk))
        note_erasure(CONTRIBUTION_ERASED, written.pk)

    return erase
