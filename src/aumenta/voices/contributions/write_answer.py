"""The verbs by which an answer is written, changed, and read by a second pair of eyes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.text import mend, name_key, plain_text
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action
from aumenta.review.models import Version
from aumenta.voices.activity import ANSWER_CHANGED, ANSWER_DROPPED, ANSWER_REVIEWED, ANSWER_SENT_BACK, ANSWER_WRITTEN
from aumenta.voices.models import Answer, Claim, Contribution
from aumenta.voices.rules import may_keep_contributions, may_publish_consultations

LONGEST: Final = 5_000
Outcome = Answer.Outcome
IN_A_SHEET: Final = (Outcome.TAKEN_UP, Outcome.PARTLY, Outcome.ALREADY)


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says. `sheet` is the action whose words it is about, `words` some of them as they stand there."""

    outcome: str
    text_it: str
    text_en: str = ""
    sheet: Action | None = None
    words: str = ""
    passed_to: str = ""


@transaction.atomic
def write_answer(*, person: User, claims: Sequence[Claim], said: Said, with_repeats: bool = True) -> Answer:
    """Answer one point, or several alike; with those of contributions that repeat them. It waits for a second reader.

    Refused where a point has an answer already, is of another edition, or is not to be answered. Raises
    NotAllowedError.
    """
    check_permission(may_keep_contributions(person))
    keys = {claim.pk for claim in claims} | (_repeats_of(claims) if with_repeats else set())
    rows = Claim.objects.select_for_update(of=("self",)).filter(pk__in=keys).select_related("contribution")
    for claim in (points := list(rows)):
        _check_open(claim)
    if not points:
        raise RefusedError("no_point_chosen")
    editions = {claim.contribution.edition_id for claim in points}
    if len(editions) > 1:
        raise RefusedError("points_of_two_editions")
    answer = Answer(edition_id=editions.pop(), written_by=person)
    _fill(answer, said)
    answer.save()
    answer.writers.add(person)
    Claim.objects.filter(pk__in=[claim.pk for claim in points]).update(answer=answer)
    log(code=ANSWER_WRITTEN, person=person, about=answer, subject=labels_of(answer))
    return answer


@transaction.atomic
def answer_with(*, person: User, answer: Answer, claims: Sequence[Claim]) -> Answer:
    """Give these points an answer that is written already; a second person reads it again, for these too.

    Refused as `write_answer` is, and where the answer is published. Raises NotAllowedError.
    """
    check_permission(may_keep_contributions(person))
    now = _open(answer, answer.revision)
    rows = list(Claim.objects.filter(pk__in=[one.pk for one in claims]).select_related("contribution"))
    if not rows:
        raise RefusedError("no_point_chosen")
    for claim in rows:
        _check_open(claim)
        if claim.contribution.edition_id != now.edition_id:
            raise RefusedError("points_of_two_editions")
    Claim.objects.filter(pk__in=[claim.pk for claim in rows]).update(answer=now)
    now.state, now.reviewed_by, now.revision = Answer.State.DRAFT, None, now.revision + 1
    now.save(update_fields=["state", "reviewed_by", "revision"])
    log(code=ANSWER_CHANGED, person=person, about=now, subject=labels_of(now))
    return now


def _check_open(claim: Claim) -> None:
    if claim.answer_id:
        raise RefusedError("point_answered_already", point=claim.label)
    if claim.contribution.admission != Contribution.Admission.ADMITTED or claim.contribution.withdrawn:
        raise RefusedError("not_to_be_answered")


def _repeats_of(claims: Sequence[Claim]) -> set[int]:
    """The points without an answer of contributions that repeat those of `claims` as a whole."""
    whole = [claim.contribution_id for claim in claims if not claim.text]
    rows = Claim.objects.filter(
        contribution__same_as__in=whole,
        text="",
        answer=None,
        contribution__withdrawn=False,
        contribution__admission=Contribution.Admission.ADMITTED,
    )
    return set(rows.values_list("pk", flat=True))


@transaction.atomic
def change_answer(*, person: User, answer: Answer, said: Said, revision: int) -> Answer:
    """Put other words in its place; whoever read the former ones has to read them again. Raises NotAllowedError;
    RefusedError where it is published, or somebody changed it since `revision` was read."""
    check_permission(may_keep_contributions(person))
    now = _open(answer, revision)
    _fill(now, said)
    now.state, now.reviewed_by, now.written_by, now.remark = Answer.State.DRAFT, None, person, ""
    now.revision = revision + 1
    now.save()
    now.writers.add(person)
    log(code=ANSWER_CHANGED, person=person, about=now, subject=labels_of(now))
    return now


@transaction.atomic
def review_answer(*, person: User, answer: Answer, revision: int) -> Answer:
    """Say that it may be published as it is. Nobody reviews what she wrote a word of. Raises NotAllowedError."""
    check_permission(may_publish_consultations(person))
    now = _open(answer, revision)
    if now.writers.filter(pk=person.pk).exists():
        raise RefusedError("writer_does_not_review")
    now.state, now.reviewed_by, now.remark = Answer.State.REVIEWED, person, ""
    now.save(update_fields=["state", "reviewed_by", "remark"])
    log(code=ANSWER_REVIEWED, person=person, about=now, subject=labels_of(now))
    return now


@transaction.atomic
def send_answer_back(*, person: User, answer: Answer, revision: int, remark: str) -> Answer:
    """Say what is to be mended in it; it is no longer reviewed. Raises NotAllowedError; RefusedError without a word."""
    check_permission(may_publish_consultations(person))
    now = _open(answer, revision)
    if not (said := " ".join(mend(remark).split())[:500]):
        raise RefusedError("no_remark_on_answer")
    now.state, now.reviewed_by, now.remark = Answer.State.DRAFT, None, said
    now.save(update_fields=["state", "reviewed_by", "remark"])
    log(code=ANSWER_SENT_BACK, person=person, about=now, subject=labels_of(now))
    return now


@transaction.atomic
def drop_answer(*, person: User, answer: Answer, claim: Claim | None = None) -> None:
    """Let it answer one point less, or delete it where none is left (or none named). Raises NotAllowedError."""
    check_permission(may_keep_contributions(person))
    now = _open(answer, answer.revision)
    log(code=ANSWER_DROPPED, person=person, about=now, subject=claim.label if claim else labels_of(now))
    if claim:
        now.claims.filter(pk=claim.pk).update(answer=None)
    if claim is None or not now.claims.exists():
        now.delete()


def labels_of(answer: Answer, most: int = 5) -> str:
    """The numbers of the contributions an answer is about, in a line of the log."""
    labels = [claim.label for claim in answer.claims.select_related("contribution")[: most + 1]]
    return ", ".join(labels[:most]) + (" …" if len(labels) > most else "")


def _open(answer: Answer, revision: int) -> Answer:
    now = Answer.objects.select_for_update().filter(pk=answer.pk).first()
    if now is None or now.revision != revision:
        raise RefusedError("answer_changed_meanwhile")
    if now.state == Answer.State.PUBLISHED:
        raise RefusedError("answer_is_published")
    return now


def _fill(answer: Answer, said: Said) -> None:
    answer.outcome = said.outcome
    answer.text_it, answer.text_en = mend(said.text_it).strip(), mend(said.text_en).strip()
    answer.passed_to, answer.words, answer.version = "", "", None
    if said.outcome not in Outcome.values or not answer.text_it:
        raise RefusedError("answer_empty")
    if max(len(answer.text_it), len(answer.text_en)) > LONGEST:
        raise RefusedError("answer_too_long", most=LONGEST)
    if said.outcome == Outcome.NOT_OURS:
        answer.passed_to = " ".join(mend(said.passed_to).split())[:200]
        if not answer.passed_to:
            raise RefusedError("answer_passed_to_nobody")
    if said.outcome in IN_A_SHEET:
        answer.version, answer.words = _found(said.sheet, mend(said.words).strip())


def _found(sheet: Action | None, words: str) -> tuple[Version, str]:
    """The version of the sheet that the public reads, and the words, which must stand in it."""
    if sheet is None or not sheet.strategy.axis.edition.is_public:
        raise RefusedError("answer_without_sheet")
    version = Version.objects.latest_of(sheet)
    if version is None:
        raise RefusedError("answer_without_sheet")
    if len(words) > 2000:
        raise RefusedError("answer_too_long", most=2000)
    if words and name_key(words) not in name_key(" ".join(_texts(version.content))):
        raise RefusedError("words_not_in_sheet", sheet=version.code, number=version.number)
    return version, words


def _texts(content: Any) -> Iterable[str]:
    """Every text of a sheet's content, without its markup."""
    if isinstance(content, str):
        yield plain_text(content)
    elif isinstance(content, list):
        for one in content:
            yield from _texts(one)
    elif isinstance(content, dict):
        for one in content.values():
            yield from _texts(one)
