"""The texts of axes, strategies and new actions as plain data: cleaned, compared, refused where they can't be."""

from collections.abc import Mapping
from typing import Any, Final

from aumenta.core.text import clean_rich_text
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Axis, Edition, Strategy
from aumenta.review.models import FrameProposal
from aumenta.review.queries import FRAME_TEXTS

Texts = dict[str, str]
NEW_ACTION_TEXTS: Final = ("title_it", "title_en", "summary_it", "summary_en", "description_it", "description_en")
MOVES: Final = (FrameProposal.Kind.MOVE_AXIS, FrameProposal.Kind.MOVE_STRATEGY, FrameProposal.Kind.MOVE_ACTION)
LONGEST: Final = 100_000
"""Characters of an introduction or a description."""
_LINES: Final = frozenset({"title_it", "title_en", "summary_it", "summary_en"})
_MODELS: Final = {
    FrameProposal.Kind.AXIS_TEXT: Axis,
    FrameProposal.Kind.NEW_AXIS: Axis,
    FrameProposal.Kind.STRATEGY_TEXT: Strategy,
    FrameProposal.Kind.NEW_STRATEGY: Strategy,
    FrameProposal.Kind.NEW_ACTION: Action,
}


def names_of(kind: str) -> tuple[str, ...]:
    """The texts that a change of this kind holds; none where something is taken out."""
    model = _MODELS.get(FrameProposal.Kind(kind))
    if model is None:
        return ()
    return NEW_ACTION_TEXTS if model is Action else FRAME_TEXTS


def texts_of(thing: Axis | Strategy | Action) -> Texts:
    """What an axis, a strategy or an action says now."""
    names = NEW_ACTION_TEXTS if isinstance(thing, Action) else FRAME_TEXTS
    return {name: getattr(thing, name) for name in names}


def edition_of(about: Edition | Axis | Strategy | Action) -> Edition:
    """The edition that something is part of."""
    if isinstance(about, Edition):
        return about
    if isinstance(about, Axis):
        return about.edition
    return about.axis.edition if isinstance(about, Strategy) else about.strategy.axis.edition


def normal_texts(kind: str, given: Mapping[str, Any]) -> Texts:
    """What was given, in its one form: known texts only, lines with single spaces, rich text cleaned.
    Of a move: the code that is asked for."""
    if kind in MOVES:
        return {"code": "".join(str(given.get("code", "")).split())[:20]}
    return {
        name: " ".join(str(given.get(name, "")).split())
        if name in _LINES
        else clean_rich_text(str(given.get(name, "")))
        for name in names_of(kind)
    }


def refuse_bad_texts(kind: str, texts: Mapping[str, str]) -> None:
    """Raise RefusedError «title_required» or «frame_text_too_long»: a draft may be without a title."""
    if names_of(kind) and not texts["title_it"]:
        raise RefusedError("title_required")
    refuse_long_texts(kind, texts)


def refuse_long_texts(kind: str, texts: Mapping[str, str]) -> None:
    """Raise RefusedError «frame_text_too_long», before the database would."""
    model = _MODELS.get(FrameProposal.Kind(kind))
    if model is None:
        return
    for name, text in texts.items():
        most = getattr(model._meta.get_field(name), "max_length", None) or LONGEST
        if len(text) > most:
            raise RefusedError("frame_text_too_long", length=len(text), most=most, text=text[:60])


def together(before: Mapping[str, str], mine: Mapping[str, str], now: Mapping[str, str]) -> Texts:
    """What she changed, over what is there now. Raises RefusedError «frame_changed» where both changed one text."""
    result = {}
    for name, text in mine.items():
        was = before.get(name, "")
        if text == was:
            result[name] = now[name]
        elif now[name] in (was, text):
            result[name] = text
        else:
            raise RefusedError("frame_changed", text=now["title_it"])
    return result
