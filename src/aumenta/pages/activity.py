"""What the activity log says of the verbs of `pages`: their codes, and a sentence for each."""

from collections.abc import Mapping
from typing import Final

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words
from aumenta.people.dates import moment_in_words

PAGE_ADDED: Final = "page.added"
PAGE_CHANGED: Final = "page.changed"
PAGE_PUBLISHED: Final = "page.published"
PAGE_WITHDRAWN: Final = "page.withdrawn"
PAGE_DROPPED: Final = "page.dropped"
REDIRECT_ADDED: Final = "redirect.added"
REDIRECT_DROPPED: Final = "redirect.dropped"
MEDIA_ADDED: Final = "media.added"
MEDIA_CHANGED: Final = "media.changed"
MEDIA_DROPPED: Final = "media.dropped"


def _moments(detail: str) -> str:
    """From when, and until when where there is an end."""
    moments = (parse_datetime(text) for text in detail.split(" – "))
    return " – ".join(moment_in_words(one) for one in moments if one)


WORDS: Final[Mapping[str, Words]] = {
    PAGE_ADDED: Words(_("began a page"), _("%(who)s began the page %(subject)s")),
    PAGE_CHANGED: Words(_("changed a page"), _("%(who)s changed the page %(subject)s")),
    PAGE_PUBLISHED: Words(_("published a page"), _("%(who)s published the page %(subject)s"), _moments),
    PAGE_WITHDRAWN: Words(_("withdrew a page"), _("%(who)s withdrew the page %(subject)s")),
    PAGE_DROPPED: Words(_("threw a draft page away"), _("%(who)s threw away the draft of the page %(subject)s")),
    REDIRECT_ADDED: Words(
        _("said that an address moved"), _("%(who)s let an old address lead to a new one: %(subject)s")
    ),
    REDIRECT_DROPPED: Words(_("removed a redirect"), _("%(who)s removed the redirect %(subject)s")),
    MEDIA_ADDED: Words(_("added a picture or document"), _("%(who)s added the file %(subject)s")),
    MEDIA_CHANGED: Words(
        _("changed what is said of a picture"), _("%(who)s changed what is said of the picture %(subject)s")
    ),
    MEDIA_DROPPED: Words(_("took a picture or document away"), _("%(who)s took away the file %(subject)s")),
}
