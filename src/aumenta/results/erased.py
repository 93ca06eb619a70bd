"""What stands where a text was erased, and how it leaves everything that was made from it."""

from collections.abc import Collection
from typing import Any, Final

from aumenta.activity.public_revision import touch
from aumenta.events.models import Event
from aumenta.results.models import ReportEdition, ReportText, Snapshot
from aumenta.results.take_snapshot import digest_of
from aumenta.themes.models import SuggestedThemes

ERASED: Final = "[cancellato su richiesta · erased on request]"
"""The notice: in both languages, because it stands where somebody's own words stood, whatever the reader's language."""


def without(content: Any, texts: Collection[str]) -> Any:
    """`content`, as JSON, with the notice in the place of `texts`, wherever they stand in it."""
    if isinstance(content, str):
        for text in texts:
            content = content.replace(text, ERASED)
        return content
    if isinstance(content, list):
        return [without(one, texts) for one in content]
    if isinstance(content, dict):
        return {key: without(one, texts) for key, one in content.items()}
    return content


def erase_from_what_was_made(event: Event, texts: Collection[str]) -> list[str]:
    """Take `texts` out of the snapshots, reports and suggestions of an event; returns the former digests of snapshots
    that changed.

    A snapshot is frozen for everybody but the person who asks that her words be erased: it gets a new digest, and the
    log keeps the one it had.
    """
    known = sorted({text for text in texts if text.strip()}, key=len, reverse=True)
    former = []
    for snapshot in Snapshot.objects.filter(event=event):
        content = without(snapshot.content, known)
        if content != snapshot.content:
            former.append(f"{snapshot.number}: {snapshot.sha256}")
            Snapshot.objects.filter(pk=snapshot.pk).update(content=content, sha256=digest_of(content))
    for edition in ReportEdition.objects.filter(snapshot__event=event):
        ReportEdition.objects.filter(pk=edition.pk).update(texts=without(edition.texts, known))
    for words in ReportText.objects.filter(event=event):
        words.introduction, words.conclusion = without([words.introduction, words.conclusion], known)
        words.save(update_fields=["introduction", "conclusion"])
    for suggested in SuggestedThemes.objects.filter(event=event):
        names = ("state", "themes", "names", "given", "shown", "regrouping")
        for name in names:
            setattr(suggested, name, without(getattr(suggested, name), known))
        suggested.save(update_fields=names)
    touch()
    return former
