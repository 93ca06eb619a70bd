"""The verb by which one reading is corrected by hand: the old value and the reason stay."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.readings.periods import Period
from aumenta.monitoring.activity import READING_CORRECTED
from aumenta.monitoring.compare_readings import Said
from aumenta.monitoring.enter_reading import look_at_one, settle_absence
from aumenta.monitoring.models import Reading
from aumenta.monitoring.refresh_statuses import refresh_statuses
from aumenta.monitoring.rules import may_keep_indicators
from aumenta.monitoring.take_readings import correction_of
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError, check_facts


@transaction.atomic
def correct_reading(*, person: User, reading: Reading, said: Said, reason: str) -> Reading:
    """Let a reading say something else, and keep what it said.

    Raises NotAllowedError, RefusedError: reason_for_correction, nothing_corrected, reading_invalid,
    unreadable_readings.
    """
    check_permission(may_keep_indicators(person))
    if not reason.strip():
        raise RefusedError("reason_for_correction")
    kept = Reading.objects.select_for_update(no_key=True).get(pk=reading.pk)
    said = settle_absence(said, about=kept.period)
    if said == Said(*(getattr(kept, name) for name in Said._fields)):
        raise RefusedError("nothing_corrected")
    # By hand no more is let through than by a file.
    look_at_one(indicator=kept.indicator, place=kept.place, when=Period(kept.period, kept.year), said=said)
    before = correction_of(kept, reason=reason.strip()[:300], person=person)
    for name, value in said._asdict().items():
        setattr(kept, name, value)
    check_facts(kept, "reading_invalid")
    before.save()
    kept.save()
    refresh_statuses({kept.indicator_id})
    subject = f"{kept.indicator.code} {kept.place.code} {kept.period}"
    log(code=READING_CORRECTED, person=person, about=kept, subject=subject)
    touch()
    return kept
