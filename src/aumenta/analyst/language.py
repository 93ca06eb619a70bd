"""The analyst's language: that of the shell (LC_ALL, LC_MESSAGES, LANG), through the standard library's gettext.

Messages are English in the source; their Italian is in `locale/it/LC_MESSAGES/django.po`, compiled by
`make messages`. Where a catalog is missing the English is shown.
"""

import gettext
from pathlib import Path
from typing import Final

LOCALE: Final = Path(__file__).parent / "locale"
CORE: Final = Path(__file__).parents[1] / "core" / "locale"


def _catalog() -> gettext.NullTranslations:
    catalog = gettext.translation("django", LOCALE, fallback=True)
    catalog.add_fallback(gettext.translation("django", CORE, fallback=True))
    return catalog


def _(message: str) -> str:
    """The message in the shell's language."""
    return _catalog().gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form that fits the number, in the shell's language."""
    return _catalog().ngettext(singular, plural, number)
