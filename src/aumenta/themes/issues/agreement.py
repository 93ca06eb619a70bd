"""How far two readers agree on what was said: Krippendorff's alpha of first and finished second readings."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from aumenta.core.indices.agreement import Agreement, Level, krippendorff_alpha
from aumenta.plan.models import Edition
from aumenta.themes.models import Coding, Issue
from aumenta.voices.models import Contribution, SecondReading, Statement

FIRST, SECOND = "1", "2"
"""The readers, without their names: the first are all who marked before, taken together."""
GIVEN, NOT_GIVEN = 1, 0
Text = tuple[str, int]
"""«statement» or «contribution», and its key."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a reader gave some words of a text to an issue."""

    text: Text
    issue: int
    coder: str
    given: int


@dataclass(frozen=True)
class Compared:
    """What was compared: the judgements, alpha of all of them, and of the issues under each heading."""

    judgements: tuple[Judgement, ...]
    overall: Agreement
    headings: tuple[tuple[Issue, Agreement], ...]
    differing: tuple[tuple[Text, int, bool], ...]
    """Text, issue, and whether the first reader gave it."""


def compare_readings(edition: Edition) -> Compared:
    """Compare the finished second readings of an edition with the first.

    A unit is a text and an issue: did this reader give any words of it to the issue? Asked of every text of the source
    and of every issue that either of them used in the source, so that agreeing on nothing said counts too.
    """
    judgements: list[Judgement] = []
    for texts, first, second in _pairs(edition):
        used = sorted({issue for _text, issue in first | second})
        for text in texts:
            for issue in used:
                for coder, given in ((FIRST, first), (SECOND, second)):
                    judgements.append(Judgement(text, issue, coder, GIVEN if (text, issue) in given else NOT_GIVEN))
    issues = {one.pk: one for one in Issue.objects.filter(edition=edition).select_related("parent")}
    return Compared(
        tuple(judgements), _alpha(judgements), tuple(_of_headings(judgements, issues)), tuple(_differing(judgements))
    )


def judgement_rows(compared: Compared, issues: Mapping[int, str]) -> list[tuple[str, str, int]]:
    """Unit, reader, value: the columns that `aumenta agreement` reads."""
    return [
        (f"{one.text[0]} {one.text[1]} {issues.get(one.issue, one.issue)}", one.coder, one.given)
        for one in compared.judgements
    ]


def _pairs(edition: Edition) -> Iterator[tuple[list[Text], set[tuple[Text, int]], set[tuple[Text, int]]]]:
    """For each finished second reading the texts of its source, what the first readers gave, what she gave.

    The same number of queries however many there are.
    """
    readings = [
        *SecondReading.objects.filter(talk__edition=edition).exclude(finished_at=None),
        *SecondReading.objects.filter(contribution__edition=edition).exclude(finished_at=None),
    ]
    talks = {one.talk_id for one in readings if one.talk_id}
    written = {one.contribution_id for one in readings if one.contribution_id}
    # Who asks the questions is read too: somebody may mark her words by mistake, and then they differ.
    texts: dict[tuple[int | None, int | None], list[Text]] = defaultdict(list)
    for key, talk in Statement.objects.filter(talk__in=talks).values_list("pk", "talk_id"):
        texts[talk, None].append(("statement", key))
    for key in Contribution.objects.filter(pk__in=written).values_list("pk", flat=True):
        texts[None, key].append(("contribution", key))
    given = _given(edition, talks, written)
    for one in readings:
        source = (one.talk_id, one.contribution_id)
        yield texts[source], given[source, None], given[source, one.reader_id]


Source = tuple[int | None, int | None]


def _given(
    edition: Edition, talks: set[int], written: set[int]
) -> Mapping[tuple[Source, int | None], set[tuple[Text, int]]]:
    """Source and second reader (None: the first readers) → texts and the issues they were given to."""
    found: dict[tuple[Source, int | None], set[tuple[Text, int]]] = defaultdict(set)
    rows = Coding.objects.filter(issue__edition=edition, issue__active=True, passage__lost=False)
    for talk, statement, contribution, issue, blind, reader in rows.values_list(
        "passage__statement__talk_id",
        "passage__statement_id",
        "passage__contribution_id",
        "issue_id",
        "passage__blind",
        "passage__marked_by_id",
    ):
        if talk not in talks and contribution not in written:
            continue
        text: Text = ("statement", statement) if statement else ("contribution", contribution)
        found[(talk, contribution), reader if blind else None].add((text, issue))
    return found


def _alpha(judgements: Sequence[Judgement]) -> Agreement:
    units: dict[tuple[Text, int], list[int]] = defaultdict(list)
    for one in judgements:
        units[one.text, one.issue].append(one.given)
    return krippendorff_alpha(units.values(), Level.NOMINAL)


def _of_headings(judgements: Sequence[Judgement], issues: Mapping[int, Issue]) -> Iterator[tuple[Issue, Agreement]]:
    by_heading: dict[int, list[Judgement]] = defaultdict(list)
    for one in judgements:
        if (heading := issues[one.issue].parent) is not None:
            by_heading[heading.pk].append(one)
    yield from sorted(
        ((issues[key], _alpha(some)) for key, some in by_heading.items()), key=lambda pair: pair[0].position
    )


def _differing(judgements: Sequence[Judgement]) -> Iterator[tuple[Text, int, bool]]:
    pairs: dict[tuple[Text, int], dict[str, int]] = defaultdict(dict)
    for one in judgements:
        pairs[one.text, one.issue][one.coder] = one.given
    for (text, issue), said in pairs.items():
        if len(set(said.values())) > 1:
            yield text, issue, bool(said[FIRST])


def alpha_in_words(found: Agreement) -> str:
    """Alpha with three decimals, or why there is none, in the reader's language."""
    if found.alpha is not None:
        # Django cuts decimals off: rounded first.
        return number_format(round(found.alpha, 3), 3)
    if found.why == "no_pairs":
        return _("not computable: nothing was read twice")
    return _("not computable: both readers always said the same one thing")
