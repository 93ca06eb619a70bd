"""Which fields go out, of what type they are and what they mean: the allow-list of the interface."""

from aumenta.opendata.api.shapes.events import (
    Event,
    Theme,
    Votes,
)
from aumenta.opendata.api.shapes.governance import (
    Act,
)
from aumenta.opendata.api.shapes.monitoring import (
    Implementation,
    Indicator,
    Project,
    Reading,
)
from aumenta.opendata.api.shapes.plan import (
    Action,
    Actor,
    Alignment,
    Axis,
    Chapter,
    Connection,
    Edition,
    Framework,
    FrameworkItem,
    Release,
    Strategy,
    Version,
)
from aumenta.opendata.api.shapes.territory import (
    Municipality,
    Zone,
)

__all__ = [
    "Act",
    "Action",
    "Actor",
    "Alignment",
    "Axis",
    "Chapter",
    "Connection",
    "Edition",
    "Event",
    "Framework",
    "FrameworkItem",
    "Implementation",
    "Indicator",
    "Municipality",
    "Project",
    "Reading",
    "Release",
    "Strategy",
    "Theme",
    "Version",
    "Votes",
    "Zone",
]
