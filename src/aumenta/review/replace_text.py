"""Finds words in the sheets and puts others in their place, as proposals that are reviewed like any other."""

import html
import re
from collections.abc import Sequence
from typing import Any

from aumenta.people.models import User
from aumenta.people.reader import reader_language
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Action, Edition
from aumenta.plan.rules import sheets_proposable_by
from aumenta.plan.sheet_content import (
    LINES,
    RICH,
    ExampleRow,
    FieldName,
    SheetContent,
    content_problems,
    content_with,
    normal_content,
    read_contents,
)
from aumenta.review.models import Proposal, Version
from aumenta.review.sentences import RowNames, change_sentences, problem_with_field
from aumenta.review.spreadsheet import RowResult

_BETWEEN_TAGS = re.compile(r"(<[^>]*>)")


def replaced(content: SheetContent, words: str, by: str) -> SheetContent:
    """The content with `words` replaced in its texts and examples; tags and addresses of links are left alone.

    Capital letters count, and only whole words are met: «arte» is not found in «parte».
    """
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")

    def swap(text: str) -> str:
        return pattern.sub(lambda _match: by, text)

    new: dict[FieldName, Any] = {line: swap(content[line]) for line in LINES}
    for name in RICH:
        parts = _BETWEEN_TAGS.split(content[name])
        # Between tags a «&» is written «&amp;»: words are looked for as a person sees them, and what is put in stays
        # words, whatever signs are in it.
        new[name] = "".join(
            part if part.startswith("<") else html.escape(swap(html.unescape(part)), quote=False) for part in parts
        )
    new["examples"] = [
        ExampleRow(text_it=swap(row["text_it"]), text_en=swap(row["text_en"])) for row in content["examples"]
    ]
    return normal_content(content_with(content, new))


def find_and_replace(*, person: User, edition: Edition, words: str, by: str) -> Sequence[RowResult]:
    """What replacing would change in each sheet of an edition that she may change; nothing is written.

    Raises RefusedError «words_required». The rows are proposed with `spreadsheet.propose_rows`.
    """
    if not words.strip():
        raise RefusedError("words_required")
    actions = list(sheets_proposable_by(person).of(edition))
    keys = [action.pk for action in actions]
    contents = read_contents(Action.objects.filter(pk__in=keys))
    numbers = Version.objects.filter(action__in=keys).newest_numbers()
    open_on = {p.action_id: p for p in Proposal.objects.open().filter(action__in=keys).select_related("author")}
    names = RowNames(contents.values(), reader_language())
    rows = []
    for n, action in enumerate(actions, start=1):
        before = normal_content(contents[action.pk])
        after = replaced(before, words.strip(), by.strip())
        if after == before:
            continue
        problems = [problem_with_field(problem) for problem in content_problems(after)]
        if held := open_on.get(action.pk):
            problems.append(refusal_sentence(RefusedError("already_open", who=held.author)))
        changes = tuple(change_sentences(before, after, names))
        base = numbers.get(action.pk)
        rows.append(RowResult(n, action.code, edition.label, changes, tuple(problems), after, action, base))
    return rows
