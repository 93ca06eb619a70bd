"""The verbs by which a paper is begun, its parts written, moved and taken out, and commented on."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition
from aumenta.surveys.models import Questionnaire
from aumenta.themes.activity import PAPER_BEGUN, PAPER_CHANGED, PAPER_COMMENTED, PAPER_DROPPED
from aumenta.themes.models import Issue, Paper, PaperComment, PaperPart, PaperSource, Theme
from aumenta.voices.models import Passage
from aumenta.voices.rules import may_keep_contributions

MOST_PARTS: Final = 300
MOST_SOURCES: Final = 40


@dataclass(frozen=True)
class Cited:
    """What a part rests on."""

    issues: Sequence[Issue] = ()
    themes: Sequence[Theme] = ()
    passages: Sequence[Passage] = ()
    questionnaires: Sequence[Questionnaire] = ()
    documents: Sequence[str] = ()

    def sources(self, part: PaperPart) -> list[PaperSource]:
        """The rows to be kept, each source once."""
        keyed: tuple[tuple[str, Sequence[Any]], ...] = (
            ("issue", self.issues),
            ("theme", self.themes),
            ("passage", self.passages),
            ("questionnaire", self.questionnaires),
        )
        rows = [PaperSource(part=part, **{name: one}) for name, found in keyed for one in dict.fromkeys(found)]
        words = dict.fromkeys(" ".join(one.split())[:500] for one in self.documents)
        return [*rows, *(PaperSource(part=part, document=one) for one in words if one)]


@transaction.atomic
def begin_paper(*, person: User, edition: Edition, kind: str, title_it: str, title_en: str = "") -> Paper:
    """Begin one; nobody outside the office sees it. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_contributions(person))
    made = Paper(edition=edition, kind=kind, title_it=title_it.strip(), title_en=title_en.strip(), begun_by=person)
    _check(made)
    made.save()
    log(code=PAPER_BEGUN, person=person, about=made, within=edition.label)
    return made


@transaction.atomic
def drop_paper(*, person: User, paper: Paper) -> None:
    """Delete one that was never frozen, with its parts. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_contributions(person))
    found = locked(paper)
    if found.versions.exists():
        raise RefusedError("paper_has_versions")
    log(code=PAPER_DROPPED, person=person, about=found, within=found.edition.label)
    found.delete()


@transaction.atomic
def write_part(
    *, person: User, paper: Paper, facts: Mapping[str, Any], cited: Cited, part: PaperPart | None = None, seen: str = ""
) -> PaperPart:
    """Keep a part as it was written, at the end where it is new. `seen` is the `part_digest` of what its author saw.

    Raises NotAllowedError; RefusedError where a colleague changed it meanwhile, a source is of another edition or not
    published, or a verdict names no strategy.
    """
    check_permission(may_keep_contributions(person))
    found = locked(paper)
    if part is None:
        if found.parts.count() >= MOST_PARTS:
            raise RefusedError("paper_too_long", most=MOST_PARTS)
        last = found.parts.order_by("-position").values_list("position", flat=True).first() or 0
        kept = PaperPart(paper=found, position=last + 1)
    else:
        kept = PaperPart.objects.get(pk=part.pk, paper=found)
        if seen and part_digest(kept) != seen:
            raise RefusedError("paper_part_changed")
    for name, value in facts.items():
        setattr(kept, name, value.strip() if isinstance(value, str) else value)
    if kept.kind == PaperPart.Kind.VERDICT and (not kept.strategy or not kept.verdict):
        raise RefusedError("verdict_without_strategy")
    if kept.kind != PaperPart.Kind.VERDICT:
        kept.verdict = ""
    if kept.strategy:
        kept.axis = kept.strategy.axis
    _check_edition(found, kept, cited)
    _check(kept)
    kept.save()
    kept.sources.all().delete()
    rows = cited.sources(kept)
    if len(rows) > MOST_SOURCES:
        raise RefusedError("too_many_sources", most=MOST_SOURCES)
    PaperSource.objects.bulk_create(rows)
    log(code=PAPER_CHANGED, person=person, about=found, within=found.edition.label)
    return kept


@transaction.atomic
def drop_part(*, person: User, part: PaperPart) -> None:
    """Take a part out of the paper; versions keep it. Raises NotAllowedError."""
    check_permission(may_keep_contributions(person))
    found = locked(part.paper)
    found.parts.filter(pk=part.pk).delete()
    log(code=PAPER_CHANGED, person=person, about=found, within=found.edition.label)


@transaction.atomic
def move_part(*, person: User, part: PaperPart, up: bool) -> None:
    """Exchange it with the part before or after it; at the ends nothing happens. Raises NotAllowedError."""
    check_permission(may_keep_contributions(person))
    found = locked(part.paper)
    parts = list(found.parts.all())
    place = next((n for n, one in enumerate(parts) if one.pk == part.pk), None)
    if place is None or not 0 <= (other := place - 1 if up else place + 1) < len(parts):
        return
    parts[place], parts[other] = parts[other], parts[place]
    for number, one in enumerate(parts, 1):
        one.position = number
    PaperPart.objects.bulk_update(parts, ["position"])
    log(code=PAPER_CHANGED, person=person, about=found, within=found.edition.label)


@transaction.atomic
def comment(*, person: User, part: PaperPart, text: str) -> PaperComment:
    """Say something about a part to colleagues. Raises NotAllowedError; RefusedError without words."""
    check_permission(may_keep_contributions(person))
    if not (said := text.strip()[:2000]):
        raise RefusedError("comment_without_words")
    made = PaperComment.objects.create(part=part, text=said, by=person)
    log(code=PAPER_COMMENTED, person=person, about=part.paper, within=part.paper.edition.label)
    return made


@transaction.atomic
def settle_comment(*, person: User, said: PaperComment, settled: bool = True) -> None:
    """Say that nothing is left to do about it, or that something is. Raises NotAllowedError."""
    check_permission(may_keep_contributions(person))
    said.settled_at = timezone.now() if settled else None
    said.save(update_fields=["settled_at"])
    paper = said.part.paper
    log(code=PAPER_COMMENTED, person=person, about=paper, within=paper.edition.label)


def part_digest(part: PaperPart) -> str:
    """What tells a part apart from what it was before somebody changed it."""
    facts = (part.kind, part.axis_id, part.strategy_id, part.verdict, part.text_it, part.text_en, part.own)
    sources = part.sources.values_list("issue", "theme", "passage", "questionnaire", "document")
    return hashlib.sha256(repr((facts, sorted(map(repr, sources)))).encode()).hexdigest()[:16]


def locked(paper: Paper) -> Paper:
    """The paper as it is now, kept from others until the verb ends."""
    return Paper.objects.select_for_update(of=("self",)).select_related("edition").get(pk=paper.pk)


def _check_edition(paper: Paper, part: PaperPart, cited: Cited) -> None:
    """What a part is about and rests on is of its paper's edition; themes and questionnaires are those that the public
    reads."""
    edition = paper.edition_id
    if (part.axis and part.axis.edition_id != edition) or any(one.edition_id != edition for one in cited.issues):
        raise RefusedError("source_of_another_edition")
    for theme in cited.themes:
        if theme.event.edition_id != edition or not theme.event.results_published_at:
            raise RefusedError("source_not_published")
    for one in cited.questionnaires:
        if one.edition_id != edition or not one.results_published_at:
            raise RefusedError("source_not_published")
    counted = Passage.objects.counted().filter(pk__in=[one.pk for one in cited.passages])
    if counted.count() != len({one.pk for one in cited.passages}):
        raise RefusedError("passage_does_not_count")


def _check(made: Paper | PaperPart) -> None:
    try:
        made.full_clean(exclude=["edition", "begun_by", "paper"], validate_constraints=False)
    except ValidationError as problem:
        raise RefusedError("paper_invalid", problem=problem) from problem
