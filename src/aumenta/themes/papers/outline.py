"""Proposes the outline of a paper: which parts there should be and what each rests on. The words are people's."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition, Strategy, StrategyContinuation
from aumenta.themes.activity import PAPER_CHANGED
from aumenta.themes.models import Issue, Paper, PaperPart, PaperSource, Theme, ThemeSource
from aumenta.themes.papers.write_paper import locked
from aumenta.themes.theme_queries import strategy_code
from aumenta.voices.rules import may_keep_contributions

HOW = {"kept": "kept", "reworded": "changed", "split": "changed", "merged": "changed"}
"""What became of a strategy by how it went on from the edition before."""


@transaction.atomic
def propose_outline(*, person: User, paper: Paper) -> int:
    """Put in empty parts with their sources: for each heading what was heard, with its issues; for each strategy what
    was heard at the tables, with its themes, and what becomes of it. Returns how many. Raises NotAllowedError;
    RefusedError where there are parts already, or nothing to propose."""
    check_permission(may_keep_contributions(person))
    found = locked(paper)
    if found.parts.exists():
        raise RefusedError("paper_has_parts")
    _headings(found)
    themes = _themes_by_strategy(found.edition)
    verdicts = _verdicts(found.edition)
    for strategy in Strategy.objects.of(found.edition):
        if strategy.code in themes:
            part = _part(found, PaperPart.Kind.HEARD, strategy=strategy, axis=strategy.axis)
            PaperSource.objects.bulk_create(PaperSource(part=part, theme=one) for one in themes[strategy.code])
        if strategy.pk in verdicts:
            _part(found, PaperPart.Kind.VERDICT, strategy=strategy, axis=strategy.axis, verdict=verdicts[strategy.pk])
    made = found.parts.count()
    if not made:
        raise RefusedError("nothing_to_propose")
    log(code=PAPER_CHANGED, person=person, about=found, within=found.edition.label)
    return made


def _part(paper: Paper, kind: str, **facts: object) -> PaperPart:
    return PaperPart.objects.create(paper=paper, position=paper.parts.count() + 1, kind=kind, **facts)


def _headings(paper: Paper) -> None:
    used = Issue.objects.in_use().filter(edition=paper.edition)
    under: dict[int | None, list[Issue]] = {}
    for one in used.issues().filter(codings__isnull=False).distinct().order_by("position"):
        under.setdefault(one.parent_id, []).append(one)
    for heading in used.headings():
        if heading.pk in under:
            part = _part(paper, PaperPart.Kind.HEARD)
            PaperSource.objects.bulk_create(PaperSource(part=part, issue=one) for one in under[heading.pk])


def _themes_by_strategy(edition: Edition) -> dict[str, list[Theme]]:
    """The themes in use of events whose results are on the site, by the strategies they came up with."""
    rows = ThemeSource.objects.filter(
        theme__event__edition=edition,
        theme__event__results_published_at__isnull=False,
        theme__active=True,
        observation__withdrawn=False,
        observation__private=False,
    ).select_related("theme")
    found: dict[str, dict[Theme, None]] = {}
    for row, code in zip(rows, rows.values_list(strategy_code("observation__"), flat=True), strict=True):
        if code:
            found.setdefault(code, {})[row.theme] = None
    return {code: list(themes) for code, themes in found.items()}


def _verdicts(edition: Edition) -> dict[int, str]:
    """What becomes of each strategy, where there is an edition before to compare with; what goes on from nothing is
    new."""
    ties = StrategyContinuation.objects.filter(newer__axis__edition=edition)
    told = {tie.newer_id: HOW[tie.kind] for tie in ties}
    if not told:
        return {}
    return {one.pk: told.get(one.pk, "new") for one in Strategy.objects.of(edition)}
