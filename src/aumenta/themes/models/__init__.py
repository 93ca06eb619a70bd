"""Issues with what was said about them, themes with their sources and steps, and what the synthesis keeps."""

from aumenta.themes.models.issue import Coding, Issue, IssueAction, IssueMatrix, IssueStep
from aumenta.themes.models.synthesis import ConfirmedStrategy, SuggestedThemes, SynthesisWork, TextVector
from aumenta.themes.models.theme import ContributionSource, Theme, ThemeSource, ThemeStep

__all__ = [
    "Coding",
    "ConfirmedStrategy",
    "ContributionSource",
    "Issue",
    "IssueAction",
    "IssueMatrix",
    "IssueStep",
    "SuggestedThemes",
    "SynthesisWork",
    "TextVector",
    "Theme",
    "ThemeSource",
    "ThemeStep",
]
