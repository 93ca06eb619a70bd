"""Changes and events in words: what a person reads instead of field names and codes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aumenta.core.diff import diff_lists, diff_words
from aumenta.plan.models import Actor, ContinuationKind, FrameworkItem
from aumenta.plan.sheet_content import LISTS, RICH, TEXTS, plain_field
from aumenta.review.models import ActivityEntry

FIELD_LABELS: dict[str, Any] = {
    "title_it": gettext_lazy("Title in Italian"),
    "title_en": gettext_lazy("Title in English"),
    "summary_it": gettext_lazy("Summary in Italian"),
    "summary_en": gettext_lazy("Summary in English"),
    "description_it": gettext_lazy("Description in Italian"),
    "description_en": gettext_lazy("Description in English"),
    "examples": gettext_lazy("Examples"),
    "actors": gettext_lazy("Actors"),
    "alignments": gettext_lazy("Frameworks and instruments"),
    "links": gettext_lazy("Links"),
}
_THE_FIELD: dict[str, Any] = {
    "title_it": gettext_lazy("the title in Italian"),
    "title_en": gettext_lazy("the title in English"),
    "summary_it": gettext_lazy("the summary in Italian"),
    "summary_en": gettext_lazy("the summary in English"),
    "description_it": gettext_lazy("the description in Italian"),
    "description_en": gettext_lazy("the description in English"),
    "examples": gettext_lazy("the examples"),
    "actors": gettext_lazy("the actors"),
    "alignments": gettext_lazy("the frameworks and instruments"),
    "links": gettext_lazy("the links"),
}


def listed(words: Sequence[str]) -> str:
    """Words as a person lists them: «a, b and c»."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def field_names(names: Iterable[str]) -> str:
    """The fields as a person names them: «the title in Italian and the actors»; «its text» where none is given."""
    return listed([str(_THE_FIELD[name]) for name in names]) or _("its text")


class RowNames:
    """Names of actors and framework items by their short names, read once for many contents."""

    def __init__(self, contents: Iterable[Mapping[str, Any]], language: str) -> None:
        self.language = language
        self._actors: dict[str, str] = {}
        self._items: dict[tuple[str, str], str] = {}
        self.learn(contents)

    def learn(self, contents: Iterable[Mapping[str, Any]]) -> None:
        """Read the names that `contents` bring and that are not known yet."""
        contents = list(contents)
        actors = {row["actor"] for content in contents for row in content["actors"]}
        items = {row["item"] for content in contents for row in content["alignments"]}
        if actors := actors - self._actors.keys():
            self._actors |= {a.slug: self._name(a) for a in Actor.objects.filter(slug__in=actors)}
        if items := items - {slug for _framework, slug in self._items}:
            self._items |= {
                (item.framework.code, item.slug): (f"{item.code} " if item.code else "") + self._name(item)
                for item in FrameworkItem.objects.filter(slug__in=items).select_related("framework")
            }

    def _name(self, thing: Actor | FrameworkItem) -> str:
        return (thing.name_en if self.language == "en" else "") or thing.name_it

    def words(self, name: str, row: Mapping[str, str]) -> str:
        """One row of the list field `name` as one line a person reads."""
        if name == "actors":
            return self._actors.get(row["actor"]) or row["printed"] or row["actor"]
        if name == "alignments":
            text = self._items.get((row["framework"], row["item"])) or row["printed"] or row["item"]
            return text if row["role"] == "primary" else _("%(item)s (possible integration)") % {"item": text}
        if name == "links":
            return f"{row['label']} <{row['address']}>" if row["label"] else row["address"]
        english = f" / {row['text_en']}" if row["text_en"] else ""
        return row["text_it"] + english


def change_sentences(old: Mapping[str, Any], new: Mapping[str, Any], names: RowNames) -> list[str]:
    """What differs between two contents, a sentence for each field; none where they are equal."""
    sentences = []
    for name in TEXTS:
        if old[name] != new[name] and (sentence := _text_sentence(name, old, new)):
            sentences.append(sentence)
    for name in LISTS:
        if old[name] != new[name]:
            sentences.extend(_list_sentences(name, old[name], new[name], names))
    return sentences


def _text_sentence(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    label = str(_THE_FIELD[name])
    if not old[name]:
        return _("Written: %(field)s.") % {"field": label}
    if not new[name]:
        return _("Removed: %(field)s.") % {"field": label}
    before, after = plain_field(old, name), plain_field(new, name)
    if before == after:
        return _("Changed: %(field)s, only in its layout.") % {"field": label}
    if name not in RICH:
        return _("Changed: %(field)s, from «%(old)s» to «%(new)s».") % {"field": label, "old": before, "new": after}
    spans = diff_words(before, after)
    removed = sum(len(span.text.split()) for span in spans if span.kind == "removed")
    added = sum(len(span.text.split()) for span in spans if span.kind == "added")
    return _("Reworded: %(field)s (%(removed)s, %(added)s).") % {
        "field": label,
        "removed": ngettext("%(count)d word removed", "%(count)d words removed", removed) % {"count": removed},
        "added": ngettext("%(count)d word added", "%(count)d words added", added) % {"count": added},
    }


def _list_sentences(
    name: str, old: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]], names: RowNames
) -> list[str]:
    before, after = [names.words(name, row) for row in old], [names.words(name, row) for row in new]
    label = str(_THE_FIELD[name])
    changes = diff_lists(before, after)
    added = [c.new for c in changes if c.kind == "added" and c.new]
    removed = [c.old for c in changes if c.kind == "removed" and c.old]
    sentences = []
    if added:
        sentences.append(_("Added to %(field)s: %(entries)s.") % {"field": label, "entries": "; ".join(added)})
    if removed:
        sentences.append(_("Removed from %(field)s: %(entries)s.") % {"field": label, "entries": "; ".join(removed)})
    sentences.extend(
        _("Changed in %(field)s: «%(old)s» is now «%(new)s».") % {"field": label, "old": c.old, "new": c.new}
        for c in changes
        if c.kind == "changed"
    )
    if not sentences:
        sentences.append(_("Changed: %(field)s, in their order or wording.") % {"field": label})
    return sentences


_HAPPENED: dict[str, Any] = {
    "proposal.opened": gettext_lazy("%(who)s began a proposal on sheet %(subject)s"),
    "proposal.submitted": gettext_lazy("%(who)s sent the proposal on sheet %(subject)s for review"),
    "proposal.taken_back": gettext_lazy("%(who)s took the proposal on sheet %(subject)s back to work on it"),
    "proposal.withdrawn": gettext_lazy("%(who)s withdrew the proposal on sheet %(subject)s"),
    "proposal.sent_back": gettext_lazy("%(who)s sent back the proposal on sheet %(subject)s"),
    "proposal.approved": gettext_lazy("%(who)s approved the proposal on sheet %(subject)s"),
    "proposal.commented": gettext_lazy("%(who)s commented on the proposal on sheet %(subject)s"),
    "sheet.imported": gettext_lazy("%(who)s imported %(subject)s"),
    "sheet.added": gettext_lazy("%(who)s added sheet %(subject)s"),
    "sheet.dropped": gettext_lazy("%(who)s took sheet %(subject)s out of the edition"),
    "edition.opened": gettext_lazy("%(who)s opened the edition %(subject)s"),
    "edition.frozen": gettext_lazy("%(who)s froze the edition: %(subject)s"),
    "edition.reopened": gettext_lazy("%(who)s reopened the edition %(subject)s for its update"),
    "edition.published": gettext_lazy("%(who)s published the edition %(subject)s"),
    "edition.continuation": gettext_lazy("%(who)s said how it goes on: %(subject)s"),
    "people.role_given": gettext_lazy("%(who)s gave a role: %(subject)s"),
    "people.role_taken": gettext_lazy("%(who)s took a role away: %(subject)s"),
    "people.added": gettext_lazy("%(who)s made the account of %(subject)s"),
    "people.closed": gettext_lazy("%(who)s closed the account of %(subject)s"),
    "people.organisation": gettext_lazy("%(who)s added the organisation %(subject)s"),
    "sheet.responsibility": gettext_lazy("%(who)s changed who answers for sheet %(subject)s"),
    "page.added": gettext_lazy("%(who)s began the page %(subject)s"),
    "page.changed": gettext_lazy("%(who)s changed the page %(subject)s"),
    "page.released": gettext_lazy("%(who)s published the page %(subject)s"),
    "page.withdrawn": gettext_lazy("%(who)s withdrew the page %(subject)s"),
    "page.dropped": gettext_lazy("%(who)s threw away the draft of the page %(subject)s"),
    "redirect.added": gettext_lazy("%(who)s let an old address lead to a new one: %(subject)s"),
    "redirect.dropped": gettext_lazy("%(who)s removed the redirect %(subject)s"),
    "media.added": gettext_lazy("%(who)s added the file %(subject)s"),
    "media.changed": gettext_lazy("%(who)s changed what is said of the picture %(subject)s"),
    "media.dropped": gettext_lazy("%(who)s took away the file %(subject)s"),
    "sheet.places": gettext_lazy("%(who)s said where action %(subject)s reaches"),
    "names.added": gettext_lazy("%(who)s said what a wording means: %(subject)s"),
    "names.dropped": gettext_lazy("%(who)s removed the meaning of a wording: %(subject)s"),
    "event.prepared": gettext_lazy("%(who)s prepared the event %(subject)s"),
    "event.published": gettext_lazy("%(who)s published the event %(subject)s"),
    "event.hidden": gettext_lazy("%(who)s took the event %(subject)s off the public site"),
    "event.results_published": gettext_lazy("%(who)s published the results of the event %(subject)s"),
    "event.results_hidden": gettext_lazy("%(who)s took the results of the event %(subject)s off the public site"),
    "event.pins_renewed": gettext_lazy("%(who)s renewed the PIN: %(subject)s"),
    "event.reports_sent": gettext_lazy("%(who)s sent the reports of the event %(subject)s"),
}


def activity_sentence(entry: ActivityEntry) -> str:
    """One entry of the log as a sentence."""
    who = str(entry.person) if entry.person else _("The system")
    return str(_HAPPENED[entry.code]) % {"who": who, "subject": entry.subject}


def activity_detail(entry: ActivityEntry) -> str:
    """What the log notes beside the sentence, as a person reads it."""
    if entry.code == ActivityEntry.Code.PAGE_RELEASED:
        moments = (parse_datetime(text) for text in entry.detail.split(" – "))
        return " – ".join(date_format(localtime(one), "SHORT_DATETIME_FORMAT") for one in moments if one)
    if entry.code == ActivityEntry.Code.CONTINUATION and entry.detail in ContinuationKind.values:
        return str(ContinuationKind(entry.detail).label)
    # Earlier entries have the sentence itself, in the language of whoever published.
    if entry.code == ActivityEntry.Code.RESULTS_PUBLISHED and (number := re.search(r"\d+$", entry.detail)):
        return _("State no. %(number)s") % {"number": number[0]}
    return entry.detail


def problem_sentence(problem: tuple[str, str, str]) -> str:
    """Why a field can't be as it is, and what to do."""
    field, code, words = problem
    sentences = {
        "required": _("Write something: this can't be empty."),
        "too_long": _("Too long: %(words)s characters at most."),
        "too_many": _("Too many entries: %(words)s at most."),
        "unknown_actor": _("No actor is called «%(words)s»: choose one from the list, or write its name."),
        "unknown_framework": _("There is no framework «%(words)s»: choose one from the list."),
        "unknown_item": _("The framework has no item «%(words)s»: choose one from the list, or write its name."),
        "wrong_role": _("«%(words)s» is not a role: choose primary or possible integration."),
        "wrong_address": _("«%(words)s» is not a web address: it begins with https:// or http://."),
        "twice": _("«%(words)s» is there twice: keep one."),
    }
    if field == "examples" and code == "required":
        return _("The example «%(words)s» has no Italian text: write it.") % {"words": words}
    return sentences[code] % {"words": words}


def problem_with_field(problem: tuple[str, str, str]) -> str:
    """The problem with the name of its field in front."""
    return str(format_lazy("{}: {}", FIELD_LABELS[problem[0]], problem_sentence(problem)))
