"""Voices: consultations, written contributions with who sent them, what came with them, the answers,
talks, and the passages that readers mark."""

from aumenta.voices.models.answer import Answer, Claim
from aumenta.voices.models.consultation import Consultation
from aumenta.voices.models.contribution import Contribution, ContributionCounter
from aumenta.voices.models.passage import Passage, SecondReading
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
    "Passage",
    "SecondReading",
    "SentTranscript",
    "Speaker",
    "Statement",
    "Talk",
]
