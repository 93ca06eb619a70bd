"""SDMX-ML 2.1 data, generic and structure-specific: walked once, no document type, no entities, bounded.

A structure-specific file does not say which of its attributes are dimensions; the structure (DSD) does. Without it,
what is known to be an attribute is left out and whatever every series has counts as a dimension; where series differ
in that, nobody can know and the structure is asked for.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final
from xml.parsers import expat

from aumenta.core.readings.keys import CONFIDENTIAL, MOST_NAMES, STATUSES, keys_of, observed
from aumenta.core.readings.observation import Observation, Read
from aumenta.core.tables import Finding, TableError

MOST_BYTES: Final = 64_000_000
MOST_OBSERVATIONS: Final = 1_000_000
_VALUE: Final = "OBS_VALUE"
_ATTRIBUTES: Final = frozenset(
    {
        *STATUSES,
        *CONFIDENTIAL,
        _VALUE,
        "BREAK",
        "DECIMALS",
        "UNIT_MULT",
        "BASE_PER",
        "TITLE",
        "TITLE_COMPL",
        "OBS_PRE_BREAK",
        "COLLECTION",
        "COMMENT_OBS",
        "COMMENT_TS",
        "UNIT_MEAS",
        "TIME_FORMAT",
        "PRE_BREAK_VALUE",
        "LAST_UPDATE",
        "METADATA_EN",
        "METADATA_IT",
    }
)
Row = tuple[int, dict[str, str], dict[str, str]]
"""Line, what is said of the series, what is said of the observation."""


def read_dimensions(data: bytes) -> list[str]:
    """The dimensions a structure file (DSD) names, in order. Raises TableError (xml_damaged, structure_without_dsd)."""
    found: list[tuple[int, str]] = []

    def start(name: str, attributes: dict[str, str], _line: int) -> None:
        if name in {"Dimension", "TimeDimension"} and attributes.get("id"):
            position = attributes.get("position", "")
            order = int(position) if position.isascii() and position.isdigit() and len(position) < 5 else 999
            found.append((order, attributes["id"]))

    _walk(data, start, lambda _name: None)
    if not found:
        raise TableError("structure_without_dsd")
    return [name for _order, name in sorted(found, key=lambda one: one[0])]


def read_sdmx_ml(data: bytes, structure: bytes | None, latest_year: int) -> Read:
    """The observations of a message. Raises TableError where it is none, or cut, or where only its DSD could tell."""
    known = read_dimensions(structure) if structure else []
    taker = _Taker()
    _walk(data, taker.start, taker.end)
    if taker.root not in {"GenericData", "StructureSpecificData", "GenericTimeSeriesData", "CompactData"}:
        raise TableError("not_readings", kind=taker.root or "XML")
    if not taker.rows:
        raise TableError("no_observations")
    names = known or _dimensions(taker)
    keys = keys_of(names)
    return [], _observations(taker.rows, names, keys.place, keys.time, latest_year)


def _observations(
    rows: list[Row], names: list[str], place: int, time: int, latest_year: int
) -> Iterator[Observation | Finding]:
    keys = keys_of(names)
    for line, of_series, of_observation in rows:
        said = {**of_series, **of_observation}
        values = [said.get(name, "") for name in names]
        upper = {name.upper(): one for name, one in said.items()}
        flags = (_first(upper, STATUSES), _first(upper, CONFIDENTIAL))
        yield observed(
            line, keys.series(values), values[place], values[time], upper.get(_VALUE, ""), flags, latest_year
        )


def _first(said: Mapping[str, str], names: Collection[str]) -> str:
    return next((said[name] for name in names if name in said), "")


def _dimensions(taker: "_Taker") -> list[str]:
    """What every observation has and nothing known to be an attribute. Raises TableError (structure_missing)."""
    if taker.generic_names:
        return taker.generic_names
    names: dict[str, int] = {}
    for _line, of_series, of_observation in taker.rows:
        for name in {**of_series, **of_observation}:
            names[name] = names.get(name, 0) + 1
    rest = {name: count for name, count in names.items() if not _is_attribute(name)}
    doubtful = [name for name, count in rest.items() if count < len(taker.rows)]
    if doubtful:
        raise TableError("structure_missing", names=", ".join(doubtful[:10]))
    return list(rest)


def _is_attribute(name: str) -> bool:
    return name.upper() in _ATTRIBUTES or name.upper().startswith(("NOTE_", "COMMENT_"))


class _Taker:
    """Takes series and observations as they pass: attributes of elements, or values named one by one."""

    def __init__(self) -> None:
        self.root = ""
        self.rows: list[Row] = []
        self.generic_names: list[str] = []
        self._series: dict[str, str] = {}
        self._observation: dict[str, str] = {}
        self._line = 0
        self._inside = ""

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """An element begins."""
        self.root = self.root or name
        match name:
            case "Series":
                self._series = dict(attributes)
            case "Obs":
                self._observation, self._line = dict(attributes), line
            case "SeriesKey" | "ObsKey" | "Attributes":
                self._inside = name
            case "Value" if self._inside:
                self._take_value(attributes)
            case "ObsDimension" | "Time":
                self._named(attributes.get("id") or "TIME_PERIOD", attributes.get("value", ""), key=True)
            case "ObsValue":
                self._observation[_VALUE] = attributes.get("value", "")

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "Obs":
            if len(self.rows) >= MOST_OBSERVATIONS:
                raise TableError("too_many_observations", most=MOST_OBSERVATIONS)
            self.rows.append((self._line, self._series, self._observation))
            self._line = 0
        elif name == "Series":
            self._series = {}
        elif name == self._inside:
            self._inside = ""

    def _take_value(self, attributes: dict[str, str]) -> None:
        name, value = attributes.get("id") or attributes.get("concept", ""), attributes.get("value", "")
        if self._line:
            self._named(name, value, key=self._inside == "ObsKey")
        else:
            self._series[name] = value
            if len(self._series) > MOST_NAMES:
                raise TableError("too_many_columns", most=MOST_NAMES)
            self._note(name, key=self._inside == "SeriesKey")

    def _named(self, name: str, value: str, *, key: bool) -> None:
        self._observation[name] = value
        if len(self._observation) > MOST_NAMES:
            raise TableError("too_many_columns", most=MOST_NAMES)
        self._note(name, key=key)

    def _note(self, name: str, *, key: bool) -> None:
        if key and name not in self.generic_names:
            self.generic_names.append(name)


def _walk(data: bytes, start: Callable[[str, dict[str, str], int], None], end: Callable[[str], None]) -> None:
    """Walk an XML file by local names. Raises TableError (too_large, xml_doctype, xml_damaged)."""
    if len(data) > MOST_BYTES:
        raise TableError("too_large", most=MOST_BYTES // 1_000_000)
    parser = expat.ParserCreate(namespace_separator=" ")

    def begin(name: str, attributes: dict[str, str]) -> None:
        if len(attributes) > MOST_NAMES:
            # What a series says is joined to each of its observations: a million of both never came to an end.
            raise TableError("too_many_columns", row=parser.CurrentLineNumber, most=MOST_NAMES)
        plain = {key: value for key, value in attributes.items() if " " not in key}
        start(name.rpartition(" ")[2], plain, parser.CurrentLineNumber)

    def no_doctype(*_said: Any) -> None:
        raise TableError("xml_doctype", row=parser.CurrentLineNumber)

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    parser.StartDoctypeDeclHandler = no_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise TableError("xml_damaged", row=problem.lineno, reason=expat.errors.messages[problem.code]) from None
    except (LookupError, UnicodeError, ValueError) as problem:
        raise TableError("xml_damaged", reason=str(problem)[:60]) from None
