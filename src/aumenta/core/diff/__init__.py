"""Differences of texts and lists, word by word: what was removed, what was added, what stayed.

Nothing is lost: the spans put together again give back the old text and the new one exactly.
"""

from aumenta.core.diff.lists import ListChange, diff_lists
from aumenta.core.diff.words import Span, diff_words, new_text, old_text, similarity

__all__ = ["ListChange", "Span", "diff_lists", "diff_words", "new_text", "old_text", "similarity"]
