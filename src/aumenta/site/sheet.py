"""The alignments of a sheet as a reader sees them: framework by framework, with the code printed and today's."""

from dataclasses import dataclass

from aumenta.core.text import name_key
from aumenta.plan.models import Action, Alignment, Framework, FrameworkItem
from aumenta.site.catalogue import ADDRESS_WORDS


@dataclass(frozen=True)
class Tie:
    """One alignment. `printed` is empty where the sheet says what is said today."""

    item: FrameworkItem
    printed: str
    possible: bool


@dataclass(frozen=True)
class FrameworkTies:
    """What an action serves in one framework, and the framework's word in addresses."""

    framework: Framework
    word: str
    ties: list[Tie]


def alignments_of(action: Action) -> list[FrameworkTies]:
    """The alignments of an action read with `plan.queries.sheets`, without another query."""
    found: dict[int, FrameworkTies] = {}
    for alignment in action.alignments.all():
        item, framework = alignment.item, alignment.item.framework
        word = ADDRESS_WORDS.get(framework.code, framework.code)
        group = found.setdefault(framework.pk, FrameworkTies(framework, word, []))
        printed = "" if _same(alignment.printed, item) else alignment.printed
        group.ties.append(Tie(item, printed, alignment.role == Alignment.Role.POSSIBLE_INTEGRATION))
    return list(found.values())


def _same(printed: str, item: FrameworkItem) -> bool:
    return name_key(printed) in {"", name_key(item.code), name_key(item.name_it)}
