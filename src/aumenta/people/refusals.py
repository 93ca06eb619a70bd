"""Why a verb refused, and the sentence that tells the person what to do about it. Each room brings its own sentences,
from its `refusals.py`."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aumenta.core.tables.sentences import say_where
from aumenta.people.permission import NotAllowedError


class RefusedError(Exception):
    """A verb did nothing, for a reason that has a code; the subject of the reason is in `params`."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}" if params else code)


def check_facts(thing: Model, code: str, **how: Any) -> None:
    """Ask the thing itself whether its facts will do (`how` as for Django's `full_clean`).

    Raises RefusedError with this code and the `problem` where they will not; `facts_sentence` says it.
    """
    try:
        thing.full_clean(**how)
    except ValidationError as problem:
        raise RefusedError(code, problem=problem) from None


def facts_sentence(error: RefusedError) -> str:
    """What is wrong with facts that were refused, as Django words it."""
    return " ".join(error.params["problem"].messages)


Sentence = Any
"""What `gettext_lazy` gives, with the refusal's `params` in it as %(name)s; or a function that makes it of the
refusal."""

_SENTENCES: Final[dict[str, Sentence]] = {}


def register_refusals(sentences: Mapping[str, Sentence | Callable[[Any], str]]) -> None:
    """Add the sentences of a room; its `apps.py` calls this once. Raises ValueError for a code another room has."""
    if taken := sorted(code for code in sentences if _SENTENCES.get(code, sentences[code]) is not sentences[code]):
        raise ValueError(f"Codes of refusals that two rooms use: {', '.join(taken)}")
    _SENTENCES.update(sentences)


def refusal_codes() -> frozenset[str]:
    """Every code that has a sentence."""
    return frozenset(_SENTENCES)


def refusal_sentence(error: RefusedError | NotAllowedError) -> str:
    """What happened and what to do, in the reader's language."""
    if isinstance(error, NotAllowedError):
        return str(error)
    sentence = _SENTENCES.get(error.code)
    if callable(sentence):
        return str(sentence(error))
    if sentence is None:
        return gettext("This can't be done now (%(code)s).") % {"code": error.code}
    return str(sentence) % {key: str(value) for key, value in error.params.items()}


def _finding(error: RefusedError) -> str:
    return say_where(error.params["finding"], gettext)


SENTENCES: Final[Mapping[str, Sentence]] = {
    "unreadable_table": _finding,
    "unreadable_request": _(
        "The page sent something that can't be read (“%(field)s”): load it again and try once more."
    ),
    "file_required": _("Choose a file first."),
    "other_document_waits": _(
        "Something else was read in another window since: nothing was written. What waits now is shown here; to go on "
        "with what you had read, send it again."
    ),
    "nothing_waits": _("What you had read waits no more: it was written or left in another window. Send it again."),
    "too_many_files": _("There are more than %(most)s files: send fewer."),
    "file_too_large": _("The file is too large: %(most)s MB at most."),
    "bad_email": _("“%(email)s” is not an e-mail address."),
    "email_taken": _("There is already an account with the address %(email)s."),
    "address_asked_often": _("You have asked for another address %(most)s times today: try again tomorrow."),
    "wrong_password": _("The password is not right: nothing was changed."),
    "link_void": _("This link is no longer valid: ask for the change again."),
    "name_too_long": _("The name has %(length)s characters and may have %(most)s: shorten it."),
    "closed_account": _("The account is closed: open it again first."),
    "has_password": _(
        "This person has a password already: “Forgot your password?” on the sign-in page sends a new link."
    ),
    "name_required": _("Write the name in Italian."),
    "organisation_taken": _("There is already an organisation called “%(name)s”."),
    "bad_municipality_code": _("“%(words)s” is not the code of a municipality: it has six figures."),
    "unknown_language": _("There is no language “%(language)s”."),
    "unknown_verb": _("Nothing was done: use one of the buttons of the page."),
    "unknown_role": _("There is no role “%(role)s”."),
    "organisation_required": _("Choose the organisation the referent answers for."),
    "last_administrator": _(
        "This is the last administrator who can sign in: nothing was changed. First give the role to somebody who has "
        "already chosen a password and, where it is asked for, a second factor."
    ),
}
