"""An invented consultation with contributions in every state, for trying the site out; every page says so."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from aumenta.people.models import User
from aumenta.plan.models import Action, Edition
from aumenta.review.models import Version
from aumenta.voices.contributions.admit import admit, refuse
from aumenta.voices.contributions.consultations import prepare_consultation, publish_consultation
from aumenta.voices.contributions.own import ask_erasure, withdraw_own
from aumenta.voices.contributions.points import divide, take_charge
from aumenta.voices.contributions.publish_answers import publish_answers
from aumenta.voices.contributions.receive import Part, Sender, receive_contribution
from aumenta.voices.contributions.write_answer import Said, review_answer, write_answer
from aumenta.voices.models import Consultation, Contribution, ContributionSender
from aumenta.voices.record_contributions import join


class Letter(NamedTuple):
    """One invented contribution: its text, its wish, who writes."""

    text: str
    wish: str = "unsigned"
    name: str = ""
    kind: str = ContributionSender.Kind.PERSON
    organisation_kind: str = ""


LETTERS: Final = (
    Letter(
        "La sera, dopo le venti, dal mio paese non passa più un autobus verso la stazione.\n\nServirebbe anche una "
        "pensilina: chi aspetta lo fa sotto la pioggia.",
        "signed",
        "Giulia Prova",
    ),
    Letter("Anche da noi l’ultimo autobus per la stazione parte troppo presto."),
    Letter(
        "Vorrei che gli artigiani potessero usare i laboratori delle scuole nel pomeriggio.",
        "signed",
        "Bottega Inventata",
        ContributionSender.Kind.ORGANISATION,
        "firm",
    ),
    Letter("Il sentiero lungo il fiume è interrotto in tre punti: chi cammina finisce sulla provinciale."),
    Letter("Chiediamo di abbassare il biglietto del treno regionale.", "unsigned"),
    Letter(
        "Non voglio che questo testo sia pubblicato: racconto di un parente che non riesce a prenotare una visita.",
        "no",
    ),
    Letter(
        "Serve un posto dove trovare insieme tutti i bandi aperti per i piccoli comuni.",
        "signed",
        "Unione di comuni inventata",
        ContributionSender.Kind.ORGANISATION,
        "municipality",
    ),
    Letter("Il piano parla poco di chi lavora di notte."),
    Letter("Vendo biciclette usate, prezzi ottimi."),
    Letter("Avevo scritto di una strada, ma ho cambiato idea.", "signed", "Ugo Prova"),
    Letter("Cancellate per favore quello che ho scritto.", "no", "Lia Prova"),
    Letter("Più alberi nelle piazze asfaltate: d’estate non ci si può stare."),
)
"""Invented from beginning to end: no sentence of anybody's."""
TITLE: Final = "Consultazione di esempio sul piano"


@transaction.atomic
def make_demo_consultation(*, person: User, colleague: User) -> Consultation | None:
    """Make it once, where no consultation is yet and an edition can be read; one writes, the other reviews."""
    edition = (
        Edition.objects.filter(state="public", axes__strategies__actions__isnull=False).order_by("first_year").last()
    )
    if Consultation.objects.exists() or edition is None:
        return None
    today = timezone.localdate()
    facts = {
        "edition": edition,
        "title_it": TITLE,
        "title_en": "Sample consultation on the plan",
        "text_it": "Questa consultazione è inventata: prova il modulo, guarda le risposte e segui un contributo.",
        "text_en": "This consultation is invented: try the form, look at the answers and follow a contribution.",
        "opens_on": today - timedelta(days=30),
        "closes_on": today + timedelta(days=60),
        "answer_days": 30,
    }
    consultation = prepare_consultation(person=person, facts=facts)
    consultation.invented = True
    consultation.save(update_fields=["invented"])
    publish_consultation(person=colleague, consultation=consultation)
    letters = [_sent(consultation, one) for one in LETTERS]
    _answered(person, colleague, letters, edition)
    publish_answers(person=colleague, consultation=consultation)
    _still_open(person, letters, edition)
    return consultation


def _sent(consultation: Consultation, letter: Letter) -> Contribution:
    sender = Sender(letter.kind, letter.name, "", letter.organisation_kind)
    parts, now = [Part(letter.text)], timezone.now()
    return receive_contribution(
        consultation=consultation, parts=parts, sender=sender, now=now, wish=letter.wish, by_mail=False
    ).contribution


def _answered(person: User, colleague: User, letters: list[Contribution], edition: Edition) -> None:
    """The first six, each with another outcome; the second repeats the first."""
    for letter in letters[:8]:
        admit(person=person, contribution=letter)
    divide(person=person, contribution=letters[0], texts=letters[0].text.split("\n\n"))
    sheet = _sheet(edition)
    words = Version.objects.latest_of(sheet)
    quote = words.content["title_it"] if words else ""
    said: Mapping[int, Said] = {
        0: Said(
            "partly",
            "La scheda prevede più corse serali; le fermate spettano a chi gestisce le strade.",
            "",
            sheet,
            quote,
        ),
        1: Said("partly", "La scheda prevede più corse serali verso le stazioni.", "", sheet, quote),
        2: Said("already", "C’è già: la scheda apre i laboratori a chi lavora sul territorio.", "", sheet, quote),
        3: Said(
            "taken_up",
            "Lo abbiamo inserito tra le cose da fare.",
            "We have put it among the things to do.",
            sheet,
            quote,
        ),
        4: Said("not_ours", "Le tariffe dei treni regionali non dipendono da noi.", passed_to="Regione"),
        5: Said("not", "Grazie: non riguarda il piano, ma abbiamo indicato a chi rivolgersi."),
    }
    for n, answer in said.items():
        claims = list(letters[n].claims.all())
        made = write_answer(person=person, claims=claims, said=answer, with_repeats=False)
        review_answer(person=colleague, answer=made, revision=made.revision)


def _still_open(person: User, letters: list[Contribution], edition: Edition) -> None:
    """What waits: an answer for the second pair of eyes, one taken charge of, refused, withdrawn, to be erased."""
    join(person=person, contribution=letters[1], same_as=letters[0])
    write_answer(
        person=person,
        claims=list(letters[6].claims.all()),
        said=Said("taken_up", "Stiamo preparando una pagina con tutti i bandi aperti.", "", _sheet(edition)),
    )
    take_charge(person=person, contributions=[letters[7]])
    refuse(person=person, contribution=letters[8], reason="È pubblicità: non riguarda il piano.")
    admit(person=person, contribution=letters[9])
    withdraw_own(contribution=letters[9])
    ask_erasure(contribution=letters[10])


def _sheet(edition: Edition) -> Action:
    return Action.objects.of(edition).order_by("strategy__axis__number", "strategy__number", "number")[0]
