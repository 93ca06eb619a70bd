"""The public pages of indicators: what everybody reads, in how many queries, and what stays with the office."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aumenta.monitoring.models import Goalposts, Indicator, Reading
from aumenta.monitoring.queries import Course, dashboard_rows
from aumenta.plan.models import Strategy
from aumenta.territory.models import Belt, Municipality, Territory
from aumenta.territory.queries import table_of
from aumenta.ui.caching import forget_pages
from aumenta.ui.line_chart import line_chart
from tests.cast import a_small_plan
from tests.markup import words
from tests.monitoring_cast import a_territory, an_indicator, taken

pytestmark = pytest.mark.django_db


def read_everywhere() -> Strategy:
    a_territory()
    strategy = Strategy.objects.of(a_small_plan())[0]
    card = an_indicator(grouping="ratio", direction=1)
    card.strategies.add(strategy)
    taken(
        *(["RED", f"99900{n}", str(y), 100.0 * n, "", 1000.0 * n, 10.0] for n in range(1, 5) for y in (2020, 2021)),
        ["RED", "IT", "2020", 150.0],
        ["RED", "IT", "2021", 160.0, "p"],
    )
    return strategy


def test_a_dashboard_says_value_status_and_sentence_and_links_on(client: Client) -> None:
    strategy = read_everywhere()
    for address in ("/it/2021-2023/indicatori/", f"/it/2021-2023/indicatori/{strategy.code}/"):
        page = client.get(address).content.decode()
        assert "/it/indicatori/RED/" in page
        assert "regola statcan-2025" in words(page)
        assert re.search(r"250,0", page), "the whole territory, by numerator and denominator"


def test_the_page_of_an_indicator_has_line_words_zones_table_source_and_file(client: Client) -> None:
    read_everywhere()
    page = client.get("/en/indicatori/RED/").content.decode()
    said = words(page)
    chart = 'role="img" aria-label="Mean income, euro: Province of Altrove from 250.0 (2020) to 250.0 (2021)'
    assert chart in " ".join(page.split())
    assert "Inventata" in said
    assert "Zona 1" in said
    assert "Italy" in said
    assert "istat-2019" in said
    assert "/en/indicatori/RED.csv" in page
    file = client.get("/it/indicatori/RED.csv").content.decode("utf-8-sig").splitlines()
    assert len(file) == 11
    assert any(line.startswith("RED,IT,Italia,2021,160.0,p,") for line in file)


def test_belts_come_from_numerators_and_denominators_and_say_how_many_municipalities_are_known(client: Client) -> None:
    read_everywhere()
    belt, _made = Belt.objects.get_or_create(slug="montagna", defaults={"position": 3})
    Municipality.objects.filter(istat_code__in=["999001", "999004"]).update(belt=belt, belt_confidence="official")
    Reading.objects.filter(place__code="999004", period="2021").update(numerator=9000.0, denominator=30.0)
    assert "montagna 250,0 2 / 2" in words(client.get("/it/indicatori/RED/").content.decode())


def test_a_strategy_shows_its_composite_by_place_from_two_indicators_on(client: Client) -> None:
    strategy = read_everywhere()
    address = f"/it/2021-2023/indicatori/{strategy.code}/"
    assert "Indice sintetico" not in client.get(address).content.decode(), "one indicator is no composite"
    other = an_indicator("ALTRO", name_it="Altro dato", grouping="sum", direction=-1)
    other.strategies.add(strategy)
    taken(*(["ALTRO", f"99900{n}", str(y), 10.0 * n + y - 2020] for n in range(1, 5) for y in (2020, 2021)))
    for card, value in ((Indicator.objects.get(code="RED"), 250.0), (other, 50.0)):
        Goalposts.objects.create(
            edition=strategy.axis.edition,
            indicator=card,
            low=value - 200,
            high=value + 200,
            reference=value,
            reference_year=2020,
        )
    forget_pages()
    # Made once for each load of a territory, by whoever asks first for any of its pages.
    table_of(Territory.objects.get())
    with CaptureQueriesContext(connection) as asked:
        page = words(client.get(address).content.decode())
    assert "Composto da: Altro dato; Reddito medio" in page
    assert "Zona 1" in page
    assert len(asked) <= 15


def test_what_is_not_public_is_nobodys(client: Client) -> None:
    read_everywhere()
    Indicator.objects.update(public=False)
    for address in ("/it/indicatori/RED/", "/it/indicatori/RED.csv", "/it/indicatori/NIENTE/"):
        assert client.get(address).status_code == 404
    assert "/indicatori/RED/" not in client.get("/it/2021-2023/indicatori/").content.decode()
    for code in ("x", "9", "9.9", "1.2.3"):
        assert client.get(f"/it/2021-2023/indicatori/{code}/").status_code == 404


def test_a_dashboard_of_240_indicators_asks_no_more_than_one_of_24() -> None:
    strategy = read_everywhere()
    edition = strategy.axis.edition
    counts = []
    assert Client().get("/it/2021-2023/indicatori/").status_code == 200  # what is read once is read
    for first, last in ((0, 24), (24, 240)):
        Indicator.objects.bulk_create(
            Indicator(code=f"I{n}", name_it=f"Indicatore {n}", unit_it="%", source="Inventata", public=True)
            for n in range(first, last)
        )
        for card in Indicator.objects.exclude(strategies=strategy):
            card.strategies.add(strategy)
        forget_pages()
        with CaptureQueriesContext(connection) as asked:
            assert Client().get("/it/2021-2023/indicatori/").status_code == 200
        counts.append(len(asked))
    assert len(dashboard_rows(edition)) == 241
    assert counts[0] == counts[1] <= 12


def test_a_line_is_broken_where_the_series_is_and_where_a_value_is_missing() -> None:
    course = [Course(str(y), y, v, "", m) for y, v, m in ((2020, 1.0, ""), (2021, 2.0, "b"), (2022, 3.0, ""))]
    course += [Course("2023", 2023, None, "c", ""), Course("2024", 2024, 4.0, "", "")]
    chart = line_chart([("A", course)], None)
    assert chart is not None
    assert re.sub(r"[^ML]", "", chart.lines[0].path) == "MMLM"
    assert len(chart.breaks) == 1
    assert line_chart([("A", course[:1])], None) is None


@pytest.mark.parametrize(
    ("years", "pen"),
    [
        ((2015, 2016, 2018, 2019), "MLML"),
        ((2011, 2016, 2021), "MLL"),
        ((2001, 2011, 2021, 2022, 2023), "MMMLL"),
        ((2020, 2021), "ML"),
    ],
)
def test_no_line_is_drawn_over_years_of_which_nobody_knows_anything(years: tuple[int, ...], pen: str) -> None:
    """A year without a row is as unknown as one whose row says that the value is missing."""
    course = [Course(str(year), year, float(year % 5), "", "") for year in years]
    chart = line_chart([("A", course)], None)
    assert chart is not None
    assert len(chart.lines[0].dots) == len(years)
    assert re.sub(r"[^ML]", "", chart.lines[0].path) == pen


@pytest.mark.parametrize(("values", "above"), [((100.0, 101.0), True), ((0.0, 5.0), False), ((1.0, 30.0), False)])
def test_a_chart_whose_scale_begins_above_zero_says_so(values: tuple[float, ...], above: bool) -> None:
    course = [Course(str(2020 + n), 2020 + n, value, "", "") for n, value in enumerate(values)]
    assert line_chart([("A", course)], None).above_zero is above
