"""What tests of governance share: two zones, four municipalities two of which merged into one, and bodies."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from aumenta.governance.coherence.keep import add_version
from aumenta.governance.keep_mandates import add_mandate
from aumenta.governance.keep_offices import add_office
from aumenta.governance.models import (
    Act,
    Annex,
    Body,
    BodyRule,
    InstrumentItem,
    InstrumentVersion,
    Mandate,
    MunicipalOffice,
    Opinion,
    Session,
    Vote,
)
from aumenta.governance.polls.hold import convene, put_to_vote
from aumenta.governance.road import before_vote, opinions
from aumenta.governance.road.annexes import add_annex
from aumenta.governance.road.before_vote import open_act
from aumenta.governance.set_secretaries import set_secretaries
from aumenta.people.models import Grant, Organisation, User
from aumenta.territory.models import Municipality, Succession, Territory, Zone
from tests.cast import somebody
from tests.media_cast import a_pdf

MERGED = date(2019, 1, 1)
RULE: dict[str, Any] = {
    "quorum": {"of": "members", "share": "1/3", "without_chair": False},
    "majority": {"of": "voters", "share": "1/2", "strictly_more": True, "residents_share": "1/2"},
    "abstentions": "counted",
    "tie": "fails",
}


def chief() -> User:
    """The administrator of these tests."""
    return User.objects.filter(email="segreteria@esempio.it").first() or somebody(
        "administrator", email="segreteria@esempio.it"
    )


def a_small_territory() -> Territory:
    """Uno and Due in zone 1, Tre in zone 2; Tre was born in 2019 of Quattro and Cinque."""
    found = Territory.objects.filter(code="997").first()
    if found is not None:
        return found
    facts = {"centre_longitude": 7, "centre_latitude": 45, "tolerance_m": 100, "boundary_year": 2023, "source": "prova"}
    made = Territory.objects.create(
        code="997", slug="esempia-organi", name="Esempia", region="X", kind="metropolitan_city", **facts
    )
    one, two = (Zone.objects.create(territory=made, number=n, name=f"Zona {n}") for n in (1, 2))
    place = partial(Municipality.objects.create, territory=made)
    sure = {"zone_confidence": "official"}
    place(istat_code="997001", name="Uno", zone=one, **sure)
    place(istat_code="997002", name="Due", zone=one, **sure)
    new = place(istat_code="997003", name="Tre", zone=two, valid_from=MERGED, **sure)
    for code, name in (("997004", "Quattro"), ("997005", "Cinque")):
        gone = place(istat_code=code, name=name, valid_to=date(2018, 12, 31))
        Succession.objects.create(predecessor=gone, successor=new, on=MERGED, kind="merged", source="prova")
    return made


def a_body(kind: str = Body.Kind.COUNCIL, **facts: Any) -> Body:
    """A body of the small territory, with a rule; the same one each time for the same kind and zone."""
    territory = a_small_territory()
    zone = territory.zones.get(number=facts.pop("zone", 1)) if kind == Body.Kind.ZONE_ASSEMBLY else None
    slug = f"{kind.replace('_', '-')}{f'-{zone.number}' if zone else ''}"
    found = Body.objects.filter(slug=slug).first()
    if found is None:
        found = Body.objects.create(
            slug=slug, kind=kind, territory=territory, zone=zone, name_it=f"Organo {slug}", **facts
        )
        BodyRule.objects.create(body=found, record=RULE, citation="Regolamento di prova, art. 1")
    return found


def a_mandate(body: Body | None = None, name: str = "Ada Prova", **facts: Any) -> Mandate:
    """Somebody sits in a body since 2020."""
    body = body or a_body()
    found = body.mandates.filter(holder__full_name=name).first()
    return found or add_mandate(person=chief(), body=body, name=name, **{"from_day": date(2020, 1, 1), **facts})


def a_seat(code: str = "997001") -> Municipality:
    """A municipality of the small territory."""
    a_small_territory()
    return Municipality.objects.get(istat_code=code)


def an_office(code: str = "997001", name: str = "Bruna Prova", **facts: Any) -> MunicipalOffice:
    """Somebody is mayor of a municipality since 2020."""
    found = MunicipalOffice.objects.filter(municipality=a_seat(code), holder__full_name=name).first()
    return found or add_office(
        person=chief(), municipality=a_seat(code), name=name, **{"from_day": date(2020, 1, 1), **facts}
    )


def an_act(**facts: Any) -> Act:
    """The act of these tests, in preparation."""
    found = Act.objects.filter(object_it="Atto di prova").first()
    given = {"body": a_body(), "kind": "plan", "object_it": "Atto di prova", **facts}
    return found or open_act(person=chief(), **given)


def a_public_act() -> Act:
    """An act of the register, with an annex."""
    act = Act.objects.get_or_create(
        slug="atto-pubblico", defaults={"body": a_body(), "kind": "other", "state": "recorded", "object_it": "Pubblico"}
    )[0]
    if not act.annexes.exists():
        add_annex(person=chief(), act=act, data=a_pdf(), title="Relazione")
    return act


def a_session(day: date = date(2026, 6, 1)) -> Session:
    """A session of the council."""
    found = Session.objects.filter(body=a_body(), held_on=day).first()
    return found or convene(person=chief(), body=a_body(), held_on=day)


def a_vote(**facts: Any) -> Vote:
    """A vote by name in that session."""
    a_mandate()
    found = Vote.objects.filter(**facts).first()
    return found or put_to_vote(person=chief(), session=a_session(), question="Prova", **facts)


def a_roll_of_312() -> Vote:
    """A roll call of a conference of 312 municipalities."""
    conference = a_body(Body.Kind.CONFERENCE)
    place = a_seat()
    Municipality.objects.bulk_create(
        Municipality(istat_code=f"996{n:03}", name=f"Comune {n:03}", territory=place.territory) for n in range(309)
    )
    session = convene(person=chief(), body=conference, held_on=date(2026, 6, 1))
    return put_to_vote(person=chief(), session=session, question="Appello", method="roll")


def a_secretary(*bodies: Body) -> User:
    """Somebody who keeps these bodies, or the council."""
    found = somebody("secretary")
    set_secretaries(person=chief(), secretary=found, bodies=bodies or (a_body(),))
    return found


def an_annex(body: Body | None = None) -> Annex:
    """An annex of an act of a body."""
    act = (
        an_act()
        if body is None or body == a_body()
        else open_act(person=chief(), body=body, kind="other", object_it=f"Atto di {body.slug}")
    )
    return act.annexes.first() or add_annex(person=chief(), act=act, data=a_pdf(), title="Relazione")


def an_opinion() -> Opinion:
    """An opinion that was asked of the conference on the act of these tests."""
    facts = {"asked_on": date(2026, 3, 1), "due_on": date(2026, 3, 30), "binding": True}
    return Opinion.objects.get_or_create(act=an_act(), body=a_body(Body.Kind.CONFERENCE), defaults=facts)[0]


def an_instrument() -> InstrumentVersion:
    """A version of an instrument with two items."""
    found = InstrumentVersion.objects.filter(instrument__name_it="Strumento di prova").first()
    if found is None:
        found = add_version(
            person=chief(), territory=a_small_territory(), kind="dup", name_it="Strumento di prova", label="2024-2026"
        )
        for place, code in enumerate(("A", "B")):
            InstrumentItem.objects.create(version=found, code=code, title_it=f"Obiettivo {code}", position=place)
    return found


def value_of_governance(key: str, name: str, kept: bool = True) -> str | int | None:
    """What stands at a place of an address of the desk that is about governance; None for all others. `kept`: of the
    council or of zone 1, else of a body and of a place with which their secretary has nothing to do."""

    def body() -> Body:
        return a_body() if kept else a_body(Body.Kind.SPOKESPERSONS)

    code = "997001" if kept else "997003"
    made: Any = {
        ("slug", "body"): lambda: body().slug,
        ("slug", "act"): lambda: an_act().slug,
        ("slug", "act_draft"): lambda: an_act().slug,
        ("slug", "add_annex"): lambda: an_act().slug if kept else an_annex(body()).act.slug,
        ("number", "drop_annex"): lambda: an_annex(body()).pk,
        ("number", "opinion_draft"): lambda: an_opinion().pk,
        ("number", "session_draft"): lambda: a_session().pk,
        ("kind", "session_draft"): lambda: "verbale",
        ("number", "change_session"): lambda: (
            (a_session() if kept else Session.objects.get_or_create(body=body(), held_on=date(2026, 6, 1))[0]).pk
        ),
        ("number", "instrument"): lambda: an_instrument().pk,
        ("number", "judged"): lambda: an_instrument().pk,
        ("number", "matrix_of_instrument"): lambda: an_instrument().pk,
        ("number", "items_of_instrument"): lambda: an_instrument().pk,
        ("file_format", "matrix_of_instrument"): lambda: "xlsx",
        ("file_format", "items_of_instrument"): lambda: "xlsx",
        ("number", "body_session"): lambda: a_session().pk,
        ("number", "body_attendance"): lambda: a_session().pk,
        ("number", "body_vote"): lambda: a_vote().pk,
        ("code", "municipal_offices"): lambda: a_seat(code).istat_code,
        ("number", "end_mandate"): lambda: a_mandate(body()).pk,
        ("number", "end_office"): lambda: an_office(code).pk,
        ("number", "body_rule"): lambda: body().rules.get().pk,
    }.get((key, name))
    return made() if made else None


def a_referent(code: str, email: str = "comune@esempio.it") -> User:
    """Somebody who answers for a municipality."""
    town = Organisation.objects.get_or_create(
        slug=f"comune-{code}", defaults={"name_it": code, "municipality_code": code}
    )
    person = User.objects.create_user(email, None)
    Grant.objects.create(person=person, role="referent", organisation=town[0])
    return person


def an_act_asked_about() -> dict[str, Opinion]:
    """The act of tests, on which the Conference and zones 1 and 2 were asked; by the slug of the body."""
    for body in (a_body(Body.Kind.CONFERENCE), *(a_body(Body.Kind.ZONE_ASSEMBLY, zone=n) for n in (1, 2))):
        assert body.pk
    act, day = an_act(), timezone.localdate()
    before_vote.deposit(person=chief(), act=act, day=day, words="Testo")
    before_vote.examine(person=chief(), act=act, day=day)
    opinions.ask_opinions(person=chief(), act=act, day=day, due=day + timedelta(15))
    return {one.body.slug: one for one in act.opinions.select_related("body")}
