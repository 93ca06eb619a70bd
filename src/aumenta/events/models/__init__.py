"""The listening: a process, its events, the tables in their venues, what they say, and what is given back."""

from aumenta.listening.models.contribution import Contribution, ContributionSource
from aumenta.listening.models.event import (
    Event,
    EventStrategy,
    Phase,
    Process,
    ProgrammeItem,
    Question,
    Session,
)
from aumenta.listening.models.log import Choice, Observation, Photo, StickerCount, TableOperation, TableSummary
from aumenta.listening.models.mail import MailAttempt
from aumenta.listening.models.participant import Attempt, Badge, BadgeHolder, Registration
from aumenta.listening.models.restitution import Delivery, Freeze, ReportEdition, ReportText
from aumenta.listening.models.synthesis import ConfirmedStrategy, SynthesisWork, TextVector, ThemeProposals
from aumenta.listening.models.theme import Theme, ThemeSource, ThemeStep
from aumenta.listening.models.venue import Table, TableDevice, Venue

__all__ = [
    "Attempt",
    "Badge",
    "BadgeHolder",
    "Choice",
    "ConfirmedStrategy",
    "Contribution",
    "ContributionSource",
    "Delivery",
    "Event",
    "EventStrategy",
    "Freeze",
    "MailAttempt",
    "Observation",
    "Phase",
    "Photo",
    "Process",
    "ProgrammeItem",
    "Question",
    "Registration",
    "ReportEdition",
    "ReportText",
    "Session",
    "StickerCount",
    "SynthesisWork",
    "Table",
    "TableDevice",
    "TableOperation",
    "TableSummary",
    "TextVector",
    "Theme",
    "ThemeProposals",
    "ThemeSource",
    "ThemeStep",
    "Venue",
]
