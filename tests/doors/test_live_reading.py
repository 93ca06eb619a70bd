"""The matrix of themes and the words of an event: counts that open their statements, files, private words left out."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from aumenta.events.models import Badge, Observation
from aumenta.results.slides import slides_of
from aumenta.results.take_snapshot import take_snapshot
from aumenta.themes.group_themes import place
from aumenta.themes.matrix_queries import theme_matrix
from aumenta.themes.word_queries import About, words_by_zone, words_of
from tests.cast import a_person, somebody
from tests.events_cast import a_facilitator, an_event, table
from tests.markup import squeezed
from tests.themes_cast import say

WORDS_ABOUT: list[tuple[About, str]] = [("event", ""), ("zone", "1"), ("zone", "2"), ("strategy", "1.1")]

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning():
    event, by = an_event(strategies=12), a_facilitator()
    one = say(event, [f"Più treni la sera {n}" for n in "abcdef"], 1)
    four = say(event, [f"Una biblioteca aperta per i ragazzi {n}" for n in "abcd"], 4)
    say(event, ["Il signor Rossi non vuole treni"], 1, private=True)
    Badge.objects.filter(table=table(event, 1)).update(organisation_kind="firm")
    place(person=by, event=event, observations=[o.pk for o in one], theme=None, name="=Treni & <bus>")
    place(person=by, event=event, observations=[o.pk for o in four], theme=None, name="Biblioteche")
    return event


ROUTES = [("regia-matrix", ()), ("regia-words", ()), *(("regia-matrix-file", (e,)) for e in ("svg", "xlsx", "ods"))]


@pytest.mark.parametrize(("name", "more"), ROUTES)
def test_they_open_to_facilitators_and_to_nobody_else(client, morning, name, more):
    address = reverse(name, args=[morning.slug, *more])
    assert client.get(address).status_code == 302
    for person, status in ((a_person(), 403), (somebody("reader"), 403), (a_facilitator(), 200)):
        client.force_login(person)
        assert client.get(address).status_code == status
    assert client.get(address.replace("tavoli", "altri")).status_code == 404


def test_every_count_opens_its_statements_and_a_table_of_two_zones_counts_in_both(client, morning):
    found = theme_matrix(morning, "zone")
    assert found.counts.counts() == [[6, 0, 0], [0, 4, 4]]
    assert found.counts.voices == (6, 4)
    theme = found.themes[1][0]
    assert len(found.cell(theme, "")) == len(found.cell(theme, "2")) == 4
    client.force_login(a_facilitator())
    address = reverse("regia-matrix", args=[morning.slug])
    page = client.get(f"{address}?tema={theme}&colonna=3").content.decode()
    assert squeezed(page).count("<li><p>«Una biblioteca aperta") == 4
    for odd in ("?tema=x", "?tema=999999&colonna=1", f"?tema={theme}&colonna=zzz", "?per=niente"):
        assert client.get(address + odd).status_code == 200


def test_by_kind_of_organisation_what_has_none_is_counted_apart(morning):
    found = theme_matrix(morning, "organisation")
    assert [key for key, _name in found.columns] == ["firm"]
    assert found.counts.counts() == [[6], [0]]
    assert [len(row) for row in found.counts.nowhere] == [0, 4]


def test_the_files_hold_the_counts_and_take_no_text_for_a_formula(client, morning):
    client.force_login(a_facilitator())

    def file(ending):
        return client.get(reverse("regia-matrix-file", args=[morning.slug, ending])).content

    sheet = load_workbook(io.BytesIO(file("xlsx"))).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["=Treni & <bus>", 6, 6, 0, 0, 0]
    assert sheet["A2"].data_type == "s"
    with zipfile.ZipFile(io.BytesIO(file("ods"))) as folder:
        assert folder.namelist()[0] == "mimetype"
        assert folder.infolist()[0].compress_type == zipfile.ZIP_STORED
        content = ET.fromstring(folder.read("content.xml"))
        ET.fromstring(folder.read("META-INF/manifest.xml"))
    assert "=Treni & <bus>" in "".join(content.itertext())
    drawn = [one.text for one in ET.fromstring(file("svg")).iter() if one.tag.endswith("}text")]
    assert "=Treni & <bus>" in drawn
    # The picture stands alone on a slide: it says what it is of, and all the voices of each theme.
    assert any("Temi per zona" in words for words in drawn)
    assert "Voci" in drawn
    assert client.get(reverse("regia-matrix-file", args=[morning.slug, "pdf"])).status_code == 404


def test_words_tell_a_zone_from_the_others_and_never_come_from_private_voices(client, morning):
    found = words_of(morning, "zone", "1")
    assert "treni" in {word.word for word in found.words}
    assert (found.here, found.elsewhere) == (6, 4)
    for about, which in WORDS_ABOUT:
        assert "rossi" not in {word.word.lower() for word in words_of(morning, about, which).words}
    assert ("treni", 6) in words_by_zone(morning)[1]
    client.force_login(a_facilitator())
    address = reverse("regia-words", args=[morning.slug])
    assert "treni" in client.get(f"{address}?di=zone:1").content.decode()
    for odd in ("?di=", "?di=zone:99", "?di=strategy", "?di=a:b:c"):
        assert client.get(address + odd).status_code == 200


def test_an_event_where_nobody_spoke_says_so(client):
    event = an_event(strategies=12)
    assert not Observation.objects.exists()
    client.force_login(a_facilitator())
    assert client.get(reverse("regia-matrix", args=[event.slug])).status_code == 200
    assert client.get(reverse("regia-words", args=[event.slug])).status_code == 200
    assert client.get(reverse("regia-matrix-file", args=[event.slug, "svg"])).status_code == 200


def test_the_matrix_takes_the_same_questions_however_many_voices(morning, django_assert_max_num_queries):
    say(morning, [f"Altra voce {n}" for n in range(30)], 2)
    with django_assert_max_num_queries(10):
        theme_matrix(morning, "zone")


def test_the_slides_tell_what_each_zone_says_and_old_states_have_none_of_it(morning):
    taken = take_snapshot(person=a_facilitator(), event=morning)
    lines = [line for slide in slides_of(taken, "it") for line in slide.themes if line.name.startswith("1. ")]
    assert any("treni (6)" in line.keywords for line in lines)
    for name in ("words", "version"):
        del taken.content[name]
    assert not [line for slide in slides_of(taken, "it") for line in slide.themes if line.name.startswith("1. ")]
