"""An invented instrument with invented ties, marked as such: a newcomer sees the matrix filled."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from aumenta.governance.coherence.keep import add_version, judge
from aumenta.governance.models import InstrumentItem, InstrumentVersion
from aumenta.people.models import User
from aumenta.plan.models import Action, Edition
from aumenta.territory.models import Territory

ITEMS: Final = (
    ("P1", "", "strategic", "Obiettivo inventato: muoversi meglio", "Invented objective: moving better"),
    ("P1.1", "P1", "operational", "Obiettivo operativo inventato: nodi di scambio", "Invented objective: hubs"),
    ("P2", "", "strategic", "Obiettivo inventato: curare l’acqua", "Invented objective: caring for water"),
)
JUDGED: Final = (
    (0, "P1", "implements", "Prova: la scheda realizza l’obiettivo."),
    (0, "P2", "not_pertinent", "Prova: parla d’altro."),
    (1, "P1.1", "contributes", ""),
    (2, "P2", "conflicts", "Prova: i tempi dei due strumenti non coincidono."),
    (3, "P1", "depends", ""),
)


@transaction.atomic
def make_demo_ties(*, person: User, territory: Territory) -> int:
    """The invented instrument against the first public edition, once; returns how many ties."""
    edition = Edition.objects.public().order_by("first_year").first()
    if edition is None or InstrumentVersion.objects.filter(invented=True).exists():
        return 0
    version = add_version(
        person=person,
        territory=territory,
        kind="dup",
        name_it="Prova inventata: documento di programmazione",
        name_en="Invented sample: programming document",
        label="2021-2024",
        horizon=2024,
        whole=True,
        invented=True,
    )
    items: dict[str, InstrumentItem] = {}
    for place, (code, parent, level, title_it, title_en) in enumerate(ITEMS):
        items[code] = InstrumentItem.objects.create(
            version=version,
            code=code,
            parent=items.get(parent),
            level=level,
            title_it=title_it,
            title_en=title_en,
            position=place,
        )
    actions = list(Action.objects.of(edition).select_related("strategy__axis")[:4])
    due = timezone.localdate() + timedelta(days=60)
    found = [one for one in JUDGED if one[0] < len(actions)]
    for place, code, kind, reason in found:
        judge(
            person=person,
            action=actions[place],
            item=items[code],
            kind=kind,
            reason=reason,
            due_on=due,
            owner="Ufficio inventato",
            invented=True,
        )
    return len(found)
