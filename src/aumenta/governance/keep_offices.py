"""The verbs by which the office says who stands for a municipality: mayor, commissioner, delegates."""

from datetime import date
from typing import Final

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.governance.activity import OFFICE_ADDED, OFFICE_ENDED
from aumenta.governance.keep_mandates import holder_called, refuse_backwards
from aumenta.governance.models import MunicipalOffice
from aumenta.governance.models.bodies import overlaps
from aumenta.governance.rules import may_keep_offices
from aumenta.people.dates import short_day
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.territory.models import Municipality

ANY_DELEGATE_SINCE: Final = date(2023, 2, 14)
"""From that day on an assessor or a councillor may stand in for a mayor (statute, article 24, as the Conference changed
it); before, a deputy mayor alone. To be confirmed by the office."""


@transaction.atomic
def add_office(
    *,
    person: User,
    municipality: Municipality,
    name: str,
    from_day: date,
    kind: str = MunicipalOffice.Kind.MAYOR,
    to_day: date | None = None,
    source: str = "",
) -> MunicipalOffice:
    """Somebody stands for a municipality from a day on.

    Raises NotAllowedError; RefusedError «ends_before_it_begins», «outside_municipality», «delegate_too_early»,
    «holder_required», «head_twice».
    """
    check_permission(may_keep_offices(person, municipality), "add_office")
    refuse_backwards(from_day, to_day)
    place = Municipality.objects.select_for_update().get(pk=municipality.pk)
    _refuse_outside(place, from_day, to_day)
    late = (MunicipalOffice.Kind.ASSESSOR, MunicipalOffice.Kind.COUNCILLOR)
    if kind in late and from_day < ANY_DELEGATE_SINCE:
        raise RefusedError("delegate_too_early", day=short_day(ANY_DELEGATE_SINCE, "del"))
    if kind in MunicipalOffice.HEADS:
        heads = MunicipalOffice.objects.filter(
            overlaps(from_day, to_day), municipality=place, kind__in=MunicipalOffice.HEADS
        )
        if head := heads.select_related("holder").first():
            raise RefusedError("head_twice", municipality=place, name=head.holder)
    made = MunicipalOffice.objects.create(
        municipality=place,
        holder=holder_called(name),
        kind=kind,
        from_day=from_day,
        to_day=to_day,
        source=source.strip(),
    )
    log(code=OFFICE_ADDED, person=person, about=made, subject=f"{place}: {made.holder}", within=place.name)
    touch()
    return made


def _refuse_outside(place: Municipality, from_day: date, to_day: date | None) -> None:
    begins_early = place.valid_from is not None and from_day < place.valid_from
    ends_late = place.valid_to is not None and (to_day is None or to_day > place.valid_to)
    if begins_early or ends_late:
        since = short_day(place.valid_from, "dal") if place.valid_from else "…"
        until = short_day(place.valid_to, "al") if place.valid_to else "…"
        raise RefusedError("outside_municipality", municipality=place, since=since, until=until)


@transaction.atomic
def end_office(*, person: User, office: MunicipalOffice, to_day: date) -> MunicipalOffice:
    """Somebody stands for a municipality until a day, the last.

    Raises NotAllowedError; RefusedError «mandate_ended_already», «ends_before_it_begins».
    """
    check_permission(may_keep_offices(person, office.municipality), "end_office")
    kept: MunicipalOffice = MunicipalOffice.objects.select_for_update().get(pk=office.pk)
    if kept.to_day is not None:
        raise RefusedError("mandate_ended_already", day=short_day(kept.to_day, "il"))
    refuse_backwards(kept.from_day, to_day)
    kept.to_day = to_day
    kept.save(update_fields=["to_day"])
    log(code=OFFICE_ENDED, person=person, about=kept, subject=f"{kept.municipality}: {kept.holder}")
    touch()
    return kept
