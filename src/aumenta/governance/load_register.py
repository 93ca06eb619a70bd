"""Load the acts that the sources tell of, and the session of 10 May 2023 with its vote by name; what a source does not
say stays empty. The vote is entered here without an account: it is the minute's, not a clerk's."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from aumenta.activity.public_revision import touch
from aumenta.governance.load_bodies import rows
from aumenta.governance.models import Act, Ballot, Body, Session, Vote
from aumenta.governance.polls.result import frozen, result_of, rule_for, seats_of
from aumenta.people.short_names import free_slug
from aumenta.plan.models import Edition
from aumenta.territory.models import Territory

MINUTE: Final = "Processo verbale dell'adunanza V del Consiglio metropolitano, 10/05/2023, atto n. DEL_CONS 23"
HELD: Final = date(2023, 5, 10)
ABSENT: Final = ("Andrea Tragaioli", "Daniel Cannati", "Luca Salvai", "Nadia Conticelli", "Valentina Cera")
ABSTAINED: Final = ("Davide D’Agostino",)
POINTS: Final = (
    "Approvazione delle linee di indirizzo per il piano strategico 2024-2026 (allegato)\n"
    "Avvio del processo di formazione del piano e del confronto con amministrazioni e portatori di interesse\n"
    "Incarico al dirigente del Dipartimento Sviluppo economico per gli adempimenti\n"
    "Immediata eseguibilità"
)


@transaction.atomic
def load_register(*, territory: Territory) -> int:
    """The acts of `data/<city>/acts.csv` and the vote of 10 May 2023; returns how many. None where one is there."""
    if Act.objects.filter(body__territory=territory).exists():
        return 0
    bodies = {body.slug: body for body in Body.objects.filter(territory=territory)}
    editions = {one.label: one for one in Edition.objects.all()}
    made = 0
    for row in rows(territory.slug, "acts.csv"):
        Act.objects.create(
            slug=free_slug(
                f"{row['day'] or row['day_words']} {row['object_it']}", Act.objects.all(), longest=60, nothing="atto"
            ),
            body=bodies[row["body"]],
            kind=row["kind"],
            state=Act.State.RECORDED,
            number=row["number"],
            year=int(row["year"]) if row["year"] else None,
            day=date.fromisoformat(row["day"]) if row["day"] else None,
            day_words=row["day_words"],
            object_it=row["object_it"],
            object_en=row["object_en"],
            outcome=row["outcome"],
            vote_words=row["vote_words"],
            source=row["source"],
            edition=editions.get(row["edition"]),
        )
        made += 1
    if made:
        _the_tenth_of_may(bodies["consiglio"])
        touch()
    return made + bool(made)


def _the_tenth_of_may(council: Body) -> None:
    session = Session.objects.create(
        body=council,
        number="V",
        held_on=HELD,
        convened_on=date(2023, 5, 4),
        begins="15:30",
        place="Torino, piazza Castello 205, aula consiliare",
        chair="Stefano Lo Russo",
        secretary="Giuseppe Formichella",
    )
    _its_vote(session, _guidelines(council))


def _guidelines(council: Body) -> Act:
    return Act.objects.create(
        slug="linee-di-indirizzo-psm-2024-2026",
        body=council,
        kind=Act.Kind.GUIDELINES,
        state=Act.State.RECORDED,
        number="23",
        year=2023,
        day=HELD,
        object_it="Linee di indirizzo per la definizione del piano strategico metropolitano 2024-2026",
        object_en="Guidelines for the metropolitan strategic plan 2024-2026",
        points=POINTS,
        outcome="approvata e immediatamente eseguibile",
        vote_words="presenti 14, votanti 14, favorevoli 13, astenuti 1",
        source=MINUTE,
        enforceable_on=HELD,
    )


def _its_vote(session: Session, act: Act) -> None:
    vote = Vote(session=session, act=act, method=Vote.Method.HANDS, with_enforceability=True)
    vote.question = "La deliberazione e la sua immediata eseguibilità"
    vote.rule = rule_for(vote)
    vote.rule_record = vote.rule.record if vote.rule else None
    vote.declared = {"present": 14, "for": 13, "abstained": 1}
    vote.declared_outcome = "passes"
    vote.save()
    Ballot.objects.bulk_create(
        Ballot(
            vote=vote,
            seat=seat.id,
            name=seat.name,
            mandate=seat.mandate,
            option="absent" if seat.name in ABSENT else "abstained" if seat.name in ABSTAINED else "for",
        )
        for seat in seats_of(vote).seats
    )
    vote.result = frozen(result_of(vote))
    vote.closed_at = timezone.now()
    vote.save()
