"""Which items of other instruments concern a municipality, such as the aggregation it belongs to, and which actions of
the public editions have to do with them."""

from aumenta.governance.models import InstrumentItem, Tie
from aumenta.plan.models import Edition
from aumenta.territory.models import Municipality


def items_of(place: Municipality) -> list[tuple[InstrumentItem, list[Tie]]]:
    """Each item with its ties, those judged not pertinent left out. Two queries."""
    items = list(place.instrument_items.select_related("version__instrument").order_by("version", "position"))
    rows = Tie.objects.filter(item__in=items, action__strategy__axis__edition__in=Edition.objects.public())
    ties: dict[int, list[Tie]] = {}
    for tie in rows.exclude(kind=Tie.Kind.NOT_PERTINENT).select_related("action__strategy__axis__edition"):
        ties.setdefault(tie.item_id, []).append(tie)
    return [(item, ties.get(item.pk, [])) for item in items]
