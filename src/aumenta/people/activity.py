"""What the activity log says of the verbs of `people`: their codes, and a sentence for each."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

ROLE_GIVEN: Final = "people.role_given"
ROLE_TAKEN: Final = "people.role_taken"
PERSON_ADDED: Final = "people.added"
PERSON_CLOSED: Final = "people.closed"
PERSON_CORRECTED: Final = "people.corrected"
PERSON_INVITED: Final = "people.invited"
PERSON_REOPENED: Final = "people.reopened"
ORGANISATION_ADDED: Final = "people.organisation"
OWN_ACCOUNT: Final = "people.own_account"
ADDRESS_CHANGED: Final = "people.address"
PERSON_FORGOTTEN: Final = "people.forgotten"


WORDS: Final[Mapping[str, Words]] = {
    ROLE_GIVEN: Words(_("gave a role"), _("%(who)s gave a role: %(subject)s")),
    ROLE_TAKEN: Words(_("took a role away"), _("%(who)s took a role away: %(subject)s")),
    PERSON_ADDED: Words(_("made an account"), _("%(who)s made the account of %(subject)s")),
    PERSON_CLOSED: Words(_("closed an account"), _("%(who)s closed the account of %(subject)s")),
    PERSON_CORRECTED: Words(_("corrected an account"), _("%(who)s corrected the account of %(subject)s")),
    PERSON_INVITED: Words(_("sent an invitation again"), _("%(who)s sent the invitation to %(subject)s again")),
    PERSON_REOPENED: Words(_("reopened an account"), _("%(who)s reopened the account of %(subject)s")),
    ORGANISATION_ADDED: Words(_("added an organisation"), _("%(who)s added the organisation %(subject)s")),
    OWN_ACCOUNT: Words(_("changed one’s own account"), _("%(who)s changed their own account")),
    PERSON_FORGOTTEN: Words(
        _("erased what was held about somebody"), _("%(who)s erased what was held about somebody who asked for it")
    ),
    ADDRESS_CHANGED: Words(_("changed the address of an account"), _("%(who)s changed the address of their account")),
}
