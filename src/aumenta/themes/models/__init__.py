"""Issues with what was said about them, papers, themes with their sources and steps, and what the synthesis keeps."""

from aumenta.themes.models.issue import Coding, Issue, IssueAction, IssueMatrix, IssueStep
from aumenta.themes.models.paper import Paper, PaperComment, PaperPart, PaperSource, PaperVersion
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
    "Paper",
    "PaperComment",
    "PaperPart",
    "PaperSource",
    "PaperVersion",
    "SuggestedThemes",
    "SynthesisWork",
    "TextVector",
    "Theme",
    "ThemeSource",
    "ThemeStep",
]
