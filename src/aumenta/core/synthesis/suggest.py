"""Which strategies of a plan a statement concerns: a ranking, the action that matched, and an honest "none".

Four readings are put together, each brought to mean 0 and deviation 1 over the strategies of its row:

* *nearness*: cosine of the statement with every text of the plan, taken for a short statement as the mean of the best
  two of a strategy and for a long one, which speaks of many things, as the mean of all;
* *ridge*: one linear rule per strategy learnt from the plan's own texts (ridge regression on their vectors, both as
  plan texts and as contributions, strategies weighing alike);
* *words*: the same as nearness with TF-IDF on stems;
* *subjects*: whether both are about the same subjects of local policy (`policy.reading`);

and, where people have already placed statements, a *vote* of the nearest of those. The weights of the four are those of
a conditional logit fitted on other plans and statements (`python -m benchmarks.fit_suggestions`), so the total of a
strategy is, but for a constant, the logarithm of the chance that it is the one. What each adds is measured in
docs/decisions/0005-synthesis.md.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aumenta.core.synthesis.confidence import confidence, confidence_threshold
from aumenta.core.synthesis.encoders import Encoder, HashedStems, Vectors
from aumenta.core.synthesis.lexical import Lexicon, in_common, likeness
from aumenta.core.synthesis.policy.reading import SubjectReading
from aumenta.core.synthesis.ridge import Ridge
from aumenta.core.synthesis.scaling import Floats, drawn, softmax, standard, unit
from aumenta.core.synthesis.statements import Oddity, Statement, read_all
from aumenta.core.synthesis.vectors import Cache, vectors_of

WEIGHTS: Final = {"nearness": 0.31, "ridge": 0.4, "words": 0.23, "subjects": 0.76}
"""What each of the `Readings` weighs, as fitted."""
VOTE_WEIGHT: Final = 3.3
LONG_TEXT: Final = 30
"""Words (all of them) from which a statement is read as a long text."""
TEMPERATURE: Final = 0.6
TRIED: Final = 500
"""Texts of a plan, evenly chosen, that are left out to learn from where on the badge is earned."""
ALSO: Final = 0.5
"""Share of the first one's score from which another strategy is concerned too."""
OUTSIDE: Final = 0.18
"""Nearness below which nothing in the plan is about it (see benchmarks/synthesis.md for how it was set)."""


_ROWS: Final = 1_000
"""Statements that are compared at a time, for memory."""
_WORD = re.compile(r"\w+")


class Reference(NamedTuple):
    """One text of a plan: an action or a strategy (`code`) of the strategy `group`."""

    code: str
    group: str
    text: str


class Readings(NamedTuple):
    """What each reading says of each group (a column), brought to mean 0 and deviation 1 over the groups."""

    nearness: Floats
    ridge: Floats
    words: Floats
    subjects: Floats


class Confirmed(NamedTuple):
    """A statement that a person has placed."""

    text: str
    group: str


class Match(NamedTuple):
    """A strategy proposed: its share of the score (a row sums to 1), the text that matched, the words in common."""

    group: str
    score: float
    code: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """What is proposed for one statement: all strategies, likeliest first.

    `confident` earns the badge; `also` are strategies after the first that it concerns too; `outside` says that
    nothing in the plan is about it (the ranking is given all the same, to be looked at, not trusted).
    """

    statement: Statement
    ranked: tuple[Match, ...]
    confident: bool
    also: tuple[str, ...]
    outside: bool
    confidence: float = -inf
    """How sure it is of the first (see `Scores.confidence`); the badge begins at `PlanIndex.badge_from`."""


@dataclass(frozen=True)
class Scores:
    """Numbers behind suggestions; rows are statements, columns the groups of the plan in order."""

    total: Floats
    nearness: Floats
    """Cosine of the nearest single text of the plan, one per statement."""
    confidence: Floats
    """Logarithm of the chance that ridge and subjects, as two independent readings, both give the first."""
    best_code: NDArray[np.int64]
    """Row of the reference code that matched best in each group."""
    shares: Floats = field(init=False)
    """Softmax of the totals: positive, rows sum to 1."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "shares", softmax(standard(self.total), TEMPERATURE))


class PlanIndex:
    """A plan made ready for comparing; any plan, in any of the encoder's languages, with one group or hundreds.

    Texts with the same code (two languages of one action) count as one. Raises ValueError without references.
    """

    def __init__(self, references: Sequence[Reference], encoder: Encoder, cache: Cache | None = None) -> None:
        if not references:
            raise ValueError("a plan without texts cannot be compared with anything")
        self.encoder, self.cache = encoder, cache
        self.groups = list(dict.fromkeys(reference.group for reference in references))
        self.codes = list(dict.fromkeys(reference.code for reference in references))
        self.texts = read_all([reference.text for reference in references])
        group_of = {reference.code: self.groups.index(reference.group) for reference in references}
        self.group_of_code = np.array([group_of[code] for code in self.codes])
        largest = int(np.bincount(self.group_of_code).max())
        self._codes_of_group = np.full((len(self.groups), largest), len(self.codes))
        for group in range(len(self.groups)):
            own = np.flatnonzero(self.group_of_code == group)
            self._codes_of_group[group, : len(own)] = own
        code_place = {code: number for number, code in enumerate(self.codes)}
        self.code_of_row = np.array([code_place[reference.code] for reference in references])
        plain = [text.text for text in self.texts]
        as_plan = vectors_of(plain, "plan", encoder, cache)
        self._spoken = as_spoken = vectors_of(plain, "contribution", encoder, cache)
        self.mean = as_plan.mean(axis=0)
        self.vectors = unit(as_plan - self.mean)
        rows = np.concatenate([self.vectors, unit(as_spoken - as_spoken.mean(axis=0))])
        self._ridge = Ridge(rows, np.tile(self.group_of_code[self.code_of_row], 2), len(self.groups))
        # A statement in a third language says little about an Italian plan; about a German plan German says all.
        foreign = sum(Oddity.OTHER_LANGUAGE in text.oddities for text in self.texts) * 2 > len(self.texts)
        self._doubtful = {Oddity.ONE_WORD} if foreign else {Oddity.ONE_WORD, Oddity.OTHER_LANGUAGE}
        # Stems are counted, not understood: they say nothing of what a text is about in other words.
        self._subjects = None if encoder.name == HashedStems.name else SubjectReading(as_spoken, encoder, cache)
        self.lexicon = Lexicon(self.texts)
        self._words = self.lexicon.rows(self.texts)

    def centred(self, vectors: Vectors, context: Vectors | None = None) -> Vectors:
        """Contributions' vectors without what they have in common, to be compared with the plan's (`drawn`)."""
        return drawn(vectors, context, self._subjects.said_mean if self._subjects else self.mean)

    @cached_property
    def badge_from(self) -> float:
        """The confidence from which the badge is shown: the plan's own texts, each left out, tell what it is worth."""
        group_of_row = self.group_of_code[self.code_of_row]
        # A text that is alone in its group cannot be found without itself.
        fit = np.flatnonzero(np.bincount(self.group_of_code)[group_of_row] > 1)
        some = fit[np.unique(np.linspace(0, len(fit) - 1, min(len(fit), TRIED)).astype(int))] if len(fit) else fit
        tried = self.scores(
            [self.texts[row] for row in some],
            excluded=[{self.codes[self.code_of_row[row]]} for row in some],
            vectors=self._spoken[some],
        )
        right = tried.total.argmax(axis=1) == group_of_row[some]
        return confidence_threshold(tried.confidence, right, 2, len(self.groups))

    def scores(
        self,
        statements: Sequence[Statement],
        *,
        excluded: Sequence[Collection[str]] | None = None,
        confirmed: Sequence[Confirmed] = (),
        context: Vectors | None = None,
        vectors: Vectors | None = None,
    ) -> Scores:
        """The readings and the vote; `excluded` gives for each statement the codes that are not to be used.

        `vectors` are those of the statements, as contributions, where the caller has them already.
        """
        texts = [statement.text for statement in statements]
        spoken = vectors_of(texts, "contribution", self.encoder, self.cache) if vectors is None else vectors
        if not len(spoken):
            none = np.zeros((0, len(self.groups)))
            return Scores(none, np.zeros(0), np.zeros(0), none.astype(np.int64))
        left_out = self._left_out(len(statements), excluded)
        readings, by_code = self.readings(statements, spoken, left_out, context)
        total = sum((WEIGHTS[name] * reading for name, reading in readings._asdict().items()), np.zeros(1))
        if confirmed:
            centred = self.centred(spoken, context)
            total = total + VOTE_WEIGHT * self._vote(centred, confirmed, context if context is not None else spoken)
        own_codes = [np.flatnonzero(self.group_of_code == group) for group in range(len(self.groups))]
        # Groups of which nothing is left.
        unknown = np.column_stack([left_out[:, own].all(axis=1) for own in own_codes])
        floor = np.where(unknown, 0, total).min(axis=1, keepdims=True) - 1
        total = np.where(unknown, floor, total)
        nearest = by_code.max(axis=1)
        return Scores(
            total,
            np.where(np.isfinite(nearest), nearest, -1.0),
            confidence(
                (readings.ridge, readings.subjects if self._subjects else readings.nearness), total.argmax(axis=1)
            ),
            np.column_stack([own[by_code[:, own].argmax(axis=1)] for own in own_codes]),
        )

    def readings(
        self,
        statements: Sequence[Statement],
        spoken: Vectors,
        left_out: NDArray[np.bool_],
        context: Vectors | None = None,
    ) -> tuple[Readings, Floats]:
        """The four readings of each statement (a row) for each group, and its nearness to each code.

        `left_out` says for each statement which codes are not to be used: their nearness is minus infinity.
        """
        centred = self.centred(spoken, context)
        near = (centred @ self.vectors.T).astype(np.float64)
        alike = self._subjects.likeness(centred) if self._subjects else np.zeros_like(near)
        by_code, words, subjects = (
            np.where(left_out, -np.inf, self._best_of_code(by_row))
            for by_row in (near, likeness(self.lexicon.rows(statements), self._words), alike)
        )
        length = np.array([len(_WORD.findall(statement.text)) for statement in statements])
        share = np.clip(length / LONG_TEXT, 0, 1)[:, None]
        readings = Readings(
            self._by_group(by_code, share),
            standard(self._ridge.predict(centred.astype(np.float64), left_out[:, self.code_of_row])),
            self._by_group(words, share),
            self._by_group(subjects, np.zeros_like(share)),
        )
        return readings, by_code

    def suggest(
        self,
        sources: Sequence[str],
        *,
        excluded: Sequence[Collection[str]] | None = None,
        confirmed: Sequence[Confirmed] = (),
        context: Sequence[str] | None = None,
    ) -> list[Suggestion]:
        """One suggestion per text, in order. A text with nothing to read has an empty ranking and is outside."""
        statements = read_all(sources)
        readable = [number for number, statement in enumerate(statements) if statement.readable]
        around = None
        if context:
            embedded = [statement.text for statement in read_all(context) if statement.readable]
            around = vectors_of(embedded, "contribution", self.encoder, self.cache) if embedded else None
        scores = self.scores(
            [statements[number] for number in readable],
            excluded=None if excluded is None else [excluded[number] for number in readable],
            confirmed=confirmed,
            context=around,
        )
        rows = {number: row for row, number in enumerate(readable)}
        return [
            self._suggestion(statement, scores, rows[number])
            if number in rows
            else Suggestion(statement, (), False, (), True)
            for number, statement in enumerate(statements)
        ]

    def _suggestion(self, statement: Statement, scores: Scores, row: int) -> Suggestion:
        shares = scores.shares[row]
        order = np.argsort(-shares, kind="stable")
        matches = []
        for place, group in enumerate(order):
            code = int(scores.best_code[row, group])
            common: tuple[str, ...] = ()
            if place < 3:
                for text_row in np.flatnonzero(self.code_of_row == code):
                    common += tuple(in_common(statement, self.texts[int(text_row)], self.lexicon))
            matches.append(
                Match(self.groups[group], float(shares[group]), self.codes[code], tuple(dict.fromkeys(common)))
            )
        outside = bool(scores.nearness[row] < OUTSIDE) and not (matches and matches[0].words)
        doubtful = statement.oddities & self._doubtful
        confident = bool(scores.confidence[row] >= self.badge_from) and not outside and not doubtful
        # One word is near to much: what it says for sure is little enough.
        several = not outside and Oddity.ONE_WORD not in statement.oddities
        also = tuple(match.group for match in matches[1:3] if match.score >= ALSO * matches[0].score and several)
        return Suggestion(statement, tuple(matches), confident, also, outside, float(scores.confidence[row]))

    def _left_out(self, count: int, excluded: Sequence[Collection[str]] | None) -> NDArray[np.bool_]:
        result = np.zeros((count, len(self.codes)), dtype=bool)
        for row, codes in enumerate(excluded or ()):
            if codes:
                result[row] = [code in codes for code in self.codes]
        return result

    def _best_of_code(self, by_row: Floats) -> Floats:
        if len(self.codes) == by_row.shape[1]:
            return by_row[:, np.argsort(self.code_of_row)]
        result = np.full((len(by_row), len(self.codes)), -np.inf)
        for row, code in enumerate(self.code_of_row):
            np.maximum(result[:, code], by_row[:, row], out=result[:, code])
        return result

    def _by_group(self, by_code: Floats, long_share: Floats) -> Floats:
        """The best two of a group for short texts, all of it for long ones, in between a mixture of both readings."""
        best_two, every = np.empty((2, len(by_code), len(self.groups)))
        for start in range(0, len(by_code), _ROWS):
            part = slice(start, start + _ROWS)
            # One more column stands for "no text": it fills up the groups that have fewer texts than the largest.
            padded = np.concatenate([by_code[part], np.full((len(by_code[part]), 1), -np.inf)], axis=1)
            values = -np.sort(-padded[:, self._codes_of_group], axis=2)
            there = np.isfinite(values)
            count = there.sum(axis=2)
            values[~there] = 0
            best_two[part] = values[:, :, :2].sum(axis=2) / np.clip(count, 1, 2)
            every[part] = values.sum(axis=2) / np.maximum(count, 1)
            best_two[part][count == 0] = every[part][count == 0] = np.nan
        mixed = (1 - long_share) * standard(_filled(best_two)) + long_share * standard(_filled(every))
        return standard(mixed)

    def _vote(self, vectors: Vectors, confirmed: Sequence[Confirmed], context: Vectors) -> Floats:
        """For each group the sum of the cosines of its confirmed statements, of the ten nearest at most."""
        known = [choice for choice in confirmed if choice.group in self.groups]
        statements = read_all([choice.text for choice in known])
        kept = [number for number, statement in enumerate(statements) if statement.readable]
        result = np.zeros((len(vectors), len(self.groups)))
        if not kept:
            return result
        theirs = vectors_of([statements[number].text for number in kept], "contribution", self.encoder, self.cache)
        alike = np.maximum(vectors @ self.centred(theirs, context).T, 0).astype(np.float64)
        group = np.array([self.groups.index(known[number].group) for number in kept])
        nearest = np.argsort(-alike, axis=1)[:, :10]
        for row, places in enumerate(nearest):
            np.add.at(result[row], group[places], alike[row, places])
        return result


def _filled(rows: Floats) -> Floats:
    """Groups with nothing to compare get the least of their row."""
    lowest = np.where(np.isnan(rows), np.inf, rows).min(axis=1, keepdims=True)
    return np.where(np.isnan(rows), np.where(np.isfinite(lowest), lowest, 0.0), rows)
