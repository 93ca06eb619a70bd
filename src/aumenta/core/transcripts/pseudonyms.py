"""Names in what was said: replaced by labels, proposed where nobody named them yet, and what may still identify.

Nothing is replaced by itself: a person decides over each proposal. A name that nobody saw stays: so a report says which
words with a capital are left, and where a role stands beside a small place.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

_CAPITAL: Final = r"[A-ZÀ-ÖØ-Þ][\wÀ-ÿ]*(?:['’\-][A-ZÀ-ÖØ-Þa-zà-ÿ]\w*)*"
_PARTICLES: Final = r"(?:\s+(?:de|di|da|del|della|dei|dalla|van|von|lo|la|le))?"
_FULL: Final = re.compile(rf"\b{_CAPITAL}(?:{_PARTICLES}\s+{_CAPITAL})+")
_TITLED: Final = re.compile(
    r"\b(?i:signor[ae]?|sig(?:\.ra|\.na|\.)?|dott(?:\.ssa|\.|or|oressa)?|prof(?:\.ssa|\.|essor|essoressa)?|ing\.|avv\.|"
    r"arch\.|geom\.|don|suor|mister|mrs?\.?|ms\.?|dr\.?)\s+(" + _CAPITAL + rf"(?:\s+{_CAPITAL})?)"
)
_ROLES: Final = re.compile(
    r"\b(sindac[oa]|vicesindac[oa]|assessor[ea]|consiglier[ea]|parroco|preside|dirigente|direttor[ea]|direttrice|"
    r"president[ea]|medico|maestr[oa]|farmacista|segretari[oa]|mayor|priest|head teacher)\b",
    re.IGNORECASE,
)
_NEAR: Final = 60
"""Letters between a role and a place that make one somebody."""


class StillThere(NamedTuple):
    """What may still identify: «role_in_small_place» or «name», the words, and in which turn (from 1)."""

    kind: str
    words: str
    turn: int


def replace_names(text: str, labels: Mapping[str, str]) -> str:
    """The text with each name's label in its place: whole words, longest first, whatever the case, NFC or NFD."""
    names = sorted((name for name in labels if name.strip()), key=len, reverse=True)
    if not names:
        return text
    known = {_key(name): labels[name] for name in names}
    parts = (r"\s+".join(re.escape(word) for word in unicodedata.normalize("NFC", name).split()) for name in names)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda found: known[_key(found[0])], unicodedata.normalize("NFC", text))


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def names_proposed(texts: Sequence[str], *, known: Collection[str] = (), not_names: Collection[str] = ()) -> list[str]:
    """Names that perhaps should be replaced, the most frequent first: those of the register and their single words,
    two words with capitals, what follows a title. `not_names` are places and the like."""
    left_out = {_key(one) for one in not_names}
    found: Counter[str] = Counter()
    whole = "\n".join(texts)
    # Once over the text, and not once for each name: a list of names may be as long as the text.
    folded = whole.casefold()
    counted = Counter(re.findall(r"\w+", folded))
    for name in known:
        for part in {name, *(word for word in name.split() if len(word) > 2)}:
            key = part.casefold()
            if hits := counted[key] if key.isalnum() else folded.count(key):
                found[part] += hits + 1000  # Known ones come first.
    for pattern, group in ((_FULL, 0), (_TITLED, 1)):
        for match in pattern.finditer(whole):
            name = " ".join(match[group].split())
            if name[0].isupper() and _key(name) not in left_out:
                found[name] += 1
    return [name for name, _n in found.most_common()]


def still_there(texts: Sequence[str], *, known: Collection[str], small_places: Collection[str]) -> list[StillThere]:
    """What may still say who somebody is: names of the register that are left, and a role beside a small place, where
    everybody knows who holds it."""
    named, placed = _any_of(known), _any_of(small_places)
    return [one for turn, text in enumerate(texts, start=1) for one in _in_turn(text, turn, named, placed)]


def _any_of(names: Collection[str]) -> re.Pattern[str] | None:
    """Any of these as whole words, the longest first; None where there is none."""
    parts = [re.escape(name) for name in sorted(names, key=len, reverse=True) if name.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None


def _in_turn(
    text: str, turn: int, named: re.Pattern[str] | None, placed: re.Pattern[str] | None
) -> Iterable[StillThere]:
    if named is not None:
        for name in dict.fromkeys(found[0] for found in named.finditer(text)):
            yield StillThere("name", name, turn)
    for role in _ROLES.finditer(text) if placed is not None else ():
        around = text[max(0, role.start() - _NEAR) : role.end() + _NEAR]
        for place in dict.fromkeys(found[0] for found in placed.finditer(around)) if placed is not None else ():
            yield StillThere("role_in_small_place", f"{role[0]} … {place}", turn)
