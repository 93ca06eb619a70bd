"""What may be asked of a list or of a single thing, and the cursors that lead from page to page."""

import hashlib
from collections.abc import Iterable
from typing import Annotated, Any, Final

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from aumenta.opendata.api.problems import ProblemError
from aumenta.ui.caching import public_revision

USUAL: Final = 25
MOST: Final = 100
FARTHEST: Final = 100_000
BOUNDS: Final = {"limit": (1, MOST), "offset": (0, FARTHEST)}
LINE: Final = r"^[^\x00-\x1f\x7f]*$"
NAMES: Final = r"^[a-z_,]*$"
_signer: Final = Signer(salt="aumenta.opendata.api.cursor")

Fields = Annotated[
    str,
    Field(
        max_length=600,
        pattern=NAMES,
        description="Names of the fields wanted, with commas; left out: all but those that embed adds",
    ),
]
Embed = Annotated[str, Field(max_length=300, pattern=NAMES, description="Parts to add to each thing, with commas")]


class One(Schema):
    """What may be asked of a single thing."""

    fields: Fields = ""
    embed: Embed = ""


class Many(One):
    """What may be asked of a list."""

    q: Annotated[
        str, Field(max_length=100, pattern=LINE, description="Words that all have to occur, without regard to case")
    ] = ""
    sort: Annotated[
        str, Field(max_length=40, pattern=r"^-?[a-z_]*$", description="Name of a field; with - before it, downwards")
    ] = ""
    limit: Annotated[int, Field(ge=1, le=MOST, description="How many things a page has at most")] = USUAL
    offset: Annotated[int, Field(ge=0, le=FARTHEST, description="How many things to leave out at the beginning")] = 0
    cursor: Annotated[
        str,
        Field(max_length=200, pattern=r"^[\w.:-]*$", description="next_cursor of the page before, to get the next one"),
    ] = ""


def refuse_strange(request: HttpRequest, names: frozenset[str]) -> None:
    """Raises ProblemError for a parameter that nobody here knows, or that is given twice."""
    for name in request.GET:
        if name not in names:
            told = {"name": name[:40], "allowed": ", ".join(sorted(names))}
            sentence = _("“%(name)s” is not a parameter here. What can be asked: %(allowed)s.") % told
            raise ProblemError(400, sentence, parameter=name[:40])
        if len(request.GET.getlist(name)) > 1:
            raise ProblemError(400, _("Give %(name)s once.") % {"name": name}, parameter=name)


def what_is_wrong(error: dict[str, Any]) -> str:
    """What is wrong with a parameter, and what to write instead; `error` is one of pydantic's."""
    name, context = str(error["loc"][-1]), error.get("ctx", {})
    if name in BOUNDS:
        least, most = BOUNDS[name]
        told = {"name": name, "least": least, "most": most}
        return _("%(name)s is a whole number from %(least)s to %(most)s.") % told
    if "max_length" in context:
        return _("%(name)s has at most %(most)s characters.") % {"name": name, "most": context["max_length"]}
    return _("%(name)s has characters that it can't have.") % {"name": name}


def chosen(asked: str, allowed: Iterable[str], parameter: str) -> frozenset[str]:
    """The names in a list with commas; raises ProblemError naming those that are not allowed and those that are."""
    names = [name for name in asked.split(",") if name]
    unknown = sorted(set(names) - set(allowed))
    if unknown:
        told = {"parameter": parameter, "name": unknown[0][:40], "allowed": ", ".join(sorted(allowed)) or "–"}
        sentence = _("“%(name)s” can't be asked for in %(parameter)s. What can: %(allowed)s.") % told
        raise ProblemError(400, sentence, parameter=parameter)
    return frozenset(names)


def cursor_to(request: HttpRequest, asked: Many, offset: int) -> str:
    """A cursor to the things from `offset` on of this same question, in the present state of the data."""
    return _signer.sign(f"{offset}.{_mark(request, asked)}")


def offset_of(request: HttpRequest, asked: Many) -> int:
    """Where the page begins. Raises ProblemError for a cursor that is not ours, is another question's or outdated."""
    if not asked.cursor:
        return asked.offset
    if asked.offset:
        raise ProblemError(400, _("Give either cursor or offset, not both."), parameter="cursor")
    try:
        offset, _point, mark = _signer.unsign(asked.cursor).partition(".")
    except BadSignature:
        sentence = _("This cursor was not given by this interface: begin again without it.")
        raise ProblemError(400, sentence, parameter="cursor") from None
    question, _hyphen, state = mark.partition("-")
    now_question, _hyphen, now_state = _mark(request, asked).partition("-")
    if question != now_question:
        sentence = _("This cursor belongs to another question: use it with the same address, q and sort.")
        raise ProblemError(400, sentence, parameter="cursor")
    if state != now_state:
        sentence = _("Something was published since the first page: begin again without the cursor.")
        raise ProblemError(410, sentence, parameter="cursor")
    return int(offset)


def _mark(request: HttpRequest, asked: Many) -> str:
    question = f"{request.path}\n{asked.q}\n{asked.sort}"
    return f"{_digest(question)}-{_digest(public_revision())}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
