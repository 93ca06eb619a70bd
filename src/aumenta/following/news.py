"""One thing that is new about something followed: feeds and mails say it alike."""

from datetime import datetime
from typing import NamedTuple


class News(NamedTuple):
    """What it is about for ever (`key`), title, words, page without the language, and when it became so."""

    key: str
    title: str
    words: str
    path: str
    at: datetime

    @property
    def mark(self) -> str:
        """What tells this state of it from the next: who was told it is not told again."""
        return f"{self.key}@{self.at:%Y%m%d%H%M%S}"
