"""Who holds a public office: told to her who asks, and kept, for it is the public record."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from aumenta.governance.models import Holder
from aumenta.people.subjects import Held, Who


def find_holders(who: Who) -> Iterator[Held]:
    """The public offices that somebody of this name holds or held."""
    for holder in Holder.objects.filter(full_name__iexact=who.name) if who.name else []:
        said = {_("name and surname"): str(holder)}
        why = _("the public record of who holds an office: corrected, not erased")
        yield Held(_("holder of a public office"), said, _("as long as the acts"), None, why)
