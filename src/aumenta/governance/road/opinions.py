"""The verbs of the opinions: asked of other bodies, given by them, answered by the office."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.governance.activity import CONDITION_ANSWERED
from aumenta.governance.composition import composition
from aumenta.governance.models import Act, Body, Condition, Opinion
from aumenta.governance.notify import tell_asked
from aumenta.governance.road.before_vote import tell
from aumenta.governance.road.machine import locked, move, refuse_early, refuse_future
from aumenta.governance.road.texts import current_text
from aumenta.governance.rules import may_enter_opinion, may_keep_body, may_observe
from aumenta.people.dates import short_day
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action
from aumenta.territory.models import Municipality

LEAST_DAYS_SINCE_2023 = 15
LEAST_DAYS_BEFORE = 30


def least_days(day: date) -> int:
    """Days that the Conference has for an act deposited on a day: 15 since 14 February 2023, 30 before (statute,
    article 24). To be confirmed by the office."""
    return LEAST_DAYS_SINCE_2023 if day >= date(2023, 2, 14) else LEAST_DAYS_BEFORE


@transaction.atomic
def ask_opinions(*, person: User, act: Act, day: date, due: date) -> Act:
    """Ask every zone's assembly for its mandatory opinion and the Conference for its binding one, on the text of now.

    Raises NotAllowedError; RefusedError «step_not_open», «step_before_another», «due_too_soon».
    """
    check_permission(may_keep_body(person, act.body), "ask_opinions")
    kept = locked(act, "ask_opinions")
    refuse_early(kept, day)
    if (due - day).days < (least := least_days(day)):
        raise RefusedError("due_too_soon", least=least, due=short_day(due, "Il"))
    asked = Body.objects.filter(territory=kept.body.territory_id, kind__in=Body.OF_MUNICIPALITIES, to_day=None)
    for body in asked:
        binding = body.kind == Body.Kind.CONFERENCE
        tell_asked(Opinion.objects.create(act=kept, body=body, binding=binding, asked_on=day, due_on=due))
    text = current_text(kept)
    moved = move(kept, "ask_opinions", day=day, clerk=person, digest=text.digest if text else "")
    return tell(moved, "ask_opinions", person)


@transaction.atomic
def give_opinion(
    *,
    person: User,
    opinion: Opinion,
    day: date,
    outcome: str,
    words: str = "",
    conditions: Sequence[str] = (),
    observations: Sequence[str] = (),
) -> Opinion:
    """What a body answered, on the text the act has now.

    Raises NotAllowedError; RefusedError «step_not_open», «opinion_before_request», «opinion_given_already»,
    «conditions_required».
    """
    check_permission(may_enter_opinion(person, opinion), "give_opinion")
    act = locked(opinion.act, "give_opinion")
    kept: Opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    refuse_future(day)
    if kept.given_on is not None:
        raise RefusedError("opinion_given_already", day=short_day(kept.given_on, "il"))
    if day < kept.asked_on:
        raise RefusedError("opinion_before_request", day=short_day(day), asked=short_day(kept.asked_on))
    wanted = [one.strip() for one in conditions if one.strip()]
    if outcome == Opinion.Outcome.CONDITIONS and not wanted:
        raise RefusedError("conditions_required")
    kept.given_on, kept.outcome, kept.words, kept.text = day, outcome, words.strip(), current_text(act)
    kept.save()
    begin = kept.conditions.count() + 1
    said = [(one, True) for one in wanted] + [(one.strip(), False) for one in observations if one.strip()]
    for number, (text, binding) in enumerate(said, start=begin):
        Condition.objects.create(opinion=kept, number=number, words=text, binding=binding)
    digest = kept.text.digest if kept.text else ""
    tell(move(act, "give_opinion", day=day, clerk=person, digest=digest, opinion=kept), "give_opinion", person)
    return kept


@transaction.atomic
def observe(
    *,
    person: User,
    opinion: Opinion,
    day: date,
    municipality: Municipality,
    words: str,
    sheet: str = "",
    proposed: str = "",
) -> Condition:
    """A municipality observes something about the act, with the text it would put instead where it has one. It comes
    through the body that was asked and in which it sits.

    Raises NotAllowedError; RefusedError «step_not_open», «step_in_the_future», «opinion_before_request»,
    «observation_words_required», «municipality_gone», «sheet_unknown».
    """
    check_permission(may_observe(person, opinion, municipality), "observe")
    act = locked(opinion.act, "observe")
    refuse_future(day)
    if day < opinion.asked_on:
        raise RefusedError("opinion_before_request", day=short_day(day), asked=short_day(opinion.asked_on))
    if not words.strip():
        raise RefusedError("observation_words_required")
    if composition(opinion.body, day).seat(municipality.istat_code) is None:
        raise RefusedError("municipality_gone", seat=municipality, day=short_day(day, "Il"))
    code = sheet.strip()
    if code and not (act.edition and Action.objects.of(act.edition).with_code(code).exists()):
        raise RefusedError("sheet_unknown", sheet=code)
    number = (opinion.conditions.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Condition.objects.create(
        opinion=opinion,
        number=number,
        words=words.strip(),
        binding=False,
        municipality=municipality,
        sheet=code,
        proposed=proposed.strip(),
    )
    note = f"{municipality}: {words.strip()}"
    tell(move(act, "observe", day=day, clerk=person, note=note, opinion=opinion), "observe", person)
    return made


@transaction.atomic
def answer_condition(*, person: User, condition: Condition, answer: str, because: str) -> Condition:
    """Accepted, partly or not, because. Raises NotAllowedError; RefusedError «step_not_open», «because_required»."""
    check_permission(may_keep_body(person, condition.opinion.act.body), "answer_condition")
    act = locked(condition.opinion.act, "answer_condition")
    if not because.strip():
        raise RefusedError("because_required")
    kept: Condition = Condition.objects.select_for_update().get(pk=condition.pk)
    today = timezone.localdate()
    kept.answer, kept.because, kept.answered_on, kept.answered_by = answer, because.strip(), today, person
    kept.save()
    log(code=CONDITION_ANSWERED, person=person, about=kept, within=act.object_it)
    return kept


@transaction.atomic
def depart(*, person: User, opinion: Opinion, why: str) -> Opinion:
    """Why the act departs from a mandatory opinion. Raises NotAllowedError; «step_not_open», «because_required»,
    «binding_is_binding»."""
    check_permission(may_keep_body(person, opinion.act.body), "depart")
    act = locked(opinion.act, "depart")
    if opinion.binding:
        raise RefusedError("binding_is_binding", body=opinion.body)
    if not why.strip():
        raise RefusedError("because_required")
    kept: Opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    kept.departing = why.strip()
    kept.save(update_fields=["departing"])
    tell(act, "depart", person)
    return kept
