"""Changes of sheets in words: what a person reads instead of field names and codes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.core.diff import diff_lists, diff_words
from aumenta.core.text import slug
from aumenta.people.reader import in_language
from aumenta.plan.models import Actor, ActorAlias, FrameworkItem
from aumenta.plan.sheet_content import BETWEEN, LISTS, RICH, TEXTS, plain_field
from aumenta.review.field_names import FIELD_LABELS, THE_FIELD


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
            self._remember_merged(actors - self._actors.keys() - {""})
        if items := items - {slug for _framework, slug in self._items}:
            self._items |= {
                (item.framework.code, item.slug): (f"{item.code} " if item.code else "") + self._name(item)
                for item in FrameworkItem.objects.filter(slug__in=items).select_related("framework")
            }

    def _remember_merged(self, slugs: set[str]) -> None:
        """A merged actor is still called in old versions as it was: its name became a wording of the other."""
        if slugs:
            for printed in ActorAlias.objects.values_list("printed", flat=True):
                if (short := slug(printed, longest=110)) in slugs:
                    self._actors[short] = printed

    def _name(self, thing: Actor | FrameworkItem) -> str:
        return in_language(thing.name_it, thing.name_en, self.language)

    def words(self, name: str, row: Mapping[str, Any]) -> str:
        """One row of the list field `name` as one line a person reads."""
        if name == "actors":
            return str(self._actors.get(row["actor"]) or row["printed"] or row["actor"])
        if name == "alignments":
            text = str(self._items.get((row["framework"], row["item"])) or row["printed"] or row["item"])
            return text if row["role"] == "primary" else _("%(item)s (possible integration)") % {"item": text}
        if name == "links":
            return f"{row['label']} <{row['address']}>" if row["label"] else str(row["address"])
        label = f"{row['label']}: " if name == "rows" else ""
        english = f" / {row['text_en']}" if row["text_en"] else ""
        return f"{label}{row['text_it']}{english}"


def change_sentences(old: Mapping[str, Any], new: Mapping[str, Any], names: RowNames) -> list[str]:
    """What differs between two contents, a sentence for each field; none where they are equal."""
    sentences = []
    for text in TEXTS:
        if old[text] != new[text] and (sentence := _text_sentence(text, old, new)):
            sentences.append(sentence)
    for name in LISTS:
        if old[name] != new[name]:
            sentences.extend(_list_sentences(name, old[name], new[name], names))
    return sentences


def _text_sentence(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    label = str(THE_FIELD[name])
    if not old[name]:
        return _("Written: %(field)s.") % {"field": label}
    if not new[name]:
        return _("Removed: %(field)s.") % {"field": label}
    before, after = plain_field(old, name), plain_field(new, name)
    if before == after:
        return _("Changed: %(field)s, only in its layout.") % {"field": label}
    if name not in RICH:
        return _("Changed: %(field)s, from “%(old)s” to “%(new)s”.") % {"field": label, "old": before, "new": after}
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
    label = str(THE_FIELD[name])
    changes = diff_lists(before, after)
    added = [c.new for c in changes if c.kind == "added" and c.new]
    removed = [c.old for c in changes if c.kind == "removed" and c.old]
    sentences = []
    if added:
        sentences.append(_("Added to %(field)s: %(entries)s.") % {"field": label, "entries": "; ".join(added)})
    if removed:
        sentences.append(_("Removed from %(field)s: %(entries)s.") % {"field": label, "entries": "; ".join(removed)})
    sentences.extend(
        _("Changed in %(field)s: “%(old)s” is now “%(new)s”.") % {"field": label, "old": c.old, "new": c.new}
        for c in changes
        if c.kind == "changed"
    )
    if not sentences:
        sentences.append(_("Changed: %(field)s, in their order or wording.") % {"field": label})
    return sentences


def problem_sentence(problem: tuple[str, str, str]) -> str:
    """Why a field can't be as it is, and what to do."""
    field, code, words = problem
    sentences = {
        "required": _("Write something: this can't be empty."),
        "too_long": _("Too long: %(words)s characters at most."),
        "too_many": _("Too many entries: %(words)s at most."),
        "unknown_actor": _("No actor is called “%(words)s”: choose one from the list, or write its name."),
        "unknown_framework": _("There is no framework “%(words)s”: choose one from the list."),
        "unknown_item": _("The framework has no item “%(words)s”: choose one from the list, or write its name."),
        "wrong_role": _("“%(words)s” is not a role: choose primary or possible integration."),
        "wrong_address": _("“%(words)s” is not a web address: it begins with https:// or http://."),
        "twice": _("“%(words)s” is there twice: keep one."),
    }
    if code == "not_in_list":
        typed, _between, near = words.partition(BETWEEN)
        if near:
            return _("“%(words)s” is not in the list of the framework. Did you mean “%(near)s”?") % {
                "words": typed,
                "near": near,
            }
        return _("“%(words)s” is not in the list of the framework: choose one of it.") % {"words": typed}
    if field == "examples" and code == "required":
        return _("The example “%(words)s” has no Italian text: write it.") % {"words": words}
    if field == "rows" and code == "required":
        return _("The row “%(words)s” needs a label and an Italian text: write both.") % {"words": words}
    return sentences[code] % {"words": words}


def problem_with_field(problem: tuple[str, str, str]) -> str:
    """The problem with the name of its field in front."""
    return str(format_lazy("{}: {}", FIELD_LABELS[problem[0]], problem_sentence(problem)))
