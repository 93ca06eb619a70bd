"""Voices: consultations, written contributions with who sent them, and what came with them."""

from aumenta.voices.models.consultation import Consultation
from aumenta.voices.models.contribution import Contribution, ContributionCounter
from aumenta.voices.models.sender import ContributionAttachment, ContributionMailAttempt, ContributionSender

__all__ = [
    "Consultation",
    "Contribution",
    "ContributionAttachment",
    "ContributionCounter",
    "ContributionMailAttempt",
    "ContributionSender",
]
