"""Themes with their sources and steps, and what the synthesis keeps."""

from aumenta.themes.models.synthesis import ConfirmedStrategy, SuggestedThemes, SynthesisWork, TextVector
from aumenta.themes.models.theme import ContributionSource, Theme, ThemeSource, ThemeStep

__all__ = [
    "ConfirmedStrategy",
    "ContributionSource",
    "SuggestedThemes",
    "SynthesisWork",
    "TextVector",
    "Theme",
    "ThemeSource",
    "ThemeStep",
]
