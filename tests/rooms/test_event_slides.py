"""The plenary slides: a map where borders are known, titles in the reader's language, one PDF page a slide."""

from dataclasses import replace
from io import StringIO

import pypdfium2
import pytest
from django.core.management import call_command
from django.utils.translation import override

from aumenta.events import create_event
from aumenta.events.models import Event, StickerCount
from aumenta.plan.models import Axis
from aumenta.printing.events import slides_pdf
from aumenta.results.models import Snapshot
from aumenta.results.slides import figures_of, slides_of
from aumenta.results.take_snapshot import take_snapshot
from aumenta.territory.models import Zone
from tests.cast import somebody
from tests.events_cast import an_event, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    made = an_event()
    for number, count in ((1, 12), (3, 5)):
        StickerCount.objects.create(table=table(made, number), session_code="s1", strategy_code="1.1", count=count)
    return made


def frozen(event: Event) -> Snapshot:
    taken = take_snapshot(person=somebody("approver"), event=event)
    return Snapshot.objects.select_related("event").get(pk=taken.pk)


def test_without_borders_there_is_no_map_and_the_rest_is_there(event):
    kinds = [slide.kind for slide in slides_of(frozen(event), "it")]
    assert "map" not in kinds
    assert kinds.count("bars") == 2


def test_each_bar_is_as_long_as_its_part_of_the_longest(event):
    for slide in slides_of(frozen(event), "it"):
        most = max((bar.count for bar in slide.bars), default=0)
        assert [bar.share for bar in slide.bars] == [round(100 * bar.count / most, 1) for bar in slide.bars]


def test_the_most_voted_stands_first_and_equal_ones_by_their_code(event):
    for code, count in (("1.3", 40), ("1.2", 17), ("2.1", 40)):
        StickerCount.objects.create(table=table(event, 1), session_code="s1", strategy_code=code, count=count)
    bars = next(slide.bars for slide in slides_of(frozen(event), "it") if slide.kind == "bars")
    assert [(bar.code, bar.count) for bar in bars] == [("1.3", 40), ("2.1", 40), ("1.1", 17), ("1.2", 17)]


def test_the_map_colours_the_zones_by_their_stickers_and_says_the_numbers(event):
    call_command("load_territory", city="torino", stdout=StringIO())
    one, two = Zone.objects.filter(territory__slug="torino", number__in=[1, 2]).order_by("number")
    for at in event.tables.all():
        at.zones.set([one] if at.number == 1 else [two])
    taken = frozen(event)
    (slide,) = [slide for slide in slides_of(taken, "it") if slide.kind == "map"]
    assert slide.map is not None
    assert [(zone.number, zone.count) for zone in slide.map.zones] == [(1, 12), (2, 5)]
    darker, lighter = (zone.colour for zone in slide.map.zones)
    assert darker != lighter
    assert slide.map.svg.count(f'fill="{darker}"') == slide.map.svg.count(f'fill="{lighter}"') == 1
    assert 'role="img"' in slide.map.svg
    for language in ("it", "en"):
        with override(language):
            pages = pypdfium2.PdfDocument(slides_pdf(taken, language))
        assert len(pages) == len(slides_of(taken, language))


def test_english_slides_have_english_titles_where_they_exist(event):
    Axis.objects.filter(number=1).update(title_en="Digital")
    event.edition.axes.get(number=1).strategies.filter(number=1).update(title_en="A strategy in English")
    create_event.set_strategies(person=somebody("approver"), event=event, edition=event.edition)
    taken = frozen(event)
    english, italian = slides_of(taken, "en"), slides_of(taken, "it")
    assert (english[0].title, italian[0].title) == ("From strategies to actions", "Dalle strategie alle azioni")
    titles = {bar.title for slide in english for bar in slide.bars}
    assert {"A strategy in English", "Digital", "Asse 2"} <= titles
    assert "Digital" not in {bar.title for slide in italian for bar in slide.bars}


def test_a_state_frozen_before_there_were_axes_in_it_still_makes_slides(event):
    taken = frozen(event)
    for name in ("axes", "event_en", "version"):
        del taken.content[name]
    assert [slide.kind for slide in slides_of(taken, "en")].count("bars") == 1


def test_one_of_something_is_one_and_not_many(event):
    state = frozen(event).read()
    one = replace(state, people=1, tables=state.tables[:1], venues=state.venues[:1], zones=state.zones[:1], themes=())
    with override("it"):
        words = [word for _number, word in figures_of(one)]
    assert words[:4] == ["persona", "tavolo", "sede", "zona"]
    assert words[-1] == "temi"
