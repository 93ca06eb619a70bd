"""How a test file says, for each code with which verbs refuse, what somebody does to get it."""

from collections.abc import Callable

import pytest

from aumenta.people.refusals import RefusedError, refusal_sentence

Attempt = Callable[[], object]


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
        """Make the attempt: it is refused with this code, with a whole sentence."""
        with pytest.raises(RefusedError) as refused:
            self.attempts[code]()
        assert refused.value.code == code
        sentence = refusal_sentence(refused.value)
        assert len(sentence) > 15
        assert "%(" not in sentence
        assert code not in sentence
