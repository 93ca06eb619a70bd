"""The verb by which anybody sends a contribution to a consultation, and gets number and secret at once."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.core.text import mend
from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.people.refusals import RefusedError, check_facts
from aumenta.people.secrets import encrypt
from aumenta.plan.models import Strategy
from aumenta.territory.models import Municipality
from aumenta.voices.activity import CONTRIBUTION_RECEIVED
from aumenta.voices.contributions.attachments import SentFile, attach, kept_files, look_into
from aumenta.voices.contributions.mails import send_receipt
from aumenta.voices.contributions.number import next_number
from aumenta.voices.contributions.secret import digest_of, new_secret
from aumenta.voices.models import Consultation, Contribution, ContributionSender

LONGEST: Final = 100_000
MOST_PARTS: Final = 3
FORM: Final = "modulo online"
"""How it came, as the desk's lists say it."""
FORGET_AFTER: Final = timedelta(days=365)
"""After the day the answer is due: then who sent it and how to reach her goes."""
TRIES: Final = 6
"""How often the lock of the database is waited for, five seconds each."""
Kind = ContributionSender.Kind


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, as she says it. Only an organisation must give its name; the e-mail is for receipt and answer."""

    kind: str = Kind.PERSON
    name: str = ""
    email: str = ""
    organisation_kind: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A text about one strategy of the edition, or about none in particular."""

    text: str
    strategy: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What was kept, and the secret that is shown once."""

    contribution: Contribution
    secret: str


def receive_contribution(
    *,
    consultation: Consultation,
    parts: Sequence[Part],
    sender: Sender,
    now: datetime,
    wish: str = Contribution.Wish.NO,
    municipality: Municipality | None = None,
    files: Sequence[SentFile] = (),
    language: str = "it",
    form_key: str | None = None,
    by_mail: bool = True,
) -> Received:
    """Keep what somebody sent to a consultation that is open, or late and marked so; anybody may, doors limit how
    often. It is private until it is admitted, and for good where its sender does not wish it published.

    `form_key` is the form it was sent with: the same one sends once. Refused where there is no text, it is longer than
    100,000 signs, a strategy is none of the edition's, an organisation has no name, or a file can't be kept.
    """
    day = timezone.localdate(now)
    standing = consultation.standing_on(day)
    if standing not in {Consultation.Standing.OPEN, Consultation.Standing.LATE}:
        raise RefusedError("consultation_not_open")
    text, asked = _text_of(consultation, parts)
    name = " ".join(mend(sender.name).split())
    if sender.kind == Kind.ORGANISATION and not name:
        raise RefusedError("organisation_without_name")
    ready = look_into(files)
    due = max(day, consultation.closes_on) + timedelta(days=consultation.answer_days)
    contribution = Contribution(
        consultation=consultation,
        edition=consultation.edition,
        text=text,
        asked_strategies=asked,
        municipality=municipality,
        zone=municipality.zone if municipality else None,
        organisation_kind=sender.organisation_kind if sender.kind == Kind.ORGANISATION else OrganisationKind.CITIZEN,
        received_on=day,
        source=FORM,
        private=True,
        wish=wish,
        admission=Contribution.Admission.RECEIVED,
        late=standing == Consultation.Standing.LATE,
        answer_due=due,
        language=language,
        form_key=form_key,
    )
    who = ContributionSender(kind=sender.kind, name=name, email=sender.email, forget_on=due + FORGET_AFTER)
    who.receipt_held = bool(who.email) and not by_mail
    _check(contribution, who)
    with kept_files(ready) as keys:
        for tries_left in range(TRIES - 1, -1, -1):
            try:
                return _keep(contribution, who, lambda kept: attach(kept, ready, keys), day, by_mail)
            except OperationalError as fault:
                # SQLite lets one write and the others wait a while: nobody who wrote is sent away because many do.
                if not tries_left or "locked" not in str(fault) or connection.in_atomic_block:
                    raise
    raise AssertionError  # The loop returns or raises.


def _keep(
    contribution: Contribution,
    who: ContributionSender,
    attach_files: Callable[[Contribution], None],
    day: date,
    by_mail: bool,
) -> Received:
    """The short transaction in which the number is given: whoever else sends waits for its end."""
    secret = new_secret()
    contribution.pk, contribution.secret_digest, who.pk = None, digest_of(secret), None
    try:
        with transaction.atomic():
            contribution.year, contribution.number = day.year, next_number(year=day.year)
            contribution.save()
            who.contribution = contribution
            who.save()
            attach_files(contribution)
            log(code=CONTRIBUTION_RECEIVED, person=None, about=contribution, subject=contribution.label)
            if who.email and by_mail:
                send_receipt.enqueue(contribution.pk, encrypt(secret))
    except IntegrityError as fault:
        if contribution.form_key and Contribution.objects.filter(form_key=contribution.form_key).exists():
            raise RefusedError("contribution_sent_twice") from fault
        raise
    return Received(contribution, secret)


def _text_of(consultation: Consultation, parts: Sequence[Part]) -> tuple[str, str]:
    """The parts as one text, each under its strategy where there are several, and the codes they name."""
    written = [Part(mend(part.text).strip(), part.strategy) for part in parts if part.text.strip() or part.strategy]
    if not written:
        raise RefusedError("contribution_empty")
    if not all(part.text for part in written):
        raise RefusedError("contribution_part_empty")
    if len(written) > MOST_PARTS:
        raise RefusedError("contribution_too_many_parts", most=MOST_PARTS)
    titles = dict.fromkeys(part.strategy for part in written if part.strategy)
    known = {one.code: one.title_it for one in Strategy.objects.of(consultation.edition)} if titles else {}
    for code in titles:
        if code not in known:
            raise RefusedError("unknown_strategy_of_edition", strategy=code[:40])
    if len(written) == 1:
        text = written[0].text
    else:
        heads = [f"[{part.strategy}] {known[part.strategy]}\n" if part.strategy else "" for part in written]
        text = "\n\n".join(f"{head}{part.text}" for head, part in zip(heads, written, strict=True))
    if len(text) > LONGEST:
        raise RefusedError("contribution_too_long", most=LONGEST)
    if not re.search(r"\w", text):
        raise RefusedError("contribution_empty")
    return text, ",".join(titles)


def _check(contribution: Contribution, who: ContributionSender) -> None:
    elsewhere = ["edition", "consultation", "form_key", "entered_by", "decided_by"]
    check_facts(contribution, "contribution_invalid", exclude=elsewhere, validate_constraints=False)
    check_facts(who, "contribution_invalid", exclude=["contribution"], validate_constraints=False)
