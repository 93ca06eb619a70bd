"""A small invented plan and its voices, with the encoder that needs nothing, for the tests of the synthesis."""

from aumenta.core.synthesis.encoders import HashedStems
from aumenta.core.synthesis.suggest import PlanIndex, Reference

SUBJECTS = {
    "1.1": "treni stazioni ferrovia binari pendolari orari",
    "1.2": "biciclette piste ciclabili pedoni marciapiedi sentieri",
    "2.1": "boschi foreste legname alberi montagna pascoli",
    "2.2": "rifiuti raccolta riciclo discariche compostaggio riuso",
    "3.1": "ospedali medici ambulatori infermieri pronto soccorso",
}


def plan() -> PlanIndex:
    """Five strategies, each with its own text and two actions."""
    references = []
    for group, subject in SUBJECTS.items():
        words = subject.split()
        references.append(Reference(group, group, f"Strategia per {' e '.join(words)}"))
        references.append(Reference(f"{group}.1", group, f"Azione su {words[0]} e {words[1]}"))
        references.append(Reference(f"{group}.2", group, f"Azione su {words[2]} e {words[3]}"))
    return PlanIndex(references, HashedStems())


def voices(each: int = 8) -> list[str]:
    """`each` different statements for every subject."""
    ways = ["Servono", "Mancano", "Vorremmo", "Curare", "Finanziare", "Migliorare", "Mantenere", "Collegare", "Aprire"]
    result = []
    for subject in SUBJECTS.values():
        words = subject.split()
        for number in range(each):
            one, other = words[number % 6], words[(number + 1 + number // 6) % 6]
            result.append(
                f"{ways[number % len(ways)]} {one} con {other} nel comune {chr(97 + number)}{chr(97 + number)}"
            )
    return result
