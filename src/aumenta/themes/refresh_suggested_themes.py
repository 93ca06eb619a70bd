"""Take what the tables said since into the suggested themes, which keep their identity through it and through restarts.

Suggestions are never themes by themselves: a person accepts them (`accept_suggested_themes`). What people placed is
fixed: no refresh and no regrouping moves it. Everything here takes seconds and runs outside requests
(`live.background`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction
from django.utils import timezone

from aumenta.core.synthesis.embedding import EmbeddedStatements, embed_statements
from aumenta.core.synthesis.process_encoder import encoder_here
from aumenta.core.synthesis.state import GroupingState, StateError, refresh
from aumenta.core.synthesis.suggested_groups import (
    GroupedText,
    PeoplesTheme,
    confidential_words,
    repeated,
    suggested_groups,
    tied_to_themes,
)
from aumenta.events.models import Event, Observation
from aumenta.events.tables.project_log import project_log
from aumenta.themes.models import SuggestedThemes, Theme, ThemeSource, ThemeStep
from aumenta.themes.plan_texts import plan_of_event
from aumenta.themes.vectors import DatabaseCache

_TRIES: Final = 4


def refresh_suggested_themes(event: Event) -> SuggestedThemes | None:
    """Take in what arrived since; None where others kept changing the grouping meanwhile (the next one will do)."""
    for turn in turns(event):
        turn.state = refresh(turn.state, turn.said.keys, turn.embedded)
        if turn.write():
            return turn.record
    return None


@dataclass
class RefreshTurn:
    """One try to change the suggestions: what stood when it began, and what will stand if nobody was faster."""

    event: Event
    said: GroupedText
    up_to: int
    embedded: EmbeddedStatements
    record: SuggestedThemes
    state: GroupingState

    def prepare(self) -> None:
        """Work out what screens read from `state` and from the names in `record`."""
        record, opened = self.record, encoder_here()
        self._forget_confidential_names()
        names = dict(record.name_of_group)
        groups = suggested_groups(self.state, self.said, self.embedded, names, record.theme_of_group)
        record.name_of_group = names
        record.suggestions = replace(
            groups,
            encoder=f"{opened.encoder.name} {opened.encoder.version}",
            skipped=tuple(opened.skipped),
            considered=len(self.said.keys),
            repeated=repeated(self.said, self.embedded, opened.encoder, DatabaseCache()),
        )
        record.state = self.state.as_json()
        record.up_to, record.refreshed_at = self.up_to, timezone.now()

    @transaction.atomic
    def write(self, *, prepared: bool = False) -> bool:
        """Keep the outcome under the next version; False, and nothing is written, where somebody was faster."""
        if not prepared:
            self.prepare()
        before = self.record.version
        Event.objects.select_for_update().only("pk").get(pk=self.event.pk)
        if SuggestedThemes.objects.get(pk=self.record.pk).version != before:
            return False
        self.record.version = before + 1
        self.record.save()
        return True

    def _forget_confidential_names(self) -> None:
        """Let names be made anew that have words which only private voices say (they were not always private).

        A regrouping that waits goes where its names have any: it was worked out when they might be shown. Names that
        are people's headings stay: they are shown with a warning (`confidential_words`).
        """
        words = confidential_words(self.said, self.embedded)
        if words is None:
            return
        record = self.record
        record.name_of_group = {
            group: name
            for group, name in record.name_of_group.items()
            if group in record.given or not words.within(name)
        }
        waiting = record.waiting
        if waiting and not waiting.headings and any(map(words.within, waiting.names.values())):
            record.waiting = None


def turns(event: Event) -> Iterator[RefreshTurn]:
    """A few tries, each from what stands then: what is slow is computed without holding anybody up."""
    opened, plan, cache = encoder_here(), plan_of_event(event), DatabaseCache()
    for _try in range(_TRIES):
        said, up_to = said_now(event)
        embedded = embed_statements(said.texts, opened.encoder, cache, plan)
        record, _made = SuggestedThemes.objects.get_or_create(event=event)
        yield RefreshTurn(event, said, up_to, embedded, record, _state_now(event, record, said))


def said_now(event: Event) -> tuple[GroupedText, int]:
    """The observations that stand, and the last operation of the log that they contain."""
    up_to = project_log(event)
    rows = list(
        Observation.objects.filter(table__event=event, withdrawn=False)
        .order_by("arrival", "pk")
        .values_list("pk", "text", "private")
    )
    said = GroupedText(
        tuple(str(pk) for pk, _text, _private in rows),
        tuple(text for _pk, text, _private in rows),
        frozenset(str(pk) for pk, _text, private in rows if private),
    )
    return said, up_to


def _state_now(event: Event, record: SuggestedThemes, said: GroupedText) -> GroupingState:
    """The saved state, with what people have placed since; ties themes of people to its groups (`record.themes`).

    A state that cannot be read is begun anew: what people accepted is in the themes, not in it.
    """
    try:
        state = GroupingState.from_json(record.state) if record.state else GroupingState()
    except StateError:
        state, record.themes, record.names = GroupingState(), {}, {}
    themes = Theme.objects.filter(event=event).values_list("pk", "active", "merged_into")
    sources = ThemeSource.objects.filter(theme__event=event, theme__active=True)
    tied = tied_to_themes(
        state,
        record.theme_of_group,
        {pk: PeoplesTheme(active, merged_into) for pk, active, merged_into in themes},
        {str(key): theme for key, theme in sources.values_list("observation_id", "theme_id")},
        _set_aside(event),
        said.keys,
    )
    record.theme_of_group = tied.themes
    return tied.state


def _set_aside(event: Event) -> set[str]:
    """Observations that a person took out of a theme into the inbox: they are not suggested again until placed."""
    aside: set[str] = set()
    for verb, after in ThemeStep.objects.filter(event=event).order_by("pk").values_list("verb", "after"):
        for key, theme in after.get("places", {}).items():
            if theme is None and verb == ThemeStep.Verb.PLACE:
                aside.add(key)
            else:
                aside.discard(key)
    return aside
