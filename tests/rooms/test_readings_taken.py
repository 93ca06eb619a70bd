"""Readings: what a file adds, changes and is refused for; corrections keep what was said; nothing is half written."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from aumenta.activity.models import ActivityEntry, PublicRevision
from aumenta.core.readings.sentences import say_where
from aumenta.monitoring.compare_readings import Said
from aumenta.monitoring.correct_reading import correct_reading
from aumenta.monitoring.enter_reading import enter_reading
from aumenta.monitoring.models import Correction, MeasuredPlace, Reading, SourceFile
from aumenta.monitoring.places import place_finder, prepare_places
from aumenta.monitoring.take_readings import look_at_readings, put_readings_aside, take_readings
from aumenta.monitoring.write_indicator import write_indicator
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.territory.models import Territory
from tests.cast import somebody
from tests.monitoring_cast import CARD, a_territory, an_indicator, sent, taken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places() -> None:
    a_territory()


def test_a_file_says_what_is_new_changed_the_same_and_refused_before_it_is_taken() -> None:
    an_indicator(limit=100, direction=1)
    taken(["RED", "999001", "2020", 10.0], ["RED", "999002", "2020", 20.0])
    preview = look_at_readings(
        file=sent(
            ["RED", "999001", "2020", 10.0],
            ["RED", "999002", "2020", 21.0, "p"],
            ["RED", "999003", "2020", 5.0],
            ["RED", "999003", "2020", 6.0],
            ["ALTRO", "999003", "2020", 6.0],
            ["RED", "999009", "2020", 6.0],
            ["RED", "Atlantide", "2020", 6.0],
            ["RED", "999004", "2020", 101.0],
            ["RED", "999004", "2020", 50.0, "", 1.0, 4.0],
        )
    )
    assert (len(preview.new), len(preview.changed), preview.same, preview.n_refused) == (1, 1, 1, 6)
    assert Reading.objects.count() == 2, "looking takes nothing"
    codes = [finding.code for finding in preview.refused]
    assert codes == [
        *("reading_twice", "indicator_unknown", "place_gone", "place_unknown", "value_beyond_limit", "ratio_differs")
    ]
    assert [finding.row for finding in preview.refused] == [5, 6, 7, 8, 9, 10]
    assert all(say_where(finding, str).startswith("Row ") for finding in preview.refused)
    assert preview.unknown_series == {"ALTRO": 1}


def test_the_same_file_twice_adds_nothing() -> None:
    an_indicator()
    rows = [["RED", "999001", "2020", 10.0, "bp", 100.0, 10.0, "nota"], ["RED", "999002", "2020", None, "c"]]
    taken(*rows)
    again = look_at_readings(file=sent(*rows))
    assert (len(again.new), len(again.changed), again.same) == (0, 0, 2)
    suppressed = Reading.objects.get(place__code="999002")
    assert (suppressed.value, suppressed.absence) == (None, "c")
    kept = Reading.objects.get(place__code="999001")
    assert (kept.marks, kept.numerator, kept.denominator, kept.note) == ("bp", 100.0, 10.0, "nota")
    assert kept.file is not None
    assert len(kept.file.sha256) == 64


def test_a_file_that_changes_readings_needs_a_reason_and_keeps_what_they_said() -> None:
    an_indicator()
    first = taken(["RED", "999001", "2020", 10.0, "p"])
    file = sent(["RED", "999001", "2020", 11.0])
    with pytest.raises(RefusedError, match="reason_for_changes"):
        take_readings(person=None, file=file)
    assert Reading.objects.get().value == 10.0, "nothing is half written"
    take_readings(person=None, file=file, reason="Dato definitivo")
    before = Correction.objects.get()
    assert (before.value, before.marks, before.file, before.reason) == (10.0, "p", first, "Dato definitivo")
    assert (Reading.objects.get().value, Reading.objects.get().marks) == (11.0, "")


def test_what_was_looked_at_is_what_is_taken() -> None:
    an_indicator()
    file = sent(["RED", "999001", "2020", 10.0])
    taken(["RED", "999001", "2020", 10.0])
    with pytest.raises(RefusedError, match="readings_changed_meanwhile"):
        take_readings(person=None, file=file, looked_at=(1, 0))


def test_a_file_is_taken_once_and_its_content_goes() -> None:
    an_indicator()
    file = taken(["RED", "999001", "2020", 10.0])
    assert bytes(SourceFile.objects.get(pk=file.pk).content) == b""
    with pytest.raises(RefusedError, match="file_of_readings_gone"):
        take_readings(person=None, file=file)
    with pytest.raises(RefusedError, match="file_of_readings_gone"):
        put_readings_aside(person=somebody("editor"), file=file)


def test_a_file_of_a_source_is_taken_by_the_key_on_the_card() -> None:
    an_indicator(series_key="freq=A;unit=PC")
    file = sent()
    SourceFile.objects.filter(pk=file.pk).delete()
    from aumenta.monitoring.take_readings import send_readings

    data = b"DATAFLOW,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nX,A,PC,ITX,2021,4.25,e\n"
    take_readings(person=None, file=send_readings(person=None, name="e.csv", data=data, retrieved_on=file.retrieved_on))
    assert [(r.place.code, r.value, r.marks) for r in Reading.objects.all()] == [("ITX", 4.25, "e")]


def test_percent_that_looks_like_fractions_is_told() -> None:
    an_indicator(unit_it="%")
    preview = look_at_readings(file=sent(*(["RED", f"99900{n}", "2020", n / 10] for n in range(1, 4))))
    assert [note.code for note in preview.notes] == ["percent_as_fraction"]


def test_a_correction_keeps_the_old_value_the_reason_and_who() -> None:
    an_indicator()
    taken(["RED", "999001", "2020", 10.0])
    editor, reading = somebody("editor"), Reading.objects.get()
    said = Said(12.0, "", "r", None, None, "")
    with pytest.raises(RefusedError, match="reason_for_correction"):
        correct_reading(person=editor, reading=reading, said=said, reason=" ")
    correct_reading(person=editor, reading=reading, said=said, reason="Errore di battitura")
    with pytest.raises(RefusedError, match="nothing_corrected"):
        correct_reading(person=editor, reading=reading, said=said, reason="Ancora")
    with pytest.raises(RefusedError, match="reading_invalid"):
        correct_reading(person=editor, reading=reading, said=said._replace(marks="xyz"), reason="Ancora")
    before = Correction.objects.get()
    assert (before.value, before.reason, before.corrected_by) == (10.0, "Errore di battitura", editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.update(value=11.0)


def test_a_reading_is_entered_by_hand_once_and_the_log_says_who() -> None:
    card, place = an_indicator(), MeasuredPlace.objects.get(code="999001")
    editor, said = somebody("editor"), Said(12.5, "", "p", None, None, "Telefonata dell'ufficio")
    made = enter_reading(person=editor, indicator=card, place=place, period="2020 Q3", said=said, latest_year=2026)
    assert (made.period, made.year, made.value, made.file) == ("2020-Q3", 2020, 12.5, None)
    assert ActivityEntry.objects.get(code="reading.entered").person == editor
    with pytest.raises(RefusedError, match="reading_there_already"):
        enter_reading(person=editor, indicator=card, place=place, period="2020-Q3", said=said, latest_year=2026)
    with pytest.raises(NotAllowedError):
        enter_reading(
            person=somebody("reader"), indicator=card, place=place, period="2021", said=said, latest_year=2026
        )
    nothing = Said(None, "", "", None, None, "")
    made = enter_reading(person=editor, indicator=card, place=place, period="2019", said=nothing, latest_year=2026)
    assert made.absence == "m", "no value without a reason is missing"


@pytest.mark.parametrize(
    ("period", "said", "code"),
    [
        ("2027", Said(1.0, "", "", None, None, ""), "period_future"),
        ("estate", Said(1.0, "", "", None, None, ""), "period_unreadable"),
        ("2020", Said(101.0, "", "", None, None, ""), "value_beyond_limit"),
        ("2020", Said(50.0, "", "", 1.0, 4.0, ""), "ratio_differs"),
        ("2020", Said(50.0, "c", "", None, None, ""), "value_and_absence"),
    ],
)
def test_by_hand_no_more_is_let_through_than_by_a_file(period: str, said: Said, code: str) -> None:
    card, place = an_indicator(limit=100, direction=1), MeasuredPlace.objects.get(code="999001")
    editor = somebody("editor")
    with pytest.raises(RefusedError) as problem:
        enter_reading(person=editor, indicator=card, place=place, period=period, said=said, latest_year=2026)
    assert problem.value.params["finding"].code == code
    assert problem.value.params["finding"].row is None, "there is no row to speak of"
    if period != "2020":
        return
    taken(["RED", "999001", "2020", 10.0])
    with pytest.raises(RefusedError) as problem:
        correct_reading(person=editor, reading=Reading.objects.get(), said=said, reason="Prova")
    assert problem.value.params["finding"].code == code


def test_the_database_holds_each_place_and_period_once_and_a_value_or_a_reason() -> None:
    card, place = an_indicator(), MeasuredPlace.objects.get(code="999001")
    about = {"indicator": card, "place": place, "period": "2020", "year": 2020}
    Reading.objects.create(**about, value=1.0)
    for wrong in (
        {"value": 2.0},
        {"period": "2021", "value": None},
        {"period": "2021", "value": 1.0, "absence": "c"},
        {"period": "2021", "value": 1.0, "marks": "pb"},
        {"period": "2021", "value": 1.0, "numerator": 1.0},
        {"period": "2021", "value": 1.0, "numerator": 1.0, "denominator": 0.0},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reading.objects.create(**{**about, **wrong})


def test_strangers_and_referents_keep_nothing() -> None:
    card, file = an_indicator(), sent(["RED", "999001", "2020", 1.0])
    for person in (somebody("referent"), somebody("reader", email="lettore@esempio.it")):
        for attempt in (
            lambda who=person: write_indicator(person=who, facts=CARD),
            lambda who=person: take_readings(person=who, file=file),
            lambda who=person: put_readings_aside(person=who, file=file),
        ):
            with pytest.raises(NotAllowedError):
                attempt()
    editor = somebody("editor", email="redazione@esempio.it")
    with pytest.raises(NotAllowedError):
        write_indicator(person=editor, indicator=card, facts={"public": False})


def test_a_card_with_a_target_and_no_year_is_refused_with_a_sentence() -> None:
    with pytest.raises(RefusedError, match="indicator_invalid"):
        write_indicator(person=None, facts={**CARD, "code": "X", "target": 5.0})


def test_taking_readings_moves_the_public_revision() -> None:
    an_indicator()
    before = PublicRevision.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    taken(["RED", "999001", "2020", 10.0])
    assert PublicRevision.objects.get(pk=1).number > before


def test_places_are_prepared_once_and_found_by_code_and_name() -> None:
    assert prepare_places(person=None, territory=Territory.objects.get(), code="ITX", compared=[]) == 0
    finder = place_finder()
    for written in ("999001", "Comune 1", "COMUNE 1"):
        assert finder.find(written) == MeasuredPlace.objects.get(code="999001").pk
    assert finder.find("italy") == MeasuredPlace.objects.get(code="IT").pk


def test_the_territory_is_named_with_its_kind_and_is_not_taken_for_the_municipality() -> None:
    Territory.objects.update(name="Comune 1", kind="metropolitan_city")
    MeasuredPlace.objects.filter(kind="territory").update(name_it="Comune 1", name_en="")
    prepare_places(person=None, territory=Territory.objects.get(), code="ITX", compared=[])
    place = MeasuredPlace.objects.get(code="ITX")
    assert (place.name_it, place.name_en) == ("Città metropolitana di Comune 1", "Metropolitan City of Comune 1")
    assert place_finder().find("Comune 1") == MeasuredPlace.objects.get(code="999001").pk


@pytest.mark.parametrize("rows", [2, 40])
def test_taking_many_readings_costs_no_more_queries_than_few(rows: int) -> None:
    an_indicator()
    file = sent(*(["RED", "999001", str(1950 + n), float(n)] for n in range(rows)))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        take_readings(person=None, file=file)
    assert len(queries) < 36
