"""How a question was understood, in sentences for whoever asked it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.core.search import Concept, Findings, stem
from aumenta.core.text import fold
from aumenta.people.reader import in_language
from aumenta.plan.search.documents import Thing

MOST_MEANINGS = 4
MOST_NAMED = 2


def understood(findings: Findings, things: Mapping[str, Thing]) -> list[str]:
    """What the search made of the question, one sentence for each word that was more than looked for."""
    places = [place.name for place in findings.reading.places]
    said = [sentence for concept in findings.reading.concepts if (sentence := _of_concept(concept, things))]
    if places:
        shown = ", ".join(places[:MOST_MEANINGS]) + (" …" if len(places) > MOST_MEANINGS else "")
        said.insert(0, ngettext("Place: %(places)s.", "Places: %(places)s.", len(places)) % {"places": shown})
    return said


def _of_concept(concept: Concept, things: Mapping[str, Thing]) -> str:
    # Another form of the word itself is no news.
    others = [one for one in concept.meaning if concept.kind != "synonym" or not _is_form(one, concept.typed)]
    values = {"typed": concept.typed, "meaning": ", ".join(others[:MOST_MEANINGS])}
    match concept.kind:
        case "thing" if fold(_names(concept, things)) != fold(concept.typed):
            return _("“%(typed)s” is %(name)s.") % {"typed": concept.typed, "name": _names(concept, things)}
        case "synonym" if others:
            return _("“%(typed)s” was also looked for as: %(meaning)s.") % values
        case "beginning":
            return _("“%(typed)s” was taken as the beginning of: %(meaning)s.") % values
        case "guess":
            return _("No sheet has the word “%(typed)s”: “%(meaning)s” was looked for instead.") % values
        case "outside":
            return _("The plan does not deal with “%(typed)s”: ask the municipality or the office in charge.") % values
        case "unknown":
            return _("No sheet has the word “%(typed)s”, nor one like it.") % values
    return ""


def _names(concept: Concept, things: Mapping[str, Thing]) -> str:
    """The thing's name; of many items of one framework only the framework's, with their number."""
    if len(concept.named) <= MOST_NAMED:
        return ", ".join(_name(things[key]) for key in concept.named)
    framework = things[concept.named[-1].partition("/")[0]]
    return ngettext("%(count)d item of %(name)s", "%(count)d items of %(name)s", len(concept.named)) % {
        "count": len(concept.named),
        "name": _name(framework),
    }


def _name(thing: Thing) -> str:
    return in_language(thing.name_it, thing.name_en)


def _is_form(meaning: str, typed: str) -> bool:
    return any(stem(fold(meaning), language) == stem(fold(typed), language) for language in ("it", "en"))
