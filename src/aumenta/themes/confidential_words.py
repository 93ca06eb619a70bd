"""Names that people gave and that have words which only voices not to be published say: an operator is warned.

A voice may be marked after its words became a name. What was suggested is made anew
(`refresh_suggested_themes`); what people confirmed is theirs to change, and until they do nothing is frozen or
published with it.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from django.db.models import Count, Max, Q

from aumenta.core.process_cache import ProcessCache
from aumenta.core.synthesis.confidential_words import ConfidentialWords
from aumenta.core.synthesis.statements import read_all
from aumenta.events.models import Event, Observation
from aumenta.people.reader import in_quotes
from aumenta.themes.models import Theme

_words: Final[ProcessCache[int, ConfidentialWords]] = ProcessCache.of_the_process(8)


def private_words_in(event: Event, names: Mapping[int, str]) -> dict[int, list[str]]:
    """For each key of `names` whose text has such words those words, as it writes them. One query, more after a change.

    A voice that was withdrawn counts too: what it said is no more for everybody than before.
    """
    whole = Observation.objects.filter(table__event=event).aggregate(
        last=Max("revision"), number=Count("pk"), private=Count("pk", filter=Q(private=True))
    )
    # Read anew when an observation has come or changed: the numbers say so.
    hidden = _words.get(event.pk, lambda: _confidential(event.pk), tuple(whole.values()))
    return {key: words for key, name in names.items() if (words := hidden.within(name))}


def warned_themes(event: Event) -> dict[int, list[str]]:
    """Themes in use whose name or keywords have such words."""
    themes = Theme.objects.filter(event=event, active=True).values_list("pk", "name", "keywords")
    return private_words_in(event, {pk: f"{name}. {keywords}" for pk, name, keywords in themes})


class NamedTheme(Protocol):
    """A theme as it is about to be given back."""

    @property
    def name(self) -> str: ...
    @property
    def keywords(self) -> str: ...


def refused_names(event: Event, themes: Sequence[NamedTheme]) -> str:
    """Names and words of the `themes` of a state that must not be given back, for a sentence; "" where all may be."""
    found = private_words_in(event, {n: f"{theme.name}. {theme.keywords}" for n, theme in enumerate(themes)})
    return "; ".join(f"{themes[number].name} ({in_quotes(*words)})" for number, words in found.items())


def _confidential(event: int) -> ConfidentialWords:
    said = Observation.objects.filter(table__event=event).order_by()
    private = read_all(list(said.filter(private=True).values_list("text", flat=True)))
    if not private:
        return ConfidentialWords((), ())
    open_ = said.filter(private=False, withdrawn=False).values_list("text", flat=True)
    return ConfidentialWords(private, read_all(list(open_)))
