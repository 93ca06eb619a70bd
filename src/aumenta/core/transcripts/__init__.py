"""Transcripts of interviews and focus groups: who spoke, when, what, and what of the file was not read."""

from aumenta.core.transcripts.reading import read_transcript
from aumenta.core.transcripts.transcript import ProblemKind, Transcript, TranscriptProblem, Turn

__all__ = ["ProblemKind", "Transcript", "TranscriptProblem", "Turn", "read_transcript"]
