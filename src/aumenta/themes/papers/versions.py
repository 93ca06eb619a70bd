"""The verbs by which a paper is frozen in a version, published, and taken off the site."""

import hashlib
import json
from typing import Any, Final

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.themes.activity import PAPER_FROZEN, PAPER_PUBLISHED, PAPER_WITHDRAWN
from aumenta.themes.issues.publish_matrix import published_matrix
from aumenta.themes.models import Paper, PaperPart, PaperSource, PaperVersion
from aumenta.themes.papers.write_paper import locked
from aumenta.voices.models import Passage
from aumenta.voices.rules import may_publish_consultations

FORMAT: Final = "aumenta-paper/1"


@transaction.atomic
def freeze_paper(*, person: User, paper: Paper) -> PaperVersion:
    """Keep the paper as it stands as its next version. Raises NotAllowedError; RefusedError where it has no parts, one
    has no words, or neither a source nor the mark of the office's own; where comments are open or nothing changed."""
    check_permission(may_publish_consultations(person))
    found = locked(paper)
    parts = list(parts_of(found))
    if not parts:
        raise RefusedError("paper_without_parts")
    for number, part in enumerate(parts, 1):
        if not part.text_it:
            raise RefusedError("part_without_words", number=number)
        if not part.own and not part.sources.all():
            raise RefusedError("part_without_source", number=number)
    if open_comments := found.parts.filter(comments__settled_at=None, comments__isnull=False).count():
        raise RefusedError("comments_are_open", n=open_comments)
    content = content_of(found, parts)
    digest = digest_of(content)
    last = found.versions.last()
    if last and last.sha256 == digest:
        raise RefusedError("paper_is_the_same", number=last.number)
    made = PaperVersion.objects.create(
        paper=found, number=(last.number if last else 0) + 1, content=content, sha256=digest, frozen_by=person
    )
    log(code=PAPER_FROZEN, person=person, about=found, within=found.edition.label, detail=str(made.number))
    return made


@transaction.atomic
def publish_version(*, person: User, version: PaperVersion) -> PaperVersion:
    """Let everybody read it. Raises NotAllowedError; RefusedError."""
    check_permission(may_publish_consultations(person))
    kept = _version(version)
    if not kept.paper.edition.is_public:
        raise RefusedError("paper_of_hidden_edition")
    if kept.published_at:
        raise RefusedError("version_is_public")
    kept.published_at = timezone.now()
    kept.save(update_fields=["published_at"])
    log(code=PAPER_PUBLISHED, person=person, about=kept.paper, detail=str(kept.number))
    touch()
    return kept


@transaction.atomic
def withdraw_version(*, person: User, version: PaperVersion) -> PaperVersion:
    """Take it off the site; it is kept. Raises NotAllowedError; RefusedError."""
    check_permission(may_publish_consultations(person))
    kept = _version(version)
    if kept.published_at is None:
        raise RefusedError("version_not_public")
    kept.published_at = None
    kept.save(update_fields=["published_at"])
    log(code=PAPER_WITHDRAWN, person=person, about=kept.paper, detail=str(kept.number))
    touch()
    return kept


def public_versions() -> QuerySet[PaperVersion]:
    """The versions that anybody may read, the latest first; every public route asks this."""
    rows = PaperVersion.objects.exclude(published_at=None).filter(paper__edition__state="public")
    return rows.select_related("paper__edition__plan").order_by("-number")


def parts_of(paper: Paper) -> QuerySet[PaperPart]:
    """The parts in their order, with all they rest on; two queries."""
    sources = (
        "issue__parent",
        "theme__event",
        "passage__statement__talk",
        "passage__contribution__consultation",
        "questionnaire",
    )
    rows = PaperSource.objects.select_related(*sources)
    return paper.parts.select_related("axis", "strategy__axis").prefetch_related(Prefetch("sources", rows))


def content_of(paper: Paper, parts: list[PaperPart]) -> dict[str, Any]:
    """What is frozen."""
    matrix = published_matrix(paper.edition)
    counts = {one["key"]: one["counts"][-1][-1] for one in matrix.content["issues"]} if matrix else {}
    return {
        "format": FORMAT,
        "kind": paper.kind,
        "edition": paper.edition.label,
        "title_it": paper.title_it,
        "title_en": paper.title_en,
        "invented": any(_is_invented(source) for part in parts for source in part.sources.all()),
        "parts": [_part(one, counts) for one in parts],
    }


def digest_of(content: dict[str, Any]) -> str:
    """The hash of a content, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def words_digest(passage: Passage) -> str:
    """What tells the words of a passage apart without keeping them."""
    return hashlib.sha256(passage.words.encode()).hexdigest()


def _part(part: PaperPart, counts: dict[int, int | None]) -> dict[str, Any]:
    axis, strategy = part.axis, part.strategy
    return {
        "key": part.pk,
        "kind": part.kind,
        "verdict": part.verdict,
        "axis": {"number": axis.number, "title_it": axis.title_it, "title_en": axis.title_en} if axis else None,
        "strategy": {"code": strategy.code, "title_it": strategy.title_it, "title_en": strategy.title_en}
        if strategy
        else None,
        "text_it": part.text_it,
        "text_en": part.text_en,
        "own": part.own,
        "sources": [_source(one, counts) for one in part.sources.all()],
    }


def _is_invented(source: PaperSource) -> bool:
    """Whether what is cited was made up, to try the site out."""
    if source.passage:
        said, written = source.passage.statement, source.passage.contribution
        consultation = written.consultation if written else None
        return said.talk.invented if said else bool(consultation and consultation.invented)
    if source.theme:
        return source.theme.event.invented
    return bool(source.questionnaire and source.questionnaire.invented)


def _source(one: PaperSource, counts: dict[int, int | None]) -> dict[str, Any]:
    if one.issue and one.issue.parent:
        issue, heading = one.issue, one.issue.parent.position
        told = {"heading": heading, "place": issue.position, "title_it": issue.title_it, "title_en": issue.title_en}
        return {"kind": "issue", "key": issue.pk, **told, "sources": counts.get(issue.pk)}
    if one.theme:
        return {"kind": "theme", "key": one.theme_id, "event": one.theme.event.slug, "name": one.theme.name}
    if one.passage:
        of = one.passage.statement.talk.kind if one.passage.statement else "written"
        return {"kind": "passage", "key": one.passage_id, "of": of, "sha256": words_digest(one.passage)}
    if one.questionnaire:
        asked = one.questionnaire
        return {"kind": "questionnaire", "slug": asked.slug, "title_it": asked.title_it, "title_en": asked.title_en}
    return {"kind": "document", "text": one.document}


def _version(version: PaperVersion) -> PaperVersion:
    rows = PaperVersion.objects.select_for_update(of=("self",)).select_related("paper__edition")
    return rows.get(pk=version.pk)
