"""How what is invented says so: by its name, so that no list, feed, calendar, mail, print or file can leave it out."""

from django.utils.translation import gettext as _
from django.utils.translation import override


def marked(title: str, *, invented: bool) -> str:
    """The title as readers are told it, in the active language: of what is invented with a word that says so."""
    return _("%(title)s (invented)") % {"title": title} if invented else title


def marked_titles(title_it: str, title_en: str, *, invented: bool) -> dict[str, str]:
    """`title_it` and `title_en` as readers are told them, each marked in its own language; an empty one stays empty."""
    found = {}
    for language, title in (("it", title_it), ("en", title_en)):
        with override(language):
            found[f"title_{language}"] = marked(title, invented=invented) if title else ""
    return found
