"""Groups of a state in words: a name, keywords as people said them, the statement that stands best for each."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from aumenta.core.synthesis.embedding import EmbeddedStatements
from aumenta.core.synthesis.keywords import keywords, quotation, voices
from aumenta.core.synthesis.scaling import unit
from aumenta.core.synthesis.statements import Statement


def keywords_and_quote(
    own: Sequence[Statement], near: Sequence[float], everything: Counter[str]
) -> tuple[list[str], int | None]:
    """Keywords of a group with these statements, and the place of the one to quote.

    `near` is how near each is to the group's centre, `everything` the voices of all statements that may be shown.
    """
    words = keywords(own, everything - voices(own)) if own else []
    return words, quotation(own, near, words)


def name_of(words: Sequence[str], own: Sequence[Statement], taken: set[str]) -> str:
    """A name for a group with these keywords that is not `taken` yet: its first keywords, as many as it needs."""
    for length in (3, 4, 5):
        name = ", ".join(words[:length])
        name = name[:1].upper() + name[1:]
        if name and name not in taken:
            return name
    base = name or (own[0].text[:60] if own else "…")
    number = 2
    while f"{base} ({number})" in taken:
        number += 1
    return f"{base} ({number})" if base in taken else base


@dataclass(frozen=True)
class Described:
    """A group: its id, a name made of its keywords, keywords, the key of the statement to quote, the keys of all."""

    id: int
    name: str
    keywords: tuple[str, ...]
    quotation: str | None
    members: tuple[str, ...]


def described(
    theme_of: Mapping[str, int],
    keys: Sequence[str],
    embedded: EmbeddedStatements,
    *,
    never_quoted: Collection[str] = (),
) -> list[Described]:
    """The groups of `theme_of`, largest first; `keys` are those of `embedded`'s statements, in order.

    `never_quoted` are the keys of statements that may be counted but not shown to others: no word of theirs is in a
    name or a keyword either, and a group of nothing else is called «…».
    """
    members: dict[int, list[int]] = {}
    for place, key in enumerate(keys):
        if place in embedded.same and key in theme_of:
            members.setdefault(theme_of[key], []).append(place)
    if not members:
        return []
    rows = embedded.features.rows - embedded.features.rows.mean(axis=0)
    length = unit(rows)
    hidden = set(never_quoted)
    everything = voices(embedded.statements[place] for place in embedded.same if keys[place] not in hidden)
    result: list[Described] = []
    taken: set[str] = set()
    for theme, places in sorted(members.items(), key=lambda item: (-len(item[1]), item[0])):
        public = [number for number, place in enumerate(places) if keys[place] not in hidden]
        own = [embedded.statements[places[number]] for number in public]
        texts = np.array([embedded.same[place] for place in places])
        centre = unit(rows[texts].mean(axis=0, keepdims=True))[0]
        near = (length[texts] @ centre)[public]
        words, chosen = keywords_and_quote(own, near.tolist(), everything)
        name = name_of(words, own, taken)
        taken.add(name)
        result.append(
            Described(
                theme,
                name,
                tuple(words),
                None if chosen is None else keys[places[public[chosen]]],
                tuple(keys[place] for place in places),
            )
        )
    return result
