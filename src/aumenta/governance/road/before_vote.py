"""The verbs from the first draft to the opinions: open, deposit, send back, examine, amend, hear, withdraw."""

from datetime import date

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.events.models import Event
from aumenta.governance.activity import ACT_MOVED, ACT_OPENED
from aumenta.governance.models import Act, ActText, Body, Condition, Hearing
from aumenta.governance.road.machine import VERB_WORDS, locked, move, refuse_early, refuse_future
from aumenta.governance.road.texts import current_text, digest_of, words_of
from aumenta.governance.rules import may_keep_body
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.short_names import free_slug
from aumenta.plan.models import Edition
from aumenta.review.models import Release


@transaction.atomic
def open_act(
    *,
    person: User,
    body: Body,
    kind: str,
    object_it: str,
    object_en: str = "",
    points: str = "",
    edition: Edition | None = None,
    follows: Act | None = None,
    invented: bool = False,
) -> Act:
    """Begin an act; nobody but the office sees it before its deposit. Raises NotAllowedError; «object_required»."""
    check_permission(may_keep_body(person, body), "open_act")
    if not object_it.strip():
        raise RefusedError("object_required")
    act = Act.objects.create(
        slug=free_slug(object_it, Act.objects.all(), longest=60, nothing="atto"),
        body=body,
        kind=kind,
        object_it=object_it.strip(),
        object_en=object_en.strip(),
        points=points.strip(),
        edition=edition,
        follows=follows,
        invented=invented,
    )
    log(code=ACT_OPENED, person=person, about=act, within=body.name_it)
    return act


def tell(act: Act, verb: str, person: User) -> Act:
    """Note the step in the log, and let kept pages be made anew."""
    log(code=ACT_MOVED, person=person, about=act, subject=act.object_it, detail=str(VERB_WORDS[verb]))
    touch()
    return act


def keep_text(
    act: Act,
    words: str,
    day: date,
    because: str,
    *,
    release: Release | None = None,
    reason: str = "",
    condition: Condition | None = None,
) -> ActText:
    """A further text of the act; raises RefusedError «text_required», «text_of_another_act», «text_unchanged»."""
    words = words_of(release) if release is not None else words.strip()
    digest = release.content_hash if release is not None else digest_of(words)
    if not words and release is None:
        raise RefusedError("text_required")
    elsewhere = ActText.objects.filter(digest=digest).exclude(act=act).exclude(act__state=Act.State.WITHDRAWN)
    if other := elsewhere.select_related("act").first():
        raise RefusedError("text_of_another_act", act=other.act.object_it)
    last = current_text(act)
    if last is not None and last.digest == digest and because != ActText.Because.DEPOSIT:
        raise RefusedError("text_unchanged")
    return ActText.objects.create(
        act=act,
        number=last.number + 1 if last else 1,
        words=words,
        digest=digest,
        release=release,
        day=day,
        because=because,
        reason=reason.strip()[:500],
        condition=condition,
    )


@transaction.atomic
def deposit(*, person: User, act: Act, day: date, words: str = "", release: Release | None = None) -> Act:
    """Deposit the text: its hash goes with every later step.

    Raises NotAllowedError; RefusedError «step_not_open», «step_before_another», «text_required»,
    «text_of_another_act».
    """
    check_permission(may_keep_body(person, act.body), "deposit")
    kept = locked(act, "deposit")
    refuse_early(kept, day)
    text = keep_text(kept, words, day, ActText.Because.DEPOSIT, release=release)
    return tell(move(kept, "deposit", day=day, clerk=person, digest=text.digest), "deposit", person)


@transaction.atomic
def send_back(*, person: User, act: Act, day: date, note: str) -> Act:
    """The committee sends the text back. Raises NotAllowedError; «step_not_open», «step_before_another»,
    «step_reason_required»."""
    check_permission(may_keep_body(person, act.body), "send_back")
    kept = locked(act, "send_back")
    refuse_early(kept, day)
    if not note.strip():
        raise RefusedError("step_reason_required")
    return tell(move(kept, "send_back", day=day, clerk=person, note=note), "send_back", person)


@transaction.atomic
def examine(*, person: User, act: Act, day: date, note: str = "") -> Act:
    """The committee has examined the text. Raises NotAllowedError; «step_not_open», «step_before_another»."""
    check_permission(may_keep_body(person, act.body), "examine")
    kept = locked(act, "examine")
    refuse_early(kept, day)
    return tell(move(kept, "examine", day=day, clerk=person, note=note), "examine", person)


@transaction.atomic
def amend(
    *,
    person: User,
    act: Act,
    day: date,
    words: str = "",
    release: Release | None = None,
    reason: str = "",
    condition: Condition | None = None,
    committee: bool = False,
) -> ActText:
    """Another text in the place of the deposited one: because of a condition, of the committee, or without a reason
    that holds; then the vote is refused until it is explained.

    Raises NotAllowedError; RefusedError «step_not_open», «step_before_another», «text_required»,
    «text_of_another_act», «text_unchanged», «condition_of_another_act».
    """
    check_permission(may_keep_body(person, act.body), "amend")
    kept = locked(act, "amend")
    refuse_early(kept, day)
    if condition is not None and condition.opinion.act_id != kept.pk:
        raise RefusedError("condition_of_another_act")
    kinds = ActText.Because
    because = kinds.CONDITION if condition else kinds.COMMITTEE if committee else kinds.UNEXPLAINED
    text = keep_text(kept, words, day, because, release=release, reason=reason, condition=condition)
    tell(move(kept, "amend", day=day, clerk=person, note=reason, digest=text.digest), "amend", person)
    return text


@transaction.atomic
def hear(*, person: User, act: Act, day: date, who: str, event: Event | None = None) -> Hearing:
    """The social bodies were heard. Raises NotAllowedError; RefusedError «step_not_open», «heard_required»."""
    check_permission(may_keep_body(person, act.body), "hear")
    kept = locked(act, "hear")
    refuse_future(day)
    if not who.strip():
        raise RefusedError("heard_required")
    made = Hearing.objects.create(act=kept, held_on=day, who=who.strip(), event=event)
    tell(move(kept, "hear", day=day, clerk=person, note=who), "hear", person)
    return made


@transaction.atomic
def withdraw(*, person: User, act: Act, day: date, note: str) -> Act:
    """The proposal is withdrawn. Raises NotAllowedError; «step_not_open», «step_before_another»,
    «step_reason_required»."""
    check_permission(may_keep_body(person, act.body), "withdraw")
    kept = locked(act, "withdraw")
    refuse_early(kept, day)
    if not note.strip():
        raise RefusedError("step_reason_required")
    return tell(move(kept, "withdraw", day=day, clerk=person, note=note), "withdraw", person)
