"""The verbs by which the office keeps interviews, focus groups and hearings: the occasion, who was heard, consents."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.transcripts.pseudonyms import replace_names
from aumenta.people.erasures import note_erasure
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError, check_facts
from aumenta.voices.activity import (
    CONSENT_GIVEN,
    CONSENT_WITHDRAWN,
    SPEAKER_ADDED,
    SPEAKER_ERASED,
    STATEMENTS_ON_RECORD,
    TALK_CHANGED,
    TALK_RECORDED,
)
from aumenta.voices.models import Consent, Passage, Speaker, Statement, Talk
from aumenta.voices.passages.follow_text import follow_statement
from aumenta.voices.rules import may_keep_contributions

FORGET_AFTER: Final = timedelta(days=3 * 365)
"""After the talk: then name, role and address go, unless an earlier day was promised."""
GAP: Final = "[…]"
WORDS_OF_TALK: Final = {
    "title": 200,
    "guide": 200,
    "topics": 5000,
    "convergences": 5000,
    "ideas": 5000,
    "asked_of_us": 5000,
}
"""What the office wrote of a talk, with the longest that is kept of each."""
ERASED: Final = "[cancellato su richiesta · erased on request]"


@transaction.atomic
def record_talk(*, person: User, facts: Mapping[str, Any]) -> Talk:
    """Note that somebody was asked, heard, or declined. Raises NotAllowedError; RefusedError where a day is missing or
    still to come."""
    check_permission(may_keep_contributions(person))
    talk = Talk(**facts, entered_by=person)
    _check(talk)
    talk.save()
    log(code=TALK_RECORDED, person=person, about=talk, subject=str(talk.pk))
    return talk


@transaction.atomic
def change_talk(*, person: User, talk: Talk, facts: Mapping[str, Any]) -> Talk:
    """Put these facts in place of those there were; its level reaches every page at once. Raises NotAllowedError."""
    check_permission(may_keep_contributions(person))
    for name, value in facts.items():
        setattr(talk, name, value)
    _check(talk)
    talk.save()
    log(code=TALK_CHANGED, person=person, about=talk, subject=str(talk.pk))
    touch()
    return talk


def _check(talk: Talk) -> None:
    if talk.state == Talk.State.HELD and talk.held_on is None:
        raise RefusedError("talk_without_day")
    if talk.state != Talk.State.ASKED and talk.held_on and talk.held_on > timezone.localdate():
        raise RefusedError("talk_in_the_future")
    check_facts(talk, "talk_invalid", exclude=["edition", "entered_by"], validate_constraints=False)


@transaction.atomic
def add_speaker(*, person: User, talk: Talk, facts: Mapping[str, Any]) -> Speaker:
    """Note who was heard. Her label must not be her name. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_contributions(person))
    facts = dict(facts)
    start = talk.held_on or timezone.localdate()
    facts["forget_on"] = facts.get("forget_on") or start + FORGET_AFTER
    speaker = Speaker(talk=talk, **facts)
    speaker.label = " ".join(speaker.label.split()) or free_label(talk)
    if talk.speakers.filter(label=speaker.label).exists():
        raise RefusedError("speaker_label_taken", label=speaker.label)
    words = {word for word in speaker.name.casefold().split() if len(word) > 2}
    if words & set(speaker.label.casefold().split()):
        raise RefusedError("label_is_the_name")
    check_facts(speaker, "talk_invalid", exclude=["talk"], validate_constraints=False)
    speaker.save()
    log(code=SPEAKER_ADDED, person=person, about=talk, subject=str(talk.pk), detail=speaker.label)
    return speaker


def free_label(talk: Talk) -> str:
    """The first label of the talk that nobody has: «Voce 1»."""
    held = set(talk.speakers.values_list("label", flat=True))
    return next(label for n in range(1, len(held) + 2) if (label := f"Voce {n}") not in held)


@transaction.atomic
def give_consent(
    *, person: User, speaker: Speaker, use: str, text_version: str, given_on: date, how: str = ""
) -> Consent:
    """Note that she agreed to a use, by which text and when. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_contributions(person))
    if use not in Consent.Use.values or not text_version.strip():
        raise RefusedError("consent_without_text")
    if given_on > timezone.localdate():
        raise RefusedError("talk_in_the_future")
    if speaker.erased:
        raise RefusedError("speaker_is_erased")
    values = {"text_version": text_version.strip()[:60], "given_on": given_on, "how": how.strip()[:100]}
    made, _new = Consent.objects.update_or_create(speaker=speaker, use=use, defaults={**values, "withdrawn_on": None})
    log(code=CONSENT_GIVEN, person=person, about=speaker.talk, subject=str(speaker.talk_id), detail=use)
    touch()
    return made


@transaction.atomic
def withdraw_consent(*, person: User, consent: Consent) -> Consent:
    """She no longer agrees: what rested on it leaves every page at once. Whoever no longer agrees to be heard, or to be
    transcribed, is erased with her words. Raises NotAllowedError."""
    check_permission(may_keep_contributions(person))
    consent.withdrawn_on = timezone.localdate()
    consent.save(update_fields=["withdrawn_on"])
    speaker = consent.speaker
    log(code=CONSENT_WITHDRAWN, person=person, about=speaker.talk, subject=str(speaker.talk_id), detail=consent.use)
    if consent.erases:
        _erase(speaker)
    touch()
    return consent


@transaction.atomic
def erase_speaker(*, person: User, speaker: Speaker) -> Speaker:
    """Erase who she is and what she said, because she asks; a notice stands in its place. Raises NotAllowedError."""
    check_permission(may_keep_contributions(person))
    _erase(speaker)
    log(code=SPEAKER_ERASED, person=person, about=speaker.talk, subject=str(speaker.talk_id), detail=speaker.label)
    touch()
    return speaker


def erase_speaker_again(key: str) -> None:
    """After a backup from before was restored."""
    for speaker in Speaker.objects.filter(pk=key, erased=False).select_related("talk"):
        _erase(speaker)
        touch()


def _erase(speaker: Speaker) -> None:
    note_erasure(SPEAKER_ERASED, speaker.pk)
    take_name_out(speaker)
    speaker.name, speaker.role, speaker.email, speaker.erased = "", "", "", True
    speaker.save(update_fields=["name", "role", "email", "erased", "label"])
    Passage.objects.filter(statement__speaker=speaker).delete()
    speaker.statements.update(text=ERASED, on_record=False, starts=None)
    # What somebody looks at holds her words too.
    speaker.talk.transcripts.update(turns="", name="")
    others = speaker.talk.speakers.exclude(pk=speaker.pk).filter(erased=False)
    if not others.exists():
        Talk.objects.filter(pk=speaker.talk_id).update(
            title=ERASED[:200], topics="", convergences="", ideas="", asked_of_us=""
        )


def take_name_out(speaker: Speaker) -> None:
    """Put her label in the place of her name wherever the talk still has it: in the office's words, in what others said
    there, in how she agreed, in a label that is made of it. Single words of the name leave a gap, for they may be
    somebody else's too."""
    words = [word for word in speaker.name.split() if len(word) > 2]
    if set(speaker.label.casefold().split()) & {word.casefold() for word in words}:
        speaker.label = free_label(speaker.talk)
        Speaker.objects.filter(pk=speaker.pk).update(label=speaker.label)
    gaps = dict.fromkeys([*words, *filter(None, [speaker.email])], GAP)
    table = {**gaps, speaker.name: speaker.label} if speaker.name.strip() else gaps
    speaker.consents.exclude(how="").update(how="")
    if not table:
        return
    # As it is kept now: an earlier step may have changed it.
    talk = Talk.objects.get(pk=speaker.talk_id)
    Talk.objects.filter(pk=talk.pk).update(
        **{name: replace_names(getattr(talk, name), table)[:length] for name, length in WORDS_OF_TALK.items()}
    )
    for statement in talk.statements.only("text"):
        if (text := replace_names(statement.text, table)) != statement.text:
            Statement.objects.filter(pk=statement.pk).update(text=text)
            follow_statement(statement, statement.text, text)
    for passage in Passage.objects.filter(statement__talk=talk).exclude(memo="").only("memo"):
        if (memo := replace_names(passage.memo, table)[:5000]) != passage.memo:
            Passage.objects.filter(pk=passage.pk).update(memo=memo)


@transaction.atomic
def put_on_record(*, person: User, statements: Sequence[Statement], on_record: bool = True) -> int:
    """Let these words be quoted, or no longer; how many changed. Refused where the talk is never quoted or who said
    them did not agree. Raises NotAllowedError."""
    check_permission(may_keep_contributions(person))
    changed = [one for one in statements if one.on_record != on_record]
    for one in changed:
        if on_record and one.talk.level == Talk.Level.CLOSED:
            raise RefusedError("talk_is_never_quoted")
        if on_record and not _agreed(one):
            raise RefusedError("no_consent_to_quote", label=str(one.speaker or "–"))
    Statement.objects.filter(pk__in=[one.pk for one in changed]).update(on_record=on_record)
    if changed:
        talk = changed[0].talk
        log(code=STATEMENTS_ON_RECORD, person=person, about=talk, subject=str(talk.pk), detail=str(len(changed)))
        touch()
    return len(changed)


def _agreed(statement: Statement) -> bool:
    if statement.speaker is None:
        return False
    given = statement.speaker.consents.filter(withdrawn_on=None).values_list("use", flat=True)
    return {Consent.Use.QUOTE, Consent.Use.TAKE_PART} <= set(given)
