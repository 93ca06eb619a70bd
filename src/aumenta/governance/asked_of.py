"""What a municipality was asked about an act and may still observe: through the Conference, and its zone's assembly."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from aumenta.governance.models import Act, Body, Condition, Opinion
from aumenta.territory.models import Municipality


def asked_of(places: Iterable[Municipality]) -> QuerySet[Opinion]:
    """The opinions that are being waited for of the bodies in which these municipalities sit, the first due first; with
    what these municipalities observed, and the answers."""
    own = list(places)
    sits = Q(pk__in=[])
    for place in own:
        sits |= Q(body__kind=Body.Kind.CONFERENCE, body__territory=place.territory_id)
        if place.zone_id:
            sits |= Q(body__zone=place.zone_id)
    observed = Condition.objects.filter(municipality__in=own).select_related("municipality").order_by("number")
    return (
        Opinion.objects.filter(sits, act__state=Act.State.OPINIONS)
        .select_related("act__edition", "body")
        .prefetch_related(Prefetch("conditions", observed, to_attr="observed"))
        .order_by("due_on", "act", "body__position")
    )
