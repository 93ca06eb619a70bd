"""Voices: consultations, written contributions with who sent them, what came with them, and the answers."""

from aumenta.voices.models.answer import Answer, Claim
from aumenta.voices.models.consultation import Consultation
from aumenta.voices.models.contribution import Contribution, ContributionCounter
from aumenta.voices.models.sender import ContributionAttachment, ContributionMailAttempt, ContributionSender
from aumenta.voices.models.talk import Consent, SentTranscript, Speaker, Statement, Talk

__all__ = [
    "Answer",
    "Claim",
    "Consent",
    "Consultation",
    "Contribution",
    "ContributionAttachment",
    "ContributionCounter",
    "ContributionMailAttempt",
    "ContributionSender",
    "SentTranscript",
    "Speaker",
    "Statement",
    "Talk",
]
