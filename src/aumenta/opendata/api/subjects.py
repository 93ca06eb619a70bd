"""The modules whose operations are answered, and their operations one after the other."""

from typing import Final

from aumenta.opendata.api import actions, events, frameworks, governance, monitoring, plan, territory
from aumenta.opendata.api.service import OPERATIONS, Operation

SUBJECTS: Final = (plan, actions, frameworks, territory, events, governance, monitoring)


def operations() -> list[Operation]:
    """All operations, subject by subject."""
    return [one for module in SUBJECTS for one in OPERATIONS.values() if one.view.__module__ == module.__name__]
