"""The verbs by which a transcript is looked at, its names replaced, and taken into a talk as statements."""

import difflib
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.documents import Document, DocumentError
from aumenta.core.documents.limited import document_read_apart
from aumenta.core.transcripts import read_transcript
from aumenta.core.transcripts.pseudonyms import replace_names
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.voices.activity import TRANSCRIPT_TAKEN_IN
from aumenta.voices.contributions.attachments import plain_name
from aumenta.voices.models import Passage, SentTranscript, Speaker, Statement, Talk
from aumenta.voices.passages.follow_text import follow_statement
from aumenta.voices.rules import may_keep_contributions
from aumenta.voices.talks.keep_talks import FORGET_AFTER, take_name_out

LARGEST: Final = 20_000_000
MOST_TURNS: Final = 5_000
MOST_SIGNS: Final = 2_000_000
"""Of text: thirty hours of talk."""
MOST_SPEAKERS: Final = 200
"""More are a list, or a text with colons: each would be looked for in all the text."""
LOOKED_AT: Final = timedelta(days=7)
"""How long what was sent waits to be taken in: it holds names."""
_ASKS: Final = re.compile(r"(?:intervist|interviewer|moderat|facilitat|conduttor|conduttric|domanda|d\.?$|q\.?$)", re.I)
"""How transcripts call whoever asks."""
ALIKE: Final = 0.6
"""From which likeness on a corrected turn is the one there was."""
SHORT: Final = 200
"""Signs: a turn that has fewer is compared sign by sign."""
COMPARED: Final = 2_000
"""Words of a long turn that are compared."""


def send_transcript(*, person: User, talk: Talk, name: str, content: bytes) -> SentTranscript:
    """Read a file and keep what was read, to be looked at: nothing of it is a statement yet. Raises NotAllowedError;
    RefusedError where it gives no text, or was taken in before."""
    check_permission(may_keep_contributions(person))
    # Read before anything is locked: nobody who writes waits for it.
    if len(content) > LARGEST:
        raise RefusedError("file_too_large", most=LARGEST // 1_000_000)
    digest = hashlib.sha256(content).hexdigest()
    if SentTranscript.objects.filter(sha256=digest).exclude(accepted_at=None).exists():
        raise RefusedError("transcript_taken_in_before")
    try:
        found = read_transcript(content, _read_short)
    except DocumentError as fault:
        raise RefusedError(f"transcript_{fault.fault}") from fault
    if len(found.turns) > MOST_TURNS:
        raise RefusedError("transcript_too_many_turns", most=MOST_TURNS)
    if len(found.speakers) > MOST_SPEAKERS:
        raise RefusedError("transcript_too_many_speakers", most=MOST_SPEAKERS)
    read = {
        "turns": [turn._asdict() for turn in found.turns],
        "speakers": found.speakers,
        "not_read": [one._asdict() for one in found.left_out],
        "problems": [one._asdict() for one in found.problems],
        "kind": found.kind,
    }
    with transaction.atomic():
        talk.transcripts.filter(accepted_at=None).delete()
        return SentTranscript.objects.create(
            talk=talk, name=plain_name(name), sha256=digest, turns=json.dumps(read), sent_by=person
        )


def _read_short(content: bytes) -> Document:
    """The document, read apart; RefusedError where it is longer than any talk."""
    document = document_read_apart(content)
    if len(document.text) > MOST_SIGNS:
        raise RefusedError("transcript_too_long", most=MOST_SIGNS)
    return document


def what_was_read(sent: SentTranscript) -> dict[str, Any]:
    """The turns of a transcript that is looked at, who speaks, what was not read, what to look at."""
    found: dict[str, Any] = json.loads(sent.turns or '{"turns": [], "speakers": [], "not_read": [], "problems": []}')
    return found


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many statements are new, how many were corrected, those somebody read that the new text no longer has, and
    how many passages were not found again in theirs."""

    new: int
    corrected: int
    lost: tuple[Statement, ...]
    astray: int = 0


def take_in(
    *, person: User, sent: SentTranscript, labels: Mapping[str, str], names: Mapping[str, str], replaces: bool = False
) -> TakenIn:
    """Make statements of it, with labels in the place of names: `labels` by speaker of the file, `names` by name in the
    words. With `replaces` it corrects the talk's statements: each that is found again keeps what was said about it.

    Raises NotAllowedError; RefusedError where it was taken in meanwhile, or a label is a speaker's own name.
    """
    check_permission(may_keep_contributions(person))
    read = what_was_read(_waiting(sent))
    table = _table(read["speakers"], labels, names)
    texts = [replace_names(turn["text"], table)[:100_000] for turn in read["turns"]]
    # Which turn is which is found before anything is locked: for a long talk it takes seconds.
    known = [one.text for one in sent.talk.statements.order_by("position")] if replaces else []
    found = _Found(known, _pairs(known, texts)) if replaces else None
    return _keep(person, sent, labels, texts, found)


@dataclass(frozen=True, slots=True)
class _Found:
    """Which new turn is which old one, and the words of the old ones when that was found."""

    known: Sequence[str]
    pairs: Mapping[int, int]


def _waiting(sent: SentTranscript, *, lock: bool = False) -> SentTranscript:
    rows = SentTranscript.objects.filter(pk=sent.pk, accepted_at=None).exclude(turns="")
    now = (rows.select_for_update() if lock else rows).first()
    if now is None:
        raise RefusedError("transcript_is_gone")
    return now


@transaction.atomic
def _keep(
    person: User, sent: SentTranscript, labels: Mapping[str, str], texts: Sequence[str], found: _Found | None
) -> TakenIn:
    now = _waiting(sent, lock=True)
    read = what_was_read(now)
    speakers = _speakers(now.talk, read["speakers"], labels)
    turns = [
        Statement(talk=now.talk, speaker=speakers.get(turn["speaker"] or ""), text=text, starts=turn["start"])
        for turn, text in zip(read["turns"], texts, strict=True)
    ]
    done = _appended(now.talk, turns) if found is None else _corrected(now.talk, turns, found)
    now.accepted_at, now.turns, now.name = timezone.now(), "", ""
    now.save(update_fields=["accepted_at", "turns", "name"])
    log(code=TRANSCRIPT_TAKEN_IN, person=person, about=now.talk, subject=str(now.talk_id), detail=str(len(turns)))
    touch()
    return done


def _table(speakers: Sequence[str], labels: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Which words are replaced by what: what somebody wrote first, then the names of who speaks."""
    table = dict(names)
    for name in speakers:
        label = " ".join(labels.get(name, "").split())
        if label and label.casefold() == name.casefold() and " " in name:
            raise RefusedError("label_is_the_name")
        if label and len(name) > 2:
            table.setdefault(name, label)
    return table


def labels_proposed(talk: Talk, names: Sequence[str]) -> dict[str, str]:
    """A label for each who speaks: hers if she was heard before, none for who asks the questions, or a free one."""
    known = {one.name.casefold(): one.label for one in talk.speakers.all() if one.name}
    held = set(known.values()) | set(talk.speakers.values_list("label", flat=True))
    free = (label for n in range(1, len(names) + len(held) + 2) if (label := f"Voce {n}") not in held)
    return {name: known.get(name.casefold()) or ("" if _ASKS.match(name) else next(free)) for name in names}


def _speakers(talk: Talk, names: Sequence[str], labels: Mapping[str, str]) -> dict[str, Speaker]:
    found = {}
    day = (talk.held_on or timezone.localdate()) + FORGET_AFTER
    for name in names:
        label = " ".join(labels.get(name, "").split())[:60]
        if not label:
            continue  # Who asks the questions is not one of those heard.
        found[name] = Speaker.objects.get_or_create(talk=talk, label=label, defaults={"name": name, "forget_on": day})[
            0
        ]
    return found


def _appended(talk: Talk, turns: Sequence[Statement]) -> TakenIn:
    last = talk.statements.aggregate(last=Max("position"))["last"] or 0
    for position, one in enumerate(turns, start=last + 1):
        one.position = position
    Statement.objects.bulk_create(turns)
    return TakenIn(len(turns), 0, ())


def _corrected(talk: Talk, turns: Sequence[Statement], found: _Found) -> TakenIn:
    """The talk's statements with the new words in their place, each where it is likest; what was not found again and
    somebody let be quoted, or marked, stays behind the others, and is told."""
    before = list(talk.statements.order_by("position"))
    words, pairs = [one.text for one in before], found.pairs
    if words != found.known:
        # Somebody changed the talk at this very moment.
        pairs = _pairs(words, [one.text for one in turns])
    read = set(Passage.objects.filter(statement__talk=talk).values_list("statement_id", flat=True))
    astray: list[Passage] = []
    # Positions are free first: two statements never hold the same one.
    high = 1_000_000
    for one in before:
        Statement.objects.filter(pk=one.pk).update(position=high + one.position)
    for n, turn in enumerate(turns):
        turn.position = n + 1
        if (old := pairs.get(n)) is not None:
            kept = before[old]
            same = kept.text == turn.text
            # Other words are quoted only after somebody read them again.
            on_record = kept.on_record and same
            Statement.objects.filter(pk=kept.pk).update(
                text=turn.text, speaker=turn.speaker, starts=turn.starts, position=n + 1, on_record=on_record
            )
            if not same and kept.pk in read:
                astray += follow_statement(kept, kept.text, turn.text)
    Statement.objects.bulk_create(turn for n, turn in enumerate(turns) if n not in pairs)
    gone = [before[n] for n in range(len(before)) if n not in pairs.values()]
    coded = [one for one in gone if one.on_record or one.pk in read]
    Statement.objects.filter(pk__in=[one.pk for one in gone if one not in coded]).delete()
    for n, one in enumerate(coded, start=len(turns) + 1):
        Statement.objects.filter(pk=one.pk).update(position=n, on_record=False)
        Passage.objects.filter(statement=one).update(lost=True)
    return TakenIn(len(turns) - len(pairs), len(pairs), tuple(coded), len(astray))


def _pairs(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Which new turn is which old one, in order: the same words, else the likest between two that are the same."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    pairs: dict[int, int] = {}
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs |= {j1 + n: i1 + n for n in range(i2 - i1)}
            continue
        free = list(range(i1, i2))
        for j in range(j1, j2):
            likeness = {i: _likeness(before[i], after[j]) for i in free[:20]}
            best = max(likeness, key=lambda i: likeness[i], default=None)
            if best is not None and likeness[best] >= ALIKE:
                pairs[j] = best
                free = [i for i in free if i > best]
    return pairs


def _likeness(one: str, other: str) -> float:
    """How alike two turns are, from 0 to 1: short ones sign by sign, long ones by the words they begin with; 0 where
    they can't be alike enough. To know exactly how unlike two speeches are would take minutes."""
    if max(len(one), len(other)) < SHORT:
        matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    else:
        words, others = one.split()[:COMPARED], other.split()[:COMPARED]
        matcher = difflib.SequenceMatcher[str](None, words, others, autojunk=False)
    alike = matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE
    return matcher.ratio() if alike else 0.0


def forget_talks(now: datetime) -> int:
    """Names, roles and addresses whose day has come, and what nobody took in within a week; returns how many."""
    over = Speaker.objects.filter(forget_on__lte=timezone.localdate(now)).exclude(name="", role="", email="")
    gone = 0
    for one in over.select_related("talk"):
        with transaction.atomic():
            take_name_out(one)
            Speaker.objects.filter(pk=one.pk).update(name="", role="", email="")
            touch()
        gone += 1
    waiting = SentTranscript.objects.filter(accepted_at=None, sent_at__lt=now - LOOKED_AT)
    return gone + waiting.delete()[0]
