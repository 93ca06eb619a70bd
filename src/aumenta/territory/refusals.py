"""Why a territory was not loaded, and what the person who runs the command reads."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from aumenta.people.refusals import RefusedError, Sentence


class LoadRefusedError(RefusedError):
    """The load is refused; `problems` says row by row what is wrong. Nothing was written."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("territory_not_loaded", problems=problems)
        self.problems = problems


def _problems(error: LoadRefusedError) -> str:
    return _("Nothing was written. Mend this and load again:") + "\n- " + "\n- ".join(error.problems)


SENTENCES: Final[Mapping[str, Sentence]] = {"territory_not_loaded": _problems}
