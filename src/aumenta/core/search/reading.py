"""How a question is understood: which of its words are names, which everyday words, which are only its manner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from aumenta.core.search.index import Index, Term, nearest
from aumenta.core.search.manner import ANNOUNCES_A_PLACE, MANNER, NAMES_A_PLACE
from aumenta.core.search.names import NamedPlace, NameTable, Synonym
from aumenta.core.search.words import STOP_WORDS, is_stop_word, words

MOST_WORDS: Final = 16
"""Words of a question that are looked up; more would be a text, not a question."""
MEANING_WEIGHT: Final = 0.85
"""What a meaning counts against the word as typed."""
OUTSIDE: Final = "-"
"""The meaning of words that no plan deals with: certificates, fines, opening hours."""
NEXT_MEANING: Final = 0.92
"""What the next meaning of a list counts against the one before."""
GUESSED_WEIGHT: Final = 0.8


class Alternative(NamedTuple):
    """One thing a word of the question may mean: terms, a run of words, or documents that are tied to a name."""

    weight: float
    terms: frozenset[Term] = frozenset()
    phrase: tuple[str, ...] = ()
    language: str = "it"
    documents: Mapping[int, float] | None = None


class Concept(NamedTuple):
    """One part of a question: what was typed, what it may mean, how it was known, the keys of the things it names."""

    typed: str
    kind: str
    alternatives: tuple[Alternative, ...]
    terms: frozenset[Term]
    meaning: tuple[str, ...] = ()
    weight: float = 1.0
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A question as understood. `said` is its wording for an encoder: typing errors mended, meanings added.

    Kinds of concepts: «word», «beginning» (of words), «guess» (a word typed wrong), «synonym», «thing», «place»,
    «outside» (a matter that no plan deals with), «unknown».
    """

    concepts: tuple[Concept, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    said: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked that could be looked up."""
        return not self.concepts and not self.places

    @property
    def only_things(self) -> bool:
        """Whether nothing but names of things was asked for."""
        return bool(self.concepts) and all(concept.kind == "thing" for concept in self.concepts)

    @property
    def only_places(self) -> bool:
        """Whether nothing but places was asked for."""
        return bool(self.places) and all(concept.kind == "place" for concept in self.concepts)

    @property
    def is_outside(self) -> bool:
        """Whether it asks for a matter that no plan deals with."""
        return any(concept.kind == "outside" for concept in self.concepts)

    @property
    def guessed(self) -> dict[str, tuple[str, ...]]:
        """For each word that no text has, the words taken instead (none: nothing looks like it)."""
        return {c.typed: c.meaning for c in self.concepts if c.kind in {"beginning", "guess", "unknown"}}


class _Token(NamedTuple):
    plain: str
    typed: str
    start: int
    end: int

    @property
    def is_acronym(self) -> bool:
        """Whether it is written in capitals: then it is a name, and not a word that may be typed wrong."""
        return len(self.typed) > 1 and self.typed.isupper()


Things = Mapping[str, tuple[Sequence[str], Mapping[int, float]]]
"""Things with a name, by their key («pnrr», «pnrr/m4»): the names they go by, and the documents tied to them."""


@dataclass
class _Found:
    synonyms: list[Synonym] = field(default_factory=list)
    things: list[str] = field(default_factory=list)
    places: list[NamedPlace] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.synonyms or self.things or self.places)


class Reader:
    """Knows the names and words by which a plan is asked."""

    def __init__(
        self,
        index: Index,
        *,
        synonyms: Sequence[Synonym],
        things: Things,
        places: Sequence[NamedPlace],
        tied: Mapping[str, Mapping[int, float]],
    ) -> None:
        self._index, self._things, self._tied = index, things, tied
        self._synonyms: NameTable[Synonym] = NameTable(by_stem=True)
        self._names: NameTable[str] = NameTable(by_stem=False)
        self._places: NameTable[NamedPlace] = NameTable(by_stem=False)
        for synonym in synonyms:
            for written in synonym.written:
                self._synonyms.add(written, synonym, synonym.language)
        for key, (names, _documents) in things.items():
            for name in names:
                self._names.add(name, key)
        for place in places:
            self._places.add(place.under or place.name, place)
        known = {*self._synonyms.single_words(), *self._names.single_words(), *index.vocabulary}
        self._known = sorted(known)
        self._known_with_places = sorted({*known, *self._places.single_words()})
        self._longest = max(self._synonyms.longest, self._names.longest, self._places.longest)

    def read(self, question: str) -> Reading:
        """Understand a question, whatever it is made of."""
        tokens = [_Token(w.plain, question[w.start : w.end], w.start, w.end) for w in words(question)][:MOST_WORDS]
        concepts: list[Concept] = []
        places: dict[str, NamedPlace] = {}
        said = question
        at = 0
        while at < len(tokens):
            if tokens[at].plain in NAMES_A_PLACE and self._announces(tokens, at):
                at += 1
                continue
            taken, found = self._longest_name(tokens, at)
            run = tokens[at : at + taken]
            typed = question[run[0].start : run[-1].end]
            if found:
                places.update((place.key, place) for place in found.places)
                if found.synonyms or found.things:
                    concepts.append(self._named(typed, run, found))
                else:
                    concepts.append(self._place(typed, run, found.places))
            elif not self._is_manner(run[0], tokens):
                concept, mended, place = self._word(run[0], tokens)
                concepts.append(concept)
                places.update({place.key: place} if place else {})
                if mended:
                    said = said.replace(run[0].typed, mended, 1)
            at += taken
        meanings = [m for c in concepts if c.kind == "synonym" for m in c.meaning if not m.startswith("@")][:5]
        return Reading(tuple(concepts), tuple(places.values()), f"{said} ({', '.join(meanings)})" if meanings else said)

    def _longest_name(self, tokens: Sequence[_Token], at: int) -> tuple[int, _Found]:
        for length in range(min(self._longest, len(tokens) - at), 0, -1):
            run = tokens[at : at + length]
            plain = [token.plain for token in run]
            if length == 1 and any(is_stop_word(plain[0], language) for language in STOP_WORDS) and len(tokens) > 1:
                continue
            if length == 1 and self._is_manner(run[0], tokens):
                # «come faccio» asks; by its stem it would be one of the fronts of houses (facciate).
                continue
            found = _Found(self._synonyms.named(plain), self._names.named(plain), self._placed(plain, tokens, at, run))
            if found:
                return length, found
        return 1, _Found()

    def _placed(
        self, plain: Sequence[str], tokens: Sequence[_Token], at: int, run: Sequence[_Token]
    ) -> list[NamedPlace]:
        """The places these words name, unless they are as well an ordinary word that is meant as such."""
        places = self._places.named(plain)
        others = [t for t in (*tokens[:at], *tokens[at + len(run) :]) if t.plain not in ANNOUNCES_A_PLACE]
        announced = at > 0 and tokens[at - 1].plain in NAMES_A_PLACE
        capital = run[0].typed[:1].isupper() and at > 0
        return [place for place in places if not place.plain or not others or announced or capital]

    def _named(self, typed: str, run: Sequence[_Token], found: _Found) -> Concept:
        """A concept of everyday words or names: the words themselves, then what they mean."""
        alternatives, meanings, kinds = [], [], set()
        for key in found.things:
            alternatives.append(Alternative(1.0, documents=self._things[key][1]))
            kinds.add("thing")
        if any(synonym.meaning == (OUTSIDE,) for synonym in found.synonyms):
            terms = self._own(run, alternatives)
            return Concept(typed, "outside", tuple(alternatives), terms)
        for synonym in found.synonyms:
            weight = MEANING_WEIGHT
            for meaning in synonym.meaning:
                more = list(self._alternatives(meaning, synonym.language, weight))
                kinds |= {"thing" if one.documents is not None else "synonym" for one in more}
                alternatives += more
                meanings.append(meaning)
                weight *= NEXT_MEANING
        if "thing" in kinds:
            # A thing's documents are known; its words are only marked where they stand.
            terms = frozenset(term for token in run for term in self._index.terms_of(token.plain))
        else:
            terms = self._own(run, alternatives)
        for one in alternatives:
            terms |= one.terms
        kind = "thing" if "thing" in kinds else "synonym"
        named = list(dict.fromkeys([*found.things, *(key for m in meanings for key in self._keys(m))]))
        return Concept(typed, kind, tuple(alternatives), terms, tuple(dict.fromkeys(meanings)), named=tuple(named))

    def _own(self, run: Sequence[_Token], alternatives: list[Alternative]) -> frozenset[Term]:
        """Add the words as they were typed to the alternatives; returns their terms."""
        terms = [self._index.terms_of(token.plain) for token in run]
        if len(run) == 1:
            alternatives.insert(0, Alternative(1.0, terms[0]))
            return terms[0]
        plain = tuple(token.plain for token in run)
        for language in STOP_WORDS:
            alternatives.insert(0, Alternative(1.0, phrase=plain, language=language))
        return frozenset()

    def _keys(self, meaning: str) -> list[str]:
        """The things that a meaning with «@» refers to; none for words."""
        wanted = meaning[1:]
        if not meaning.startswith("@"):
            return []
        return [key for key in self._things if key == wanted or ("/" in wanted and key.startswith(wanted))]

    def _alternatives(self, meaning: str, language: str, weight: float) -> Iterable[Alternative]:
        if meaning.startswith("@"):
            for key in self._keys(meaning):
                yield Alternative(weight, documents=self._things[key][1])
            return
        plain = tuple(word.plain for word in words(meaning) if not is_stop_word(word.plain, language))
        if len(plain) == 1:
            yield Alternative(weight, frozenset(t for t in self._index.terms_of(plain[0]) if t[0] == language))
        elif plain:
            yield Alternative(weight, phrase=plain, language=language)

    def _announces(self, tokens: Sequence[_Token], at: int) -> bool:
        """Whether the name of a place follows: «Comune di Ivrea»."""
        after = [t.plain for t in tokens[at + 1 : at + 2 + self._places.longest]]
        after = after[1:] if after and is_stop_word(after[0], "it") else after
        return any(self._places.named(after[:length]) for length in range(1, len(after) + 1))

    def _is_manner(self, token: _Token, tokens: Sequence[_Token]) -> bool:
        """Whether a word says how somebody asks and not about what (unless there is no other)."""
        if token.is_acronym and self._index.terms_of(token.plain) and len(tokens) < 3:
            return False
        telling = [t for t in tokens if t.plain not in MANNER and not any(t.plain in s for s in STOP_WORDS.values())]
        return bool(telling) and token not in telling

    def _place(self, typed: str, run: Sequence[_Token], places: Sequence[NamedPlace]) -> Concept:
        """A place: what is tied to it, and the words of its name where the texts have them next to each other."""
        alternatives = [Alternative(1.0, documents=tied) for p in places if (tied := self._tied.get(p.key))]
        terms = self._own(run, alternatives) if any(token.plain.isalpha() for token in run) else frozenset[Term]()
        return Concept(typed, "place", tuple(alternatives), terms)

    def _word(self, token: _Token, tokens: Sequence[_Token]) -> tuple[Concept, str, NamedPlace | None]:
        """An ordinary word; what it was taken for where it was typed wrong; the place it then names."""
        terms = self._index.terms_of(token.plain)
        if terms:
            return Concept(token.typed, "word", (Alternative(1.0, terms),), terms), "", None
        if token.is_acronym:
            return Concept(token.typed, "unknown", (), frozenset()), "", None
        terms, spelled = self._index.terms_beginning(token.plain)
        if terms:
            return Concept(token.typed, "beginning", (Alternative(1.0, terms),), terms, spelled), "", None
        # «fronte» in a question is not Front; «Pinerollo» alone, or with a capital letter, is Pinerolo.
        may_be_place = len(tokens) == 1 or token.typed[0].isupper()
        guesses = nearest(token.plain, self._known_with_places if may_be_place else self._known)
        alternatives: list[Alternative] = []
        shown: list[str] = []
        place = None
        for guess in guesses[:5]:
            shown += self._guess(guess, alternatives) or [guess]
            places = [p for p in self._places.named([guess]) if not p.plain]
            place = place or (places[0] if places else None)
        terms = frozenset(term for one in alternatives for term in one.terms)
        kind = "guess" if guesses else "unknown"
        concept = Concept(token.typed, kind, tuple(alternatives), terms, tuple(dict.fromkeys(shown)))
        return concept, shown[0] if shown else "", place

    def _guess(self, guess: str, alternatives: list[Alternative]) -> list[str]:
        """Add what a guessed word means to the alternatives; returns how it is written."""
        terms, spelled = self._index.terms_of_spelling(guess)
        if terms:
            alternatives.append(Alternative(1.0, terms))
        for synonym in self._synonyms.named([guess]):
            weight = MEANING_WEIGHT * GUESSED_WEIGHT
            for meaning in synonym.meaning:
                alternatives += self._alternatives(meaning, synonym.language, weight)
                weight *= NEXT_MEANING
        for key in self._names.named([guess]):
            alternatives.append(Alternative(GUESSED_WEIGHT, documents=self._things[key][1]))
        return list(spelled)
