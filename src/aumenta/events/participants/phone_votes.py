"""Stickers from one's own phone, with the code printed on the badge: once, as many as the rule of the table allows.

What is kept is so many stickers more on a strategy of the table, beside those counted on its poster. The badge
only remembers that its code was used, not when. The operations name no badge, but the log has the time at which the
centre received them, and they tell phones from consoles. So where exactly one badge of a table has voted by phone,
whoever reads the database knows its stickers, and whose they are until the names are deleted; whoever saw a person
vote may compare the time. The page says so before the code is typed.
"""

import hmac
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import uuid4, uuid5

from django.conf import settings
from django.db import transaction

from aumenta.core.tablelog.operation import ADD, PHONES, Operation
from aumenta.events.models import Badge, Event, Session, Table
from aumenta.events.participants.codes import LETTERS
from aumenta.events.tables.append_operations import append
from aumenta.events.tables.open_table import digest
from aumenta.people.refusals import RefusedError

LENGTH = 8


@transaction.atomic
def phone_codes(table: Table) -> dict[str, str]:
    """Badge → its one-use code, for printing; the same at every printing. Only digests are kept in the database."""
    codes: dict[str, str] = {}
    changed = []
    for badge in table.badges.all():
        codes[badge.code] = _code(table, badge.code)
        known = _digest(table.event_id, codes[badge.code])
        if badge.phone_code_digest != known:
            badge.phone_code_digest = known
            changed.append(badge)
    Badge.objects.bulk_update(changed, ["phone_code_digest"])
    return codes


def sticker_session(event: Event) -> Session:
    """The session whose stickers are placed; refused where the event has none."""
    session = event.sessions.filter(kind=Session.Kind.STICKERS).first()
    if session is None:
        raise RefusedError("vote_off")
    return session


def badge_behind(event: Event, typed: str, now: datetime) -> Badge:
    """The badge with this code, not used yet; refused otherwise."""
    _check_time(event, now)
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    badge = Badge.objects.filter(event=event, phone_code_digest=_digest(event.pk, code)).first() if code else None
    if badge is None:
        raise RefusedError("vote_unknown_code")
    if badge.phone_code_used:
        raise RefusedError("vote_used")
    return badge


@transaction.atomic
def place_stickers(*, event: Event, badge: int, strategies: Sequence[str], now: datetime) -> Table:
    """One sticker on each strategy named, on the poster of the badge's table."""
    _check_time(event, now)
    session = sticker_session(event)
    wanted = list(dict.fromkeys(strategies))
    if not wanted:
        raise RefusedError("vote_none")
    most = session.stickers_each or 0
    if len(wanted) > most:
        raise RefusedError("vote_too_many", ticked=len(wanted), most=most, over=len(wanted) - most)
    if event.strategies.filter(code__in=wanted).count() != len(wanted):
        raise RefusedError("vote_unknown_strategy")
    # The condition is in the update: of two phones with one code at the same moment one is too late.
    if not Badge.objects.filter(pk=badge, event=event, phone_code_used=False).update(phone_code_used=True):
        raise RefusedError("vote_used")
    table = Table.objects.get(badges__pk=badge)
    append([(table, None, [_sticker(table, session, strategy) for strategy in sorted(wanted)])])
    return table


def _check_time(event: Event, now: datetime) -> None:
    if not event.votes_by_phone or event.published_at is None or event.cancelled_at:
        raise RefusedError("vote_off")
    if now < event.starts_at:
        raise RefusedError("vote_not_begun")
    if now > event.ends_at:
        raise RefusedError("vote_over")


def _sticker(table: Table, session: Session, strategy: str) -> Operation:
    return Operation(
        id=str(uuid4()),
        table=str(table.public_id),
        # All phones of a table are one device to the protocol: nobody can tell one phone's stickers from another's.
        device=str(uuid5(table.public_id, "phones")),
        # Added stickers replace nothing and nothing replaces them: the lowest clock is right.
        clock=1,
        verb=ADD,
        what=PHONES,
        key=f"{session.code}/{strategy}",
        value=1,
    )


def _code(table: Table, badge: str) -> str:
    drawn = hmac.new(settings.SECRET_KEY.encode() + bytes(table.export_key), badge.encode(), sha256).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in drawn[:LENGTH])


def _digest(event: int, code: str) -> str:
    return digest(f"phone {event} {code}")
