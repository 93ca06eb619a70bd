"""Invented questionnaires and replies."""

import secrets
from datetime import timedelta
from typing import Any

from django.utils import timezone

from aumenta.core.survey.questions import Kind, Option, Question
from aumenta.plan.models import Edition
from aumenta.surveys.models import Invitation, Questionnaire, Reply
from aumenta.surveys.take_reply import enter_reply, take_reply
from aumenta.surveys.write_questionnaire import (
    close_questionnaire,
    open_questionnaire,
    prepare_questionnaire,
    publish_results,
    write_questions,
)
from tests.cast import somebody

OPTIONS = (Option("bus", "Autobus", "Bus"), Option("auto", "Auto", "Car"), Option("bici", "Bici", "Bicycle"))
QUESTIONS = (
    Question("mezzo", Kind.SINGLE, "Come ti muovi?", "How do you travel?", required=True, options=OPTIONS),
    Question("perche", Kind.OPEN, "Perché l'auto?", "Why by car?", only_if="mezzo", only_values=("auto",)),
    Question("temi", Kind.MULTIPLE, "Che cosa conta?", "What matters?", options=OPTIONS),
    Question("voto", Kind.SCALE, "Quanto ti piace?", "How much do you like it?", low=1, high=5),
    Question(
        "tabella",
        Kind.MATRIX,
        "E per chi?",
        "And for whom?",
        options=(Option("si", "Sì", "Yes"), Option("no", "No", "No")),
        rows=(Option("giovani", "Giovani", "Young people"), Option("anziani", "Anziani", "Elderly people")),
    ),
    Question("anni", Kind.NUMBER, "Quanti anni hai?", "How old are you?", low=0, high=120),
    Question("giorno", Kind.DATE, "Da quando?", "Since when?"),
)

TABLE = {"giovani": "si", "anziani": "no"}


def a_questionnaire(edition: Edition, slug: str = "questionario-di-prova", **facts: Any) -> Questionnaire:
    """A questionnaire of every kind of question that is open today."""
    if found := Questionnaire.objects.filter(slug=slug).first():
        return found
    person = somebody("approver")
    today = timezone.localdate()
    usual = {"title_it": slug.replace("-", " ").capitalize(), "title_en": "Sample questionnaire", "edition": edition}
    days = {"opens_on": today - timedelta(days=5), "closes_on": today + timedelta(days=5), "invented": True}
    made = prepare_questionnaire(person=person, facts={**usual, **days, **facts})
    write_questions(person=person, questionnaire=made, questions=QUESTIONS, seen=0)
    return open_questionnaire(person=person, questionnaire=made)


def a_reply(questionnaire: Questionnaire, invitation: Invitation | None = None, **answers: Any) -> Reply:
    """What somebody replied."""
    version = questionnaire.in_use
    assert version is not None
    return take_reply(
        version=version,
        answers={"mezzo": "bus", **answers},
        language="it",
        form_key=secrets.token_hex(16),
        invitation=invitation,
    )


def a_reply_from_paper(questionnaire: Questionnaire) -> Reply:
    """One that the office typed."""
    found = Reply.objects.filter(version__questionnaire=questionnaire, way=Reply.Way.PAPER).first()
    version = questionnaire.in_use
    assert version is not None
    key = secrets.token_hex(16)
    return found or enter_reply(person=somebody("editor"), version=version, answers={"mezzo": "bus"}, form_key=key)


def finished(questionnaire: Questionnaire, replies: int = 20) -> Questionnaire:
    """A questionnaire to which some replied, closed, with its results on the site."""
    person = somebody("approver")
    for n in range(replies):
        a_reply(
            questionnaire,
            mezzo=("bus", "auto", "bici")[n % 3],
            voto=n % 5 + 1,
            anni=20 + n,
            temi=["bus"],
            tabella=TABLE,
        )
    close_questionnaire(person=person, questionnaire=questionnaire)
    return publish_results(person=person, questionnaire=questionnaire)


def two_questionnaires() -> None:
    """One that is open, and one that is over with its results."""
    edition = Edition.objects.filter(state="public").order_by("first_year").first()
    assert edition is not None
    a_questionnaire(edition)
    finished(a_questionnaire(edition, "questionario-finito"))
