"""What is said of a transcript that was read, in the language of who looks at it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from aumenta.core.documents import LeftOutKind
from aumenta.core.transcripts import ProblemKind
from aumenta.core.transcripts.sentences import say_not_read, say_problem


def in_words(read: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What was not read and what to look at, each with its sentence."""
    return {
        "not_read": [{**one, "sentence": say_not_read(LeftOutKind(one["kind"]), gettext)} for one in read["not_read"]],
        "problems": [
            {**one, "sentence": say_problem(ProblemKind(one["kind"]), one["text"], gettext)} for one in read["problems"]
        ],
    }
