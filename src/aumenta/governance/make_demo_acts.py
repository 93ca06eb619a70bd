"""Invented adoptions, marked as such, walked by the real verbs to each state of the road: a newcomer sees every screen
filled."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from aumenta.governance.coherence.make_demo_ties import make_demo_ties
from aumenta.governance.make_demo_conference import make_demo_conference
from aumenta.governance.models import Act, Body, Opinion, Session, Vote
from aumenta.governance.polls.hold import close_vote, convene, enter_counts, put_to_vote
from aumenta.governance.polls.result import seats_of
from aumenta.governance.road import before_vote, from_vote, opinions
from aumenta.governance.set_secretaries import set_secretaries
from aumenta.people.models import Grant, Organisation, Role, User
from aumenta.plan.models import Edition
from aumenta.territory.models import Municipality, Territory

STATES: Final = (
    Act.State.DRAFTING,
    Act.State.DEPOSITED,
    Act.State.EXAMINED,
    Act.State.OPINIONS,
    Act.State.ADOPTED,
    Act.State.PUBLISHED,
    Act.State.ENFORCEABLE,
    Act.State.IN_FORCE,
    Act.State.SUPERSEDED,
    Act.State.REJECTED,
    Act.State.WITHDRAWN,
)
SEEN_IN_THE_CONFERENCE: Final = (Act.State.OPINIONS, Act.State.ADOPTED)
"""Acts on which the Conference is shown voting: in the one its roll is being entered, in the other it is closed."""
LONGEST: Final = timedelta(days=200)
"""From the first step of the longest invented road to its last: nothing of it may lie in the future."""
TEXT: Final = (
    "Testo inventato di prova n. {n}.\nIl piano di esempio ha tre obiettivi: muoversi meglio, curare l’acqua, "
    "imparare insieme.\nOgni obiettivo ha un indicatore e un responsabile."
)
CONDITION: Final = "Aggiungere le aree montane agli obiettivi sulla mobilità."


@transaction.atomic
def make_demo_acts(*, person: User, territory: Territory) -> int:
    """One invented act for each state; returns how many. `prepare` does it where DEBUG is on, once."""
    if Act.objects.filter(invented=True).exists():
        return 0
    council = Body.objects.filter(territory=territory, kind=Body.Kind.COUNCIL).first()
    if council is None or not Body.objects.filter(territory=territory, kind=Body.Kind.CONFERENCE).exists():
        return 0
    _secretary(person, territory)
    _referent(territory)
    edition = Edition.objects.order_by("-first_year").first()
    for n, state in enumerate(STATES, start=1):
        act = before_vote.open_act(
            person=person,
            body=council,
            kind=Act.Kind.PLAN,
            object_it=f"Prova inventata n. {n}: piano di esempio ({_said(state, 'it')})",
            object_en=f"Invented sample no. {n}: example plan ({_said(state, 'en')})",
            edition=edition,
            invented=True,
        )
        _walk(person, act, state, n)
    make_demo_ties(person=person, territory=territory)
    return len(STATES)


def first() -> date:
    """The first day of the invented roads: in spring 2026, or long enough ago."""
    return min(date(2026, 3, 2), timezone.localdate() - LONGEST)


def _secretary(person: User, territory: Territory) -> None:
    """The demo account of a secretary keeps everything but the assemblies of the zones."""
    kept = Body.objects.filter(territory=territory).exclude(kind=Body.Kind.ZONE_ASSEMBLY)
    for secretary in User.objects.filter(is_demo=True, grants__role=Role.SECRETARY):
        set_secretaries(person=person, secretary=secretary, bodies=kept)


def _referent(territory: Territory) -> None:
    """The demo account of a referent answers for a municipality too, so that she can observe."""
    place = Municipality.objects.filter(territory=territory, valid_to=None, zone__isnull=False).order_by("name").first()
    if place is None:
        return
    town, _made = Organisation.objects.get_or_create(
        slug="comune-dimostrativo",
        defaults={
            "name_it": "Comune dimostrativo",
            "name_en": "Demonstration municipality",
            "municipality_code": place.istat_code,
        },
    )
    for referent in User.objects.filter(is_demo=True, grants__role=Role.REFERENT).distinct():
        Grant.objects.get_or_create(person=referent, role=Role.REFERENT, organisation=town)


def _said(state: str, language: str) -> str:
    """The state as its readers call it: the command that makes the demo speaks the language of its shell."""
    with override(language):
        return str(Act.State(state).label)


def _walk(person: User, act: Act, state: str, n: int) -> None:
    """Take the steps that lead to `state`, one a week."""
    if state == Act.State.DRAFTING:
        return
    before_vote.deposit(person=person, act=act, day=first(), words=TEXT.format(n=n))
    if state == Act.State.DEPOSITED:
        return
    if state == Act.State.WITHDRAWN:
        before_vote.withdraw(person=person, act=act, day=first() + timedelta(7), note="Prova: ritirato per riscriverlo")
        return
    before_vote.examine(person=person, act=act, day=first() + timedelta(7), note="Prova: esaminato senza modifiche")
    if state == Act.State.EXAMINED:
        return
    asked = first() + timedelta(14)
    opinions.ask_opinions(person=person, act=act, day=asked, due=asked + timedelta(20))
    if state in SEEN_IN_THE_CONFERENCE:
        make_demo_conference(person=person, act=act, day=asked + timedelta(19), whole=state == Act.State.ADOPTED)
    _opinions(person, act, asked, whole=state != Act.State.OPINIONS)
    if state == Act.State.OPINIONS:
        return
    _vote(person, act, n, passes=state != Act.State.REJECTED)
    _after(person, act, state)


def _opinions(person: User, act: Act, asked: date, *, whole: bool) -> None:
    """Favourable ones, one contrary and departed from, the Conference's with a condition that is met."""
    for place, opinion in enumerate(act.opinions.filter(binding=False).select_related("body")):
        if place == 2:
            continue  # One zone stays silent.
        kinds = Opinion.Outcome
        day = asked + timedelta(5 + place)
        outcome = kinds.CONTRARY if place == 4 else kinds.FAVOURABLE
        opinions.give_opinion(person=person, opinion=opinion, day=day, outcome=outcome)
        if place == 4 and whole:
            opinions.depart(person=person, opinion=opinion, why="Prova: il tema è già in un altro strumento.")
    if not whole:
        return
    before_vote.hear(person=person, act=act, day=asked + timedelta(18), who="Prova: associazioni del territorio")
    binding = act.opinions.get(binding=True)
    given = opinions.give_opinion(
        person=person,
        opinion=binding,
        day=asked + timedelta(19),
        outcome=Opinion.Outcome.CONDITIONS,
        conditions=[CONDITION],
    )
    condition = given.conditions.get()
    words = act.texts.order_by("-number")[0].words.replace("muoversi meglio", "muoversi meglio, anche in montagna")
    before_vote.amend(person=person, act=act, day=asked + timedelta(20), words=words, condition=condition)
    opinions.answer_condition(
        person=person, condition=condition, answer="accepted", because="Prova: aggiunta al primo obiettivo."
    )


def _vote(person: User, act: Act, n: int, *, passes: bool) -> None:
    held = first() + timedelta(42)
    session = Session.objects.filter(body=act.body, held_on=held, invented=True).first() or convene(
        person=person, body=act.body, held_on=held, convened_on=held - timedelta(6), number="prova", invented=True
    )
    vote = put_to_vote(
        person=person,
        session=session,
        act=act,
        question=f"Prova n. {n}: intero testo",
        method=Vote.Method.COUNTS,
        with_enforceability=n % 2 == 0,
    )
    # As counts: the council's members are real people, and none of them voted on what is invented.
    present = len(seats_of(vote).seats)
    lost = 4 if passes else present - 4
    counts = {"present": present, "for": present - lost, "against": lost, "abstained": 0, "not_voting": 0}
    enter_counts(person=person, vote=vote, counts=counts)
    closed = close_vote(person=person, vote=Vote.objects.get(pk=vote.pk))
    from_vote.decide(person=person, act=act, vote=closed, number=f"prova-{n}", year=held.year)


def _after(person: User, act: Act, state: str) -> None:
    board = first() + timedelta(44)
    later: list[tuple[str, Callable[[], object]]] = [
        (Act.State.PUBLISHED, lambda: from_vote.publish(person=person, act=act, day=board)),
        (Act.State.ENFORCEABLE, lambda: from_vote.enforce(person=person, act=act, day=board + timedelta(10))),
        (
            Act.State.IN_FORCE,
            lambda: from_vote.put_in_force(
                person=person, act=act, day=board + timedelta(11), until=board + timedelta(365 * 3)
            ),
        ),
        (Act.State.SUPERSEDED, lambda: from_vote.supersede(person=person, act=act, day=board + timedelta(100))),
    ]
    if state in {Act.State.ADOPTED, Act.State.REJECTED}:
        return
    for reached, step in later:
        step()
        if reached == state:
            return
