"""The verb by which one reading is entered by hand, held to what a file of readings is held to."""

from dataclasses import replace

from django.db import IntegrityError, transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.readings import Observation
from aumenta.core.readings.observation import settled
from aumenta.core.readings.periods import Period, read_period
from aumenta.core.tables import TableError
from aumenta.monitoring.activity import READING_ENTERED
from aumenta.monitoring.compare_readings import Preview, Said, compare_readings
from aumenta.monitoring.models import Indicator, MeasuredPlace, Reading
from aumenta.monitoring.refresh_statuses import refresh_statuses
from aumenta.monitoring.rules import may_keep_indicators
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError


def settle_absence(said: Said, *, about: str) -> Said:
    """With the reason why there is no value, as files give it. Raises RefusedError: unreadable_readings."""
    try:
        return said._replace(absence=settled(said.value, said.absence))
    except TableError as problem:
        raise RefusedError("unreadable_readings", file=about, finding=problem.finding) from None


def look_at_one(*, indicator: Indicator, place: MeasuredPlace, when: Period, said: Said) -> Preview:
    """What a file with this reading alone would do. Raises RefusedError: unreadable_readings, as a file's row would."""
    value, absence, marks, numerator, denominator, note = said
    row = Observation(
        0, indicator.code, place.code, when.code, when.year, value, absence, marks, numerator, denominator, note
    )
    preview = compare_readings([row])
    if preview.refused:
        finding = replace(preview.refused[0], row=None)
        raise RefusedError("unreadable_readings", file=f"{place.with_code}, {when.code}", finding=finding)
    return preview


@transaction.atomic
def enter_reading(
    *, person: User, indicator: Indicator, place: MeasuredPlace, period: str, said: Said, latest_year: int
) -> Reading:
    """A reading that no file brings; it has no file, and the log says who entered it.

    Raises NotAllowedError, RefusedError: unreadable_readings (a period that is none, a value beyond the limit, a ratio
    that gives another value), reading_there_already, reading_invalid.
    """
    check_permission(may_keep_indicators(person))
    try:
        when = read_period(period, latest_year)
    except TableError as problem:
        raise RefusedError("unreadable_readings", file=place.with_code, finding=problem.finding) from None
    said = settle_absence(said, about=f"{place.with_code}, {when.code}")
    if not look_at_one(indicator=indicator, place=place, when=when, said=said).new:
        raise RefusedError("reading_there_already", place=place.with_code, period=when.code)
    made = Reading(indicator=indicator, place=place, period=when.code, year=when.year, **said._asdict())
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        # What a file's checks let through can only be a colleague who entered the same meanwhile.
        raise RefusedError("reading_there_already", place=place.with_code, period=when.code) from None
    refresh_statuses({indicator.pk})
    log(code=READING_ENTERED, person=person, about=made, subject=f"{indicator.code} {place.code} {when.code}")
    touch()
    return made
