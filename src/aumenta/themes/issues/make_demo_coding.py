"""Invented interviews, read and given to the issues of the plan, for trying the site out; every page says so."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from aumenta.core.text.anchors import Span
from aumenta.people.models import User
from aumenta.plan.models import Action, Edition
from aumenta.territory.models import Territory, Zone
from aumenta.themes.issues.code_passages import code_passage
from aumenta.themes.issues.codebook import change_issue
from aumenta.themes.issues.publish_matrix import publish_matrix
from aumenta.themes.models import Issue
from aumenta.voices.models import Consent, Statement, Talk
from aumenta.voices.passages.second_reading import begin_second_reading, finish_second_reading
from aumenta.voices.talks.keep_talks import add_speaker, give_consent, put_on_record, record_talk


class Heard(NamedTuple):
    """An invented talk: its kind, the zone, how far its words go, and what was said under which issues."""

    kind: str
    zone: int
    level: str
    said: Sequence[tuple[str, tuple[str, ...]]]


BUS: Final = "Dopo le venti dal paese non parte più un autobus: chi fa il turno di notte ci va in macchina."
ROADS: Final = "La provinciale ha le buche da due inverni, e il ponte porta un camion alla volta."
YOUNG: Final = "I ragazzi finiti gli studi restano in città: qui non trovano né lavoro né casa."
WIRE: Final = "Con questa linea una videochiamata cade tre volte: come si fa a lavorare da qui?"
DOCTOR: Final = "Il medico viene due mattine; per una visita si va a trenta chilometri."
PAPER: Final = "Per un permesso abbiamo aspettato undici mesi, e nessuno sapeva dire a che punto fosse."
HEARD: Final = (
    Heard("interview", 4, "unnamed", [(BUS, ("1.14",)), (ROADS, ("1.12", "1.10"))]),
    Heard("interview", 4, "unnamed", [(BUS, ("1.14", "1.2")), (YOUNG, ("6.9",))]),
    Heard("interview", 4, "closed", [(ROADS, ("1.12",)), (WIRE, ("4.7",))]),
    Heard("interview", 6, "unnamed", [(BUS, ("1.14",)), (DOCTOR, ("5.1", "1.13"))]),
    Heard("interview", 6, "closed", [(BUS, ("1.14",)), (YOUNG, ("6.9", "4.8"))]),
    Heard("interview", 6, "unnamed", [(WIRE, ("4.7",)), (BUS, ("1.14",))]),
    Heard("interview", 8, "closed", [(DOCTOR, ("5.1",)), (PAPER, ("6.3",))]),
    Heard("focus", 0, "unnamed", [(BUS, ("1.14", "1.15")), (PAPER, ("6.3",)), (YOUNG, ("6.9",))]),
    Heard("focus", 0, "unnamed", [(WIRE, ("4.7", "6.4")), (BUS, ("1.14",))]),
    Heard("focus", 0, "closed", [(PAPER, ("6.3",)), (BUS, ("1.14",))]),
)
"""Invented from beginning to end: no sentence of anybody's."""
NOT_OURS: Final = ("5.4", "Il personale della sanità dipende dalla Regione.", "Health staff depend on the Region.")


@transaction.atomic
def make_demo_coding(*, person: User, colleague: User) -> bool:
    """Make it once, where the first public edition has issues and nobody was heard yet; whether it was made."""
    edition = Edition.objects.filter(state="public", issues__isnull=False).order_by("first_year").first()
    if edition is None or Talk.objects.exists():
        return False
    issues = {one.code: one for one in Issue.objects.filter(edition=edition).issues().select_related("parent")}
    if not {code for one in HEARD for _text, codes in one.said for code in codes} <= issues.keys():
        return False
    home = Territory.objects.home()
    zones = {zone.number: zone for zone in Zone.objects.filter(territory=home)} if home else {}
    talks = [_talk(person, edition, number, one, zones) for number, one in enumerate(HEARD, 1)]
    for talk, one in zip(talks, HEARD, strict=True):
        for statement, (_text, codes) in zip(talk.statements.all(), one.said, strict=True):
            span = Span(0, len(statement.text))
            code_passage(person=person, text=statement, span=span, issues=[issues[code] for code in codes])
    _read_again(colleague, talks[0], issues)
    _answered(person, issues, edition)
    publish_matrix(person=colleague, edition=edition)
    return True


def _talk(person: User, edition: Edition, number: int, heard: Heard, zones: dict[int, Zone]) -> Talk:
    facts = {
        "edition": edition,
        "kind": heard.kind,
        "title": f"Colloquio inventato {number}",
        "held_on": timezone.localdate() - timedelta(days=60 - number),
        "mode": "online",
        "level": heard.level,
        "zone": zones.get(heard.zone),
        "invented": True,
        "guide": "Traccia di prova, versione 1",
    }
    talk = record_talk(person=person, facts=facts)
    speaker = add_speaker(person=person, talk=talk, facts={"label": "Voce 1", "zone": zones.get(heard.zone)})
    for use in (Consent.Use.TAKE_PART, Consent.Use.TRANSCRIBE, Consent.Use.QUOTE):
        give_consent(person=person, speaker=speaker, use=use, text_version="prova 1", given_on=timezone.localdate())
    made = Statement.objects.bulk_create(
        Statement(talk=talk, position=place, speaker=speaker, text=text)
        for place, (text, _codes) in enumerate(heard.said, 1)
    )
    if heard.level != Talk.Level.CLOSED:
        put_on_record(person=person, statements=list(Statement.objects.filter(pk__in=[one.pk for one in made])))
    return talk


def _read_again(colleague: User, talk: Talk, issues: dict[str, Issue]) -> None:
    """The second reader agrees on one statement, and gives the other to one issue less."""
    begin_second_reading(person=colleague, source=talk)
    for statement, code in zip(talk.statements.all(), ("1.14", "1.12"), strict=True):
        span = Span(0, len(statement.text))
        code_passage(person=colleague, text=statement, span=span, issues=[issues[code]])
    finish_second_reading(person=colleague, source=talk)


def _answered(person: User, issues: dict[str, Issue], edition: Edition) -> None:
    action = Action.objects.of(edition).order_by("strategy__axis__number", "strategy__number", "number").first()
    if action is not None:
        change_issue(person=person, issue=issues["6.3"], words={"state": "answered"}, actions=[action])
    code, reason_it, reason_en = NOT_OURS
    words = {"state": "not_ours", "state_reason_it": reason_it, "state_reason_en": reason_en}
    change_issue(person=person, issue=issues[code], words=words)
