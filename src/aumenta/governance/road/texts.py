"""The text of an act, its hash, and what changed between the text that was opined on and the one that is voted."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from aumenta.governance.models import Act, ActText
from aumenta.review.models import Release, Version


def digest_of(words: str) -> str:
    """SHA-256 of a text, with its line ends made alike."""
    return hashlib.sha256("\n".join(words.replace("\r\n", "\n").split("\r")).strip().encode()).hexdigest()


def words_of(release: Release) -> str:
    """The sheets of a release as one text, code by code, so that two releases can be compared word by word."""
    sealed = release.structure.get("sheets", {}) if isinstance(release.structure, dict) else {}
    hashes = [value for value in sealed.values() if isinstance(value, str)]
    versions = Version.objects.filter(edition=release.edition_id, content_hash__in=hashes).order_by("code", "number")
    return "\n".join(f"{version.code}\n{_plain(version.content)}" for version in versions)


def _plain(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)


def current_text(act: Act) -> ActText | None:
    """The text the act has now."""
    return act.texts.order_by("-number").first()


def unexplained(act: Act) -> list[ActText]:
    """The texts after the deposit that no committee, condition or observation explains."""
    return list(act.texts.filter(because=ActText.Because.UNEXPLAINED).order_by("number"))


LONGEST_READ = 60_000
"""Characters of a text that a page still shows whole."""


def readable_words(texts: Sequence[ActText]) -> str:
    """The words of the last of these texts, to be read on a page; none of a dated version of the plan, which has pages
    of its own, nor of a text as long as a plan."""
    last = texts[-1] if texts else None
    return last.words if last is not None and last.release_id is None and len(last.words) <= LONGEST_READ else ""
