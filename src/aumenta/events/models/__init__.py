"""A process, its events, the tables in their venues, who takes part, and what the tables say."""

from aumenta.events.models.event import (
    Event,
    EventStrategy,
    Phase,
    Process,
    ProgrammeItem,
    Question,
    Session,
)
from aumenta.events.models.log import Choice, Observation, Photo, PhotoPiece, StickerCount, TableOperation, TableSummary
from aumenta.events.models.participant import Badge, BadgeHolder, Registration, RegistrationMailAttempt
from aumenta.events.models.venue import Table, TableDevice, Venue

__all__ = [
    "Badge",
    "BadgeHolder",
    "Choice",
    "Event",
    "EventStrategy",
    "Observation",
    "Phase",
    "Photo",
    "PhotoPiece",
    "Process",
    "ProgrammeItem",
    "Question",
    "Registration",
    "RegistrationMailAttempt",
    "Session",
    "StickerCount",
    "Table",
    "TableDevice",
    "TableOperation",
    "TableSummary",
    "Venue",
]
