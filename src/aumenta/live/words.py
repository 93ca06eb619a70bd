"""The sentences of the regia's scripts, translated like all others."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Key → sentence in the language of the request."""
    return {
        "connected": _("connected"),
        "quiet": _("not seen for {minutes} min"),
        "never": _("not opened yet"),
        "table": _("Table {number}"),
        "people": _("people"),
        "stickers": _("stickers"),
        "observations": _("observations"),
        "held_back": _("{n} entries not sent yet"),
        "disputed": _("two devices disagree on a count"),
        "whole": _("All zones"),
        "zone": _("Zone {number}"),
        "votes": _("{n} stickers"),
        "updated": _("Updated at {time}"),
        "lost": _("Connection lost: these figures are of {time}"),
        "inbox_count": _("{n} to be grouped"),
        "selected": _("{n} selected"),
        "table_zone": _("table {table}, zone {zones}"),
        "private": _("not to be published"),
        "sources": _("{n} observations, {zones} zones, {tables} tables"),
        "open_theme": _("Open"),
        "back_to_inbox": _("Back to the inbox"),
        "split_off": _("Split off as a new theme"),
        "split_name": _("Name of the new theme"),
        "merge_into": _("Merge into…"),
        "rename": _("Rename"),
        "save": _("Save"),
        "keywords": _("Keywords"),
        "undo": _("Take back"),
        "undone": _("taken back"),
        "nothing": _("Nothing here."),
        "failed": _("The centre did not answer. Nothing was changed: try again."),
        "more": _("{n} more: narrow the search to see them."),
    }
