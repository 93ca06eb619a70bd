"""Files of readings: each format by hand, each bad input with its own sentence, and properties of all readers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aumenta.core.readings
from aumenta.core.readings import HEADINGS, Observation, read_period, read_readings, write_flags
from aumenta.core.readings.observation import read_flags
from aumenta.core.readings.sentences import SENTENCES, say_where
from aumenta.core.tables import Finding, Format, SheetToWrite, TableError, Value, write_table
from aumenta.core.tables.sentences import SENTENCES as OF_TABLES

SDMX = Path(__file__).resolve().parents[3] / "shared" / "data" / "sdmx"
HEADER = [headings[0] for headings in HEADINGS.values()]
YEAR = 2026
GENERIC = """<m:GenericData xmlns:m="m" xmlns:g="g"><m:DataSet>
<g:Series><g:SeriesKey><g:Value id="FREQ" value="A"/><g:Value id="REF_AREA" value="ITC11"/></g:SeriesKey>
<g:Attributes><g:Value id="UNIT_MULT" value="0"/></g:Attributes>
<g:Obs><g:ObsDimension value="2022"/><g:ObsValue value="3.5"/>
<g:Attributes><g:Value id="OBS_STATUS" value="p"/></g:Attributes></g:Obs>
<g:Obs><g:ObsDimension value="2023"/><g:ObsValue value="NaN"/></g:Obs></g:Series></m:DataSet></m:GenericData>"""
SPECIFIC = """<StructureSpecificData><DataSet>
<Series FREQ="A" REF_AREA="ITC11"><Obs TIME_PERIOD="2022" OBS_VALUE="3.5" OBS_STATUS="p"/></Series>
<Series FREQ="A" REF_AREA="ITC1" WORDS="x"><Obs TIME_PERIOD="2022" OBS_VALUE="4"/></Series></DataSet>
</StructureSpecificData>"""
DSD = """<Structure><Dimension id="REF_AREA" position="2"/><Dimension id="FREQ" position="1"/>
<TimeDimension id="TIME_PERIOD" position="3"/></Structure>"""
STAT = {
    "version": "2.0",
    "class": "dataset",
    "id": ["sex", "geo", "time"],
    "size": [1, 2, 2],
    "role": {"time": ["time"], "geo": ["geo"]},
    "dimension": {
        "sex": {"category": {"label": {"T": "all"}}},
        "geo": {"category": {"index": {"ITC11": 1, "ITC1": 0}}},
        "time": {"category": {"index": ["2021", "2022"]}},
    },
    "value": {"0": 1.5, "3": 2},
    "status": {"0": "bp", "1": "c"},
}
MESSAGE = {
    "dataSets": [{"series": {"0:1": {"attributes": [], "observations": {"0": [7.5, 0], "1": [None, None]}}}}],
    "structure": {
        "dimensions": {
            "series": [
                {"id": "FREQ", "values": [{"id": "A"}]},
                {"id": "geo", "values": [{"id": "IT"}, {"id": "ITC1"}]},
            ],
            "observation": [{"id": "TIME_PERIOD", "values": [{"id": "2020"}, {"id": "2021"}]}],
        },
        "attributes": {"series": [], "observation": [{"id": "OBS_STATUS", "values": [{"id": "e"}]}]},
    },
}


def taken(text: str | bytes, structure: bytes | None = None) -> list[Any]:
    """Observations, with a Finding in place of each that will not do."""
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_readings(data, latest_year=YEAR, structure=structure).observations)


def taken_or_refused(text: str | bytes) -> list[Observation | Finding]:
    """What a reader gives, or the one finding with which it refuses the file."""
    try:
        return taken(text)
    except TableError as problem:
        return [problem.finding]


def refusal(text: str | bytes) -> str:
    """The sentence a person reads: of the file, or of its first bad row."""
    try:
        return say_where(next(one for one in taken(text) if isinstance(one, Finding)), str)
    except TableError as problem:
        return say_where(problem.finding, str)


def test_the_template_keeps_value_flag_ratio_and_note() -> None:
    found = taken(
        "indicatore;luogo;periodo;valore;segnalazione;numeratore;denominatore;nota\n"
        "A1;001272;2022;12,5;bp;5;40;prima\nA1;001265;2022;;c;;;\n"
    )
    assert found == [
        Observation(2, "A1", "001272", "2022", 2022, 12.5, "", "bp", 5.0, 40.0, "prima"),
        Observation(3, "A1", "001265", "2022", 2022, None, "c"),
    ]


def test_missing_suppressed_not_applicable_and_zero_are_four_things() -> None:
    found = taken("indicator,place,period,value,flag\nA,1,2020,0,\nA,1,2021,,\nA,1,2022,,c\nA,1,2023,,z\n")
    assert [(one.value, one.absence) for one in found] == [(0.0, ""), (None, "m"), (None, "c"), (None, "z")]


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_spreadsheets_give_the_same_observations_as_text(file_format: Format) -> None:
    rows: list[list[Value]] = [
        ["A1", "001272", 2022, 12.5, "p", None, None, ""],
        ["A1", "None", "2021", None, "z", None, None, "n"],
    ]
    data = write_table([SheetToWrite("dati", HEADER, rows)], file_format)
    text = write_table([SheetToWrite("dati", HEADER, rows)], "csv")
    assert taken(data) == taken(text)
    assert [one.period for one in taken(data)] == ["2022", "2021"]


def test_sdmx_csv_parts_dimensions_from_attributes_and_keeps_flags() -> None:
    found = taken(
        "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"
        "ESTAT:X(1.0),1/1/24,A,PC,ITC11,2021,4.25,bp,\nESTAT:X(1.0),1/1/24,A,PC,ITC11,2022,:,,C\n"
    )
    assert found[0] == Observation(2, "freq=A;unit=PC", "ITC11", "2021", 2021, 4.25, "", "bp")
    assert (found[1].value, found[1].absence) == (None, "c")


def test_generic_sdmx_ml_reads_key_value_and_status() -> None:
    assert taken(GENERIC) == [
        Observation(4, "FREQ=A", "ITC11", "2022", 2022, 3.5, "", "p"),
        Observation(6, "FREQ=A", "ITC11", "2023", 2023, None, "m"),
    ]


def test_a_structure_specific_file_asks_for_its_structure_only_where_nobody_could_know() -> None:
    assert "structure of the data (DSD)" in refusal(SPECIFIC)
    found = taken(SPECIFIC, DSD.encode())
    assert [(one.series, one.place, one.marks) for one in found] == [("FREQ=A", "ITC11", "p"), ("FREQ=A", "ITC1", "")]


def test_json_stat_keeps_the_order_of_the_cube_and_every_flag() -> None:
    assert taken(json.dumps(STAT)) == [
        Observation(1, "sex=T", "ITC1", "2021", 2021, 1.5, "", "bp"),
        Observation(2, "sex=T", "ITC1", "2022", 2022, None, "c"),
        Observation(4, "sex=T", "ITC11", "2022", 2022, 2.0),
    ]


@pytest.mark.parametrize("wrapped", [False, True])
def test_sdmx_json_reads_series_with_their_attributes(wrapped: bool) -> None:
    found = taken(json.dumps({"data": MESSAGE} if wrapped else MESSAGE))
    assert found[0] == Observation(1, "FREQ=A", "ITC1", "2020", 2020, 7.5, "", "e")
    assert (found[1].value, found[1].absence) == (None, "m")


@pytest.mark.parametrize(
    ("name", "structure", "count", "last"),
    [
        ("ESTAT_NAMA_10_GDP-ss.xml", None, 4, (54142.3, "")),
        ("ISTAT_22_289.xml", "ISTAT_22_289-structure.xml", 8, (30235705.0, "e")),
    ],
)
def test_real_files_of_eurostat_and_istat_are_read(name: str, structure: str | None, count: int, last: tuple) -> None:
    if not SDMX.exists():
        pytest.skip("the shared files are not here (../shared/data/sdmx): nothing to read")
    dsd = (SDMX / structure).read_bytes() if structure else None
    found = taken((SDMX / name).read_bytes(), dsd)
    assert (len(found), (found[-1].value, found[-1].marks)) == (count, last)


HEAD = "indicatore;luogo;periodo;valore;segnalazione;numeratore;denominatore\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "A;1;2020;molti;;;", "Row 2, column “valore”: “molti” is not a number."),
        (HEAD + "A;1;2020;1;x9;;", "Row 2, column “segnalazione”: “x9” is no flag"),
        (HEAD + "A;1;2020;1;c;;", "Row 2, column “segnalazione”: There is a value (1) and a flag"),
        (HEAD + "A;1;2020;;cz;;", "Row 2, column “segnalazione”: The flag “cz” gives two reasons"),
        (HEAD + "A;1;2099;1;;;", "Row 2, column “periodo”: “2099” is still to come"),
        (HEAD + "A;1;202;1;;;", "Row 2, column “periodo”: “202” is no period"),
        (HEAD + "A;1;1200;1;;;", "Row 2, column “periodo”: “1200” is before 1800"),
        (HEAD + "A;1;;1;;;", "Row 2, column “periodo”: The period is missing"),
        (HEAD + ";1;2020;1;;;", "Row 2, column “indicatore”: The indicator is missing"),
        (HEAD + "A;;2020;1;;;", "Row 2, column “luogo”: The place is missing"),
        (HEAD + "A;1;2020;1;;4;", "Row 2, column “denominatore”: Numerator and denominator go together"),
        (HEAD + "A;1;2020;1;;4;0", "Row 2, column “denominatore”: The denominator is 0"),
        (HEAD + "A;1;2020;1.5;;;\nA;1;2021;1,5;;;", "write decimals in two ways"),
        ("indicator\tplace\tperiod\tvalue\nA\t1\t2020\t1.234", "may be 1234 or a number with three decimals"),
        (HEAD + "A;1;2020;1;;;;;;oltre", "Row 2: The row has 10 cells and the headings are 7"),
        ("indicatore;luogo;periodo\nA;1;2020", "There is no column “valore”"),
        ("indicatore;luogo;periodo;valore;anno\nA;1;2020;1;2", "This column is there 2 times"),
        ("", "The file is empty."),
        (b"%PDF-1.4", "This is not a table (PDF)"),
        ("<html><body>", "This is a web page"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "Row 1: The XML declares a document type"),
        (GENERIC[:300], "The XML breaks off or is not well formed"),
        ("<Other/>", "This Other file holds no readings"),
        ("<GenericData></GenericData>", "holds no observation"),
        ("[" * 100_000, "The JSON breaks off or is not well formed"),
        ('{"class": "dataset", "value": [NaN]}', "The JSON breaks off or is not well formed"),
        ("[1, 2]", "This JSON file holds no readings"),
        (json.dumps({**STAT, "class": "collection"}), "This JSON-stat is no dataset (class “collection”)"),
        (json.dumps({**STAT, "value": [1]}), "“value” should have 4 entries and has 1"),
        (json.dumps({**STAT, "size": [1, 2, 3]}), "“time” should have 3 entries and has 2"),
        (json.dumps({**STAT, "size": [1, 2, 10**9]}), "There are more than 1000000 observations"),
        (json.dumps({**STAT, "dimension": {}}), "The part “dimension.sex” is missing"),
        (json.dumps({"dataSets": []}), "The part “structure” is missing"),
        (
            json.dumps({**MESSAGE, "dataSets": [{"series": {"0:9": {"observations": {}}}}]}),
            "The key “0:9” does not fit",
        ),
        ("DATAFLOW,geo,OBS_VALUE\nX,IT,1", "No column or dimension is the time"),
        ("DATAFLOW,TIME_PERIOD,OBS_VALUE\nX,2020,1", "No column or dimension is the place"),
        ("DATAFLOW,geo,TIME_PERIOD,OBS_VALUE\nX,IT,2020", "Row 2: The row has 3 cells and the headings are 4"),
        ("DATAFLOW,geo,TIME_PERIOD,OBS_VALUE\nX,IT,2020,1e999", "“1e999” is not a number"),
    ],
)
def test_each_bad_input_has_its_own_sentence_with_the_place(text: str | bytes, said: str) -> None:
    assert said in refusal(text)


def test_a_file_beyond_the_bounds_is_refused_before_it_is_read() -> None:
    with pytest.raises(TableError, match="too_large"):
        read_readings(b"a" * 64_000_001, latest_year=YEAR)


def test_a_bad_row_does_not_take_the_others_with_it() -> None:
    found = taken(HEAD + "A;1;2020;1;;;\nA;1;2021;molti;;;\nA;1;2022;3;;;\n")
    assert [type(one).__name__ for one in found] == ["Observation", "Finding", "Observation"]


def test_a_column_that_is_not_ours_is_told() -> None:
    file = read_readings(b"indicator,place,period,value,colour\nA,1,2020,1,red\n", latest_year=YEAR)
    assert [note.details for note in file.notes if note.code == "other_columns"] == [{"columns": "colour"}]


@pytest.mark.parametrize(("line", "column"), [("A;1;2020;1.234;;", "valore"), ("A;1;2020;3;1.234;400", "numeratore")])
def test_a_number_that_the_signs_of_the_file_settled_is_told(line: str, column: str) -> None:
    text = f"indicatore;luogo;periodo;valore;numeratore;denominatore\n{line}\n"
    file = read_readings(text.encode(), latest_year=YEAR)
    told = [say_where(note, str) for note in file.notes]
    assert told == [f"Row 2, column “{column}”: “1.234” was read as 1234: “.” parts thousands here."]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023", "2023"),
        ("2023-A1", "2023"),
        ("2023S1", "2023-S1"),
        ("2023-H2", "2023-S2"),
        ("2023-Q3", "2023-Q3"),
        ("2023 T3", "2023-Q3"),
        ("2023-05", "2023-05"),
        ("2023M05", "2023-05"),
        ("2019-2021", "2019/2021"),
        ("2019/21", "2019/2021"),
        ("2023-05-31", "2023-05-31"),
        ("2023-12", "2023-12"),
    ],
)
def test_periods_come_to_one_form(text: str, code: str) -> None:
    assert read_period(text, YEAR).code == code


@pytest.mark.parametrize("text", ["2023-13", "2023-S3", "2023-02-30", "23", "maggio", "2021-2019", "2023-Q5"])
def test_what_is_no_period_is_not_guessed(text: str) -> None:
    with pytest.raises(TableError):
        read_period(text, YEAR)


marks = st.sets(st.sampled_from("bdepru")).map(lambda letters: "".join(sorted(letters)))
values = st.one_of(
    st.none(), st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: round(number, 4)), st.integers(-9999, 9999)
)
notes = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)


@given(st.lists(st.tuples(values, st.sampled_from("czm"), marks, notes), min_size=1, max_size=20))
def test_what_the_template_writes_it_reads(rows: list) -> None:
    written = [
        [
            "A",
            "001272",
            "2020",
            value if value is None else float(value),
            ("" if value is not None else absence) + of,
            None,
            None,
            note,
        ]
        for value, absence, of, note in rows
    ]
    data = write_table([SheetToWrite("dati", HEADER, written)], "csv-semicolon")
    for row, one in zip(written, taken(data), strict=True):
        assert isinstance(one, Observation)
        assert (one.value, write_flags(one.absence, one.marks)) == (row[3], row[4])


@given(st.binary(max_size=300))
def test_no_bytes_at_all_are_more_than_refused(data: bytes) -> None:
    for start in (b"", b"<a>", b"{", b"indicator,place,period,value\n", b"DATAFLOW,geo,TIME_PERIOD,OBS_VALUE\n"):
        assert all(isinstance(one, Observation) or say_where(one, str) for one in taken_or_refused(start + data))


leaves = st.one_of(st.none(), st.booleans(), st.integers(-5, 10**12), st.floats(allow_nan=False), st.text(max_size=5))
trees = st.recursive(leaves, lambda of: st.lists(of, max_size=3) | st.dictionaries(st.text(max_size=5), of, max_size=3))


@given(st.sampled_from([STAT, MESSAGE]), st.data())
def test_json_with_anything_in_place_of_a_part_is_read_or_refused(whole: dict, data: st.DataObject) -> None:
    spoiled = _spoil(whole, data)
    assert all(isinstance(one, Observation) or say_where(one, str) for one in taken_or_refused(json.dumps(spoiled)))


def test_a_file_of_empty_cells_alone_is_refused_as_empty() -> None:
    with pytest.raises(TableError, match="empty"):
        read_readings(b'""', latest_year=YEAR)


def _spoil(tree: object, data: st.DataObject) -> object:
    if not isinstance(tree, dict | list) or not tree or data.draw(st.integers(0, 3)) == 0:
        return data.draw(trees)
    if isinstance(tree, dict):
        chosen = data.draw(st.sampled_from(sorted(tree)))
        return {key: _spoil(one, data) if key == chosen else one for key, one in tree.items()}
    chosen = data.draw(st.integers(0, len(tree) - 1))
    return [_spoil(one, data) if place == chosen else one for place, one in enumerate(tree)]


@given(st.text(max_size=6))
def test_a_flag_is_read_in_full_or_refused(text: str) -> None:
    try:
        absence, kept = read_flags(text)
    except TableError:
        return
    assert read_flags(write_flags(absence, kept)) == (absence, kept)


def test_every_code_of_the_readers_has_a_sentence_and_every_sentence_a_reader() -> None:
    folder = Path(aumenta.core.readings.__file__).parent
    source = "".join(path.read_text() for path in folder.glob("*.py") if path.name != "sentences.py")
    room = Path(aumenta.core.readings.__file__).parents[2] / "monitoring"
    source += "".join(path.read_text() for path in room.glob("*.py"))
    assert {code for code in SENTENCES if f'"{code}"' not in source} == set()
    used = set(re.findall(r'TableError\(\s*"(\w+)"', source))
    assert used <= {*SENTENCES, *OF_TABLES}
