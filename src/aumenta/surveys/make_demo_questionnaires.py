"""Two invented questionnaires, one open and one over with its results, for trying the site out; every page says so."""

import random
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from aumenta.core.survey.questions import Kind, Option, Question
from aumenta.people.models import User
from aumenta.plan.models import Edition
from aumenta.surveys.models import Questionnaire, Reply
from aumenta.surveys.write_questionnaire import (
    close_questionnaire,
    open_questionnaire,
    prepare_questionnaire,
    publish_results,
    write_questions,
)

KNOWN: Final = (
    Option("molto", "Molto", "Well"),
    Option("poco", "Un poco", "A little"),
    Option("no", "Per niente", "Not at all"),
)
MATTERS: Final = (
    Option("bus", "Autobus e treni", "Buses and trains"),
    Option("cura", "Servizi di cura", "Care services"),
    Option("lavoro", "Lavoro", "Work"),
    Option("natura", "Natura e acqua", "Nature and water"),
)
QUESTIONS: Final = (
    Question("conosci", Kind.SINGLE, "Conosci il piano?", "Do you know the plan?", required=True, options=KNOWN),
    Question(
        "come",
        Kind.OPEN,
        "Da dove lo conosci?",
        "How do you know it?",
        only_if="conosci",
        only_values=("molto", "poco"),
    ),
    Question("conta", Kind.MULTIPLE, "Che cosa conta per te?", "What matters to you?", options=MATTERS),
    Question(
        "ascolto",
        Kind.SCALE,
        "Da 1 a 5: quanto il piano ti ascolta?",
        "From 1 to 5: how much do you feel heard?",
        low=1,
        high=5,
    ),
    Question(
        "anni", Kind.NUMBER, "Da quanti anni vivi qui?", "For how many years have you lived here?", low=0, high=120
    ),
)
REPLIES: Final = 84


@transaction.atomic
def make_demo_questionnaires(*, person: User) -> bool:
    """Make them once, where there is no questionnaire yet and an edition can be read; whether they were made."""
    edition = Edition.objects.filter(state="public").order_by("first_year").first()
    if Questionnaire.objects.exists() or edition is None:
        return False
    _made(person, edition, "Questionario inventato, aperto", "Invented questionnaire, open", -10, 60)
    over = _made(person, edition, "Questionario inventato, concluso", "Invented questionnaire, over", -40, 5)
    chance = random.Random(409)  # noqa: S311 - invented replies, the same each time
    version, day = over.in_use, timezone.localdate()
    Reply.objects.bulk_create(
        Reply(version=version, answers=_invented(chance), way=Reply.Way.OPEN, received_on=day - timedelta(days=n % 30))
        for n in range(REPLIES)
    )
    close_questionnaire(person=person, questionnaire=over)
    publish_results(person=person, questionnaire=over)
    return True


def _made(person: User, edition: Edition, title_it: str, title_en: str, first: int, last: int) -> Questionnaire:
    today = timezone.localdate()
    facts = {
        "edition": edition,
        "title_it": title_it,
        "title_en": title_en,
        "opens_on": today + timedelta(days=first),
        "closes_on": today + timedelta(days=last),
        "invented": True,
        "sent_to": 400,
    }
    made = prepare_questionnaire(person=person, facts=facts)
    write_questions(person=person, questionnaire=made, questions=QUESTIONS, seen=0)
    return open_questionnaire(person=person, questionnaire=made)


def _invented(chance: random.Random) -> dict[str, Any]:
    known = chance.choice(["molto", "poco", "poco", "no", "no"])
    answers: dict[str, Any] = {"conosci": known, "ascolto": chance.choice([1, 2, 3, 3, 4, 5])}
    answers["conta"] = [one.code for one in MATTERS if chance.random() < 0.5] or ["bus"]
    answers["anni"] = chance.randrange(1, 70)
    return answers
