"""The verbs by which the office prepares a consultation, changes it, and shows it to the public."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError, check_facts
from aumenta.people.short_names import free_slug
from aumenta.voices.activity import (
    CONSULTATION_CHANGED,
    CONSULTATION_DROPPED,
    CONSULTATION_HIDDEN,
    CONSULTATION_PREPARED,
    CONSULTATION_PUBLISHED,
)
from aumenta.voices.models import Consultation
from aumenta.voices.rules import may_keep_contributions, may_publish_consultations

TAKEN_WORDS: Final = {"segui", "ricevuta", "contributi", "risposte", "voci"}
"""Words that stand in addresses beside the short names of consultations."""


@transaction.atomic
def prepare_consultation(*, person: User, facts: Mapping[str, Any]) -> Consultation:
    """A new one that nobody sees yet. Raises NotAllowedError; RefusedError «consultation_invalid»."""
    check_permission(may_keep_contributions(person))
    consultation = Consultation(**facts)
    consultation.slug = free_slug(
        consultation.title_it, Consultation.objects.all(), longest=50, nothing="consultazione", taken=TAKEN_WORDS
    )
    _check(consultation)
    consultation.save()
    log(code=CONSULTATION_PREPARED, person=person, about=consultation)
    return consultation


@transaction.atomic
def change_consultation(*, person: User, consultation: Consultation, facts: Mapping[str, Any]) -> Consultation:
    """Put these values in place of those there were. What was promised to who has written stays as it was promised;
    the edition stays where somebody has written about it (RefusedError «consultation_has_contributions»), and one that
    is public is about an edition that is («consultation_of_hidden_edition»)."""
    check_permission(may_keep_contributions(person))
    if consultation.published_at:
        check_permission(may_publish_consultations(person))
    before = consultation.edition_id
    for name, value in facts.items():
        setattr(consultation, name, value)
    if consultation.edition_id != before and consultation.contributions.exists():
        raise RefusedError("consultation_has_contributions")
    if consultation.published_at and not consultation.edition.is_public:
        raise RefusedError("consultation_of_hidden_edition")
    _check(consultation)
    consultation.save()
    log(code=CONSULTATION_CHANGED, person=person, about=consultation)
    touch()
    return consultation


@transaction.atomic
def publish_consultation(*, person: User, consultation: Consultation) -> Consultation:
    """Show it to the public. Raises NotAllowedError; RefusedError «consultation_of_hidden_edition»."""
    check_permission(may_publish_consultations(person))
    if not consultation.edition.is_public:
        raise RefusedError("consultation_of_hidden_edition")
    consultation.published_at = timezone.now()
    consultation.save(update_fields=["published_at"])
    log(code=CONSULTATION_PUBLISHED, person=person, about=consultation)
    touch()
    return consultation


@transaction.atomic
def hide_consultation(*, person: User, consultation: Consultation) -> Consultation:
    """Take it off the public pages; who has written still follows what she wrote. Raises NotAllowedError."""
    check_permission(may_publish_consultations(person))
    consultation.published_at = None
    consultation.save(update_fields=["published_at"])
    log(code=CONSULTATION_HIDDEN, person=person, about=consultation)
    touch()
    return consultation


@transaction.atomic
def drop_consultation(*, person: User, consultation: Consultation) -> None:
    """Delete one to which nobody has written and which is not on the site. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_contributions(person))
    found = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if found.published_at or found.contributions.exists():
        raise RefusedError("consultation_in_use")
    log(code=CONSULTATION_DROPPED, person=person, about=found)
    found.delete()


def _check(consultation: Consultation) -> None:
    check_facts(consultation, "consultation_invalid", validate_constraints=False)
    if consultation.opens_on > consultation.closes_on:
        raise RefusedError("consultation_ends_first")
    if not 1 <= consultation.answer_days <= 366:
        raise RefusedError("consultation_answer_days")
