"""Themes with their sources and steps, and what the synthesis keeps."""

from aumenta.themes.models.synthesis import ConfirmedStrategy, SynthesisWork, TextVector, ThemeProposals
from aumenta.themes.models.theme import ContributionSource, Theme, ThemeSource, ThemeStep

__all__ = [
    "ConfirmedStrategy",
    "ContributionSource",
    "SynthesisWork",
    "TextVector",
    "Theme",
    "ThemeProposals",
    "ThemeSource",
    "ThemeStep",
]
