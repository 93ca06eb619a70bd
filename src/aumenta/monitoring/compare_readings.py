"""A file of readings beside what is known: what is new, changed, the same, and what is refused and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from aumenta.core.readings import Observation
from aumenta.core.tables import Finding, TableError
from aumenta.monitoring.models import Indicator, Reading
from aumenta.monitoring.places import PlaceFinder, place_finder

MOST_REFUSED: Final = 1_000
"""So many refused rows are told one by one; the others are counted."""
SHOWN_CHANGES: Final = 200
RATIO_TOLERANCE: Final = 0.02
MIN_FOR_FRACTION: Final = 3


class Said(NamedTuple):
    """What a reading says, without where it stands."""

    value: float | None
    absence: str
    marks: str
    numerator: float | None
    denominator: float | None
    note: str


class New(NamedTuple):
    """A reading that is not known yet."""

    indicator: int
    place: int
    period: str
    year: int
    said: Said


class Changed(NamedTuple):
    """A reading that the file says otherwise than it is known."""

    key: int
    indicator: int
    place: int
    period: str
    before: Said
    said: Said


@dataclass
class Preview:
    """What taking the file in would do."""

    new: list[New] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    same: int = 0
    refused: list[Finding] = field(default_factory=list)
    n_refused: int = 0
    notes: list[Finding] = field(default_factory=list)
    unknown_series: dict[str, int] = field(default_factory=dict)

    def refuse(self, finding: Finding) -> None:
        """Count a row that will not do, and keep it to be told while there is room."""
        self.n_refused += 1
        if len(self.refused) < MOST_REFUSED:
            self.refused.append(finding)


@dataclass
class _Card:
    """What is needed of an indicator while a file is read, and its readings by place and period."""

    key: int
    direction: int
    limit: float | None
    per: float
    percent: bool
    known: dict[tuple[int, str], tuple[int, Said]]
    largest: float = 0.0
    count: int = 0
    first_row: int = 0


def compare_readings(observations: Iterable[Observation | Finding]) -> Preview:
    """Put observations beside what is known. Raises TableError where the file breaks off."""
    return _Comparison().run(observations)


class _Comparison:
    """One file being compared: cards and places are looked up once."""

    def __init__(self) -> None:
        self.preview = Preview()
        self.places: PlaceFinder = place_finder()
        self.cards: dict[str, _Card | None] = {}
        self.seen: set[tuple[int, int, str]] = set()
        self.by_name = dict(Indicator.objects.values_list("code", "pk"))
        self.by_series = dict(Indicator.objects.exclude(series_key="").values_list("series_key", "pk"))

    def run(self, observations: Iterable[Observation | Finding]) -> Preview:
        """Every observation in turn."""
        for one in observations:
            if isinstance(one, Finding):
                self.preview.refuse(one)
                continue
            try:
                self._take(one)
            except TableError as problem:
                self.preview.refuse(TableError.of(problem.finding, row=one.row).finding)
        self.preview.notes += list(self._suspected_fractions())
        return self.preview

    def _take(self, one: Observation) -> None:
        card = self._card(one.series)
        if card is None:
            self.preview.unknown_series[one.series] = self.preview.unknown_series.get(one.series, 0) + 1
            raise TableError("indicator_unknown", shown=one.series[:120])
        place = self.places.find(one.place)
        where = (card.key, place, one.period)
        if where in self.seen:
            raise TableError("reading_twice", indicator=one.series[:60], place=one.place, period=one.period)
        self._check_value(card, one)
        self.seen.add(where)
        said = Said(one.value, one.absence, one.marks, one.numerator, one.denominator, one.note)
        known = card.known.get((place, one.period))
        if known is None:
            self.preview.new.append(New(card.key, place, one.period, one.year, said))
        elif known[1] == said:
            self.preview.same += 1
        else:
            self.preview.changed.append(Changed(known[0], card.key, place, one.period, known[1], said))

    def _check_value(self, card: _Card, one: Observation) -> None:
        if one.value is None:
            return
        card.largest, card.count = max(card.largest, abs(one.value)), card.count + 1
        card.first_row = card.first_row or one.row
        if card.limit is not None and card.direction and card.direction * (one.value - card.limit) > 0:
            raise TableError("value_beyond_limit", shown=f"{one.value:g}", limit=f"{card.limit:g}")
        if one.numerator is not None and one.denominator:
            worked_out = card.per * one.numerator / one.denominator
            # The value may be rounded; it may not be another figure.
            if abs(worked_out - one.value) > max(0.5, RATIO_TOLERANCE * abs(worked_out)):
                raise TableError("ratio_differs", shown=f"{one.value:g}", worked_out=f"{worked_out:.6g}")

    def _suspected_fractions(self) -> Iterator[Finding]:
        """Indicators in percent of which no value is above 1: they look like fractions, and only a person can know."""
        for name, card in self.cards.items():
            if card and card.percent and card.count >= MIN_FOR_FRACTION and 0 < card.largest <= 1:
                yield Finding("percent_as_fraction", card.first_row, details={"indicator": name[:60]})

    def _card(self, series: str) -> _Card | None:
        if series not in self.cards:
            key = self.by_name.get(series) or self.by_series.get(series)
            self.cards[series] = _card_of(key) if key else None
        return self.cards[series]


def _card_of(key: int) -> _Card:
    indicator = Indicator.objects.get(pk=key)
    known = {
        (place, period): (reading, Said(*said))
        for reading, place, period, *said in Reading.objects.filter(indicator_id=key)
        .order_by()
        .values_list("pk", "place_id", "period", *Said._fields)
        .iterator(chunk_size=10_000)
    }
    return _Card(
        key, indicator.direction, indicator.limit, indicator.per, indicator.unit_it.strip().startswith("%"), known
    )
