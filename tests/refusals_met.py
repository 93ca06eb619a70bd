"""How a test file says, for each code with which verbs refuse, what somebody does to get it."""

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

from django.test import Client
from django.utils.translation import override

from aumenta.people.models import User
from aumenta.people.refusals import RefusedError, refusal_sentence
from tests.cast import somebody
from tests.house import PACKAGE
from tests.markup import words

Attempt = Callable[[], object]


class Read(NamedTuple):
    """What somebody reads where the refusal is told on the way: a page, or the line about one row of a file.

    `said` are the words to be found there, needed where the sentence of the code is made by a function.
    """

    text: str
    said: str = ""


def office() -> User:
    """The administrator of these tests."""
    return User.objects.filter(email="capo@esempio.it").first() or somebody("administrator", email="capo@esempio.it")


def browser() -> Client:
    """The browser of the office, which has just given its password."""
    client = Client()
    client.force_login(office())
    client.post("/it/accesso/reauthenticate/", {"password": "una parola lunga"})
    return client


def page_after(address: str, data: Mapping[str, object]) -> Read:
    """What the office reads after it sent a form."""
    return Read(browser().post(address, data, follow=True).content.decode())


def sentences_by_place() -> dict[str, Mapping[str, object]]:
    """By the dotted name of each `refusals` module there is: its codes, each with its sentence."""
    places = [
        path.relative_to(PACKAGE.parent).with_suffix("")
        for path in sorted(PACKAGE.rglob("refusals.py"))
        if "config" not in path.relative_to(PACKAGE).parts
    ]
    names = [".".join(place.parts) for place in places]
    return {name: import_module(name).SENTENCES for name in names}


class Refusals:
    """The attempts of one file by the code that each gets."""

    def __init__(self) -> None:
        self.attempts: dict[str, Attempt] = {}

    def get(self, *codes: str) -> Callable[[Attempt], Attempt]:
        """The function is an attempt that is refused with this code (or with each of these, one after the other)."""

        def keep(attempt: Attempt) -> Attempt:
            assert not self.attempts.keys() & set(codes)
            self.attempts |= dict.fromkeys(codes, attempt)
            return attempt

        return keep

    def check(self, code: str) -> None:
        """Make the attempt, in Italian: it is refused with this code, or the code's sentence is read; a whole one."""
        with override("it"):
            refused, found = self._outcome(code)
            if refused is None:
                assert isinstance(found, Read), "nobody was refused"
                sentence = _read(code, found)
            else:
                assert refused.code == code
                sentence = refusal_sentence(refused)
        assert len(sentence) > 15
        assert "%(" not in sentence
        assert code not in sentence

    def _outcome(self, code: str) -> tuple[RefusedError | None, object]:
        try:
            return None, self.attempts[code]()
        except RefusedError as refused:
            return refused, None


def _read(code: str, found: Read) -> str:
    """The sentence of the code as it stands in what somebody read."""
    template = next(sentences[code] for sentences in sentences_by_place().values() if code in sentences)
    if callable(template):
        assert found.said
        assert found.said in found.text
        return found.said
    parts = re.split(r"%\(\w+\)s", str(template))
    match = re.search(".{1,100}?".join(map(re.escape, parts)), words(found.text))
    assert match, f"«{template}» is not in: {words(found.text)}"
    return match[0]
