"""Written contributions at the regia: in the matrix once the office has put them into a theme, and in the words."""

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from aumenta.core.synthesis import process_encoder
from aumenta.core.synthesis.encoders import HashedStems, Opened
from aumenta.people.refusals import RefusedError
from aumenta.territory.models import Zone
from aumenta.themes import plan_texts
from aumenta.themes.group_themes import merge, place, take_back
from aumenta.themes.matrix_queries import theme_matrix
from aumenta.themes.models import ContributionSource, Theme, ThemeStep
from aumenta.themes.put_into_theme import put_into_theme
from aumenta.themes.strategy_matches import likely_theme
from aumenta.themes.word_queries import About, words_of
from aumenta.voices.contributions_table import rows_of_text
from aumenta.voices.record_contributions import (
    keep_private,
    record_contribution,
    withdraw,
)
from tests.cast import a_person, a_small_plan, somebody
from tests.events_cast import a_facilitator, an_event
from tests.markup import squeezed
from tests.themes_cast import AtOnce, say

WORDS_ABOUT: list[tuple[About, str]] = [("event", ""), ("zone", "1"), ("zone", "2"), ("strategy", "1.1")]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch):
    monkeypatch.setattr(process_encoder, "_opened", [Opened(HashedStems(), ())])
    monkeypatch.setattr(plan_texts, "worker", AtOnce())


@pytest.fixture
def morning():
    """An event about an edition: trains said at table 1 (zone 1), libraries at table 4 (zones 2 and 3)."""
    event = an_event(strategies=12)
    event.edition, event.invented = a_small_plan(), False
    event.save()
    trains = say(event, [f"Più treni la sera {n}" for n in "abcdef"], 1)
    books = say(event, [f"Una biblioteca aperta per i ragazzi {n}" for n in "abcd"], 4)
    by = a_facilitator()
    place(person=by, event=event, observations=[o.pk for o in trains], theme=None, name="Treni")
    place(person=by, event=event, observations=[o.pk for o in books], theme=None, name="Biblioteche")
    return event


def write(event, text="Treni anche la domenica, scrive la valle", zone=None, **more):
    given = {"received_on": date(2026, 5, 3), "source": "e-mail", **more}
    zone = Zone.objects.get(number=zone) if zone else None
    return record_contribution(person=somebody("editor"), edition=event.edition, text=text, zone=zone, **given)


def put(event, contribution, name="Treni"):
    theme = Theme.objects.get(event=event, name=name)
    put_into_theme(person=somebody("editor"), contribution=contribution, event=event, theme=theme)
    return theme


def test_a_contribution_counts_in_the_zone_and_kind_it_came_with_once_it_is_in_a_theme(morning):
    written = write(morning, zone=2, organisation_kind="citizen")
    assert theme_matrix(morning, "zone").counts.voices == (6, 4)
    put(morning, written)
    assert theme_matrix(morning, "zone").counts.counts() == [[6, 1, 0], [0, 4, 4]]
    assert theme_matrix(morning, "zone", "tables").counts.counts() == [[6, 0, 0], [0, 4, 4]]
    alone = theme_matrix(morning, "zone", "written")
    assert [name for _key, name in alone.themes] == ["Treni"]
    assert alone.counts.voices == (1,)
    kinds = theme_matrix(morning, "organisation")
    assert [key for key, _name in kinds.columns] == ["citizen"]
    assert kinds.counts.counts() == [[1], [0]]
    put(morning, written, "Biblioteche")
    assert ContributionSource.objects.count() == 1
    assert theme_matrix(morning, "zone").counts.voices == (6, 5)


def test_what_is_private_or_withdrawn_is_in_no_matrix_and_in_no_words(client, morning):
    by, written = somebody("editor"), write(morning, "Treni per il signor Bianchi", zone=1)
    put(morning, written)
    assert "bianchi" in {word.word.lower() for word in words_of(morning, "zone", "1", "written").words}
    given = {"person": by, "contribution": written}
    for hide, show in (
        (lambda: keep_private(private=True, **given), lambda: keep_private(private=False, **given)),
        (lambda: withdraw(**given), lambda: withdraw(withdrawn=False, **given)),
    ):
        hide()
        for source in ("all", "written"):
            assert all(not voice.written for voice in theme_matrix(morning, "zone", source).voices)
            for about, which in WORDS_ABOUT:
                words = words_of(morning, about, which, source).words
                assert "bianchi" not in {word.word.lower() for word in words}
        client.force_login(a_facilitator())
        for page in ("regia-matrix", "regia-words"):
            assert "Bianchi" not in client.get(reverse(page, args=[morning.slug])).content.decode()
        show()
    assert theme_matrix(morning, "zone").counts.voices == (7, 4)


def test_a_contribution_follows_its_theme_into_another_and_back(morning):
    by, written = a_facilitator(), write(morning, zone=1)
    trains = put(morning, written)
    books = Theme.objects.get(event=morning, name="Biblioteche")
    merge(person=by, theme=trains, into=books)
    assert theme_matrix(morning, "zone").counts.voices == (11,)
    take_back(person=by, step=ThemeStep.objects.latest("pk"))
    assert theme_matrix(morning, "zone").counts.voices == (7, 4)


def test_a_contribution_in_a_theme_that_was_merged_twice_counts_in_the_last(morning):
    by, written = a_facilitator(), write(morning, zone=1)
    trains, books = put(morning, written), Theme.objects.get(event=morning, name="Biblioteche")
    hours = say(morning, [f"Orari più lunghi {n}" for n in "abc"], 1)
    opening = place(person=by, event=morning, observations=[o.pk for o in hours], theme=None, name="Orari")
    merge(person=by, theme=trains, into=books)
    merge(person=by, theme=Theme.objects.get(pk=books.pk), into=opening)
    assert theme_matrix(morning, "zone").counts.voices == (6 + 4 + 3 + 1,)


def test_the_page_and_the_files_say_whose_voices_they_count_and_open_them(client, morning):
    theme = put(morning, write(morning, zone=1, source="lettera"))
    client.force_login(a_facilitator())
    address = reverse("regia-matrix", args=[morning.slug])
    page = client.get(f"{address}?tema={theme.pk}&colonna=1&fonte=scritti").content.decode()
    assert page.count("«Treni anche la domenica, scrive la valle»") == 1
    assert "«Più treni" not in page
    assert "contributo scritto (lettera, 3 maggio 2026)" in page
    assert f"fonte=scritti&amp;tema={theme.pk}" in page
    answer = client.get(reverse("regia-matrix-file", args=[morning.slug, "xlsx"]) + "?fonte=scritti")
    assert "temi-scritti.xlsx" in answer["Content-Disposition"]
    assert [cell.value for cell in load_workbook(io.BytesIO(answer.content)).worksheets[0][2]][:2] == ["Treni", 1]
    picture = client.get(reverse("regia-matrix-file", args=[morning.slug, "svg"]) + "?fonte=scritti").content.decode()
    assert "solo contributi scritti" in picture
    assert client.get(f"{address}?fonte=niente").status_code == 200


def test_words_take_in_what_was_written_and_a_rehearsal_only_where_asked(client, morning):
    write(morning, "Lupi e cinghiali nei campi", zone=2)
    write(morning, "Cinghiali ovunque, e lupi", zone=2)
    assert "cinghiali" in {word.word for word in words_of(morning, "zone", "2").words}
    morning.invented = True
    morning.save()
    assert "cinghiali" not in {word.word for word in words_of(morning, "zone", "2").words}
    client.force_login(a_facilitator())
    address = reverse("regia-words", args=[morning.slug])
    assert "cinghiali" not in client.get(f"{address}?di=zone:2").content.decode()
    assert "cinghiali" in client.get(f"{address}?di=zone:2&fonte=scritti").content.decode()


def test_the_desk_proposes_the_theme_of_the_nearest_voices_and_a_person_puts_it_there(client, morning):
    written = write(morning, "Più treni la sera, per favore", zone=1)
    trains = Theme.objects.get(event=morning, name="Treni")
    assert likely_theme(morning, written.text) == trains.pk
    show = reverse("desk:contribution", args=[written.pk])
    client.force_login(somebody("editor"))
    page = client.get(show).content.decode()
    assert f'<option value="{trains.pk}" selected>Treni (' in squeezed(page)
    given = {"verb": "theme", "event": morning.pk, "value": trains.pk}
    for stranger, status in ((a_person(), 403), (a_facilitator(), 403)):
        client.force_login(stranger)
        assert client.post(show, given).status_code == status
    assert not ContributionSource.objects.exists()
    client.force_login(somebody("editor"))
    assert client.post(show, given).status_code == 302
    assert ContributionSource.objects.get().theme == trains
    assert client.post(show, {**given, "value": 999_999}).status_code == 404
    client.post(show, {**given, "value": ""})
    assert not ContributionSource.objects.exists()
    client.post(show, {"verb": "hide"})
    page = client.get(show).content.decode()
    assert "Tema di" not in page
    client.post(show, {"verb": "publish"})
    written.refresh_from_db()
    assert not written.private


def test_a_theme_of_another_plans_event_or_one_that_is_gone_is_refused(morning):
    written, by = write(morning), somebody("editor")
    trains = Theme.objects.get(event=morning, name="Treni")
    with pytest.raises(PermissionDenied):
        put_into_theme(person=a_facilitator(), contribution=written, event=morning, theme=trains)
    merge(person=a_facilitator(), theme=trains, into=Theme.objects.get(event=morning, name="Biblioteche"))
    trains.refresh_from_db()
    with pytest.raises(RefusedError):
        put_into_theme(person=by, contribution=written, event=morning, theme=trains)
    morning.edition = None
    morning.save()
    with pytest.raises(RefusedError):
        put_into_theme(person=by, contribution=written, event=morning, theme=None)


def test_a_table_of_contributions_may_say_which_are_not_to_be_published():
    head = "testo\tdata\tprovenienza\tda non pubblicare\n"
    rows = rows_of_text(
        f"{head}Uno\t2026-05-03\tlettera\tSì\nDue\t2026-05-03\tlettera\t\nTre\t2026-05-03\te-mail\tboh\n"
    ).rows
    assert [row.values["private"] for row in rows[:2]] == [True, False]
    assert not rows[0].problems
    assert len(rows[2].problems) == 1


def test_the_matrix_of_both_takes_the_same_questions_however_many_were_written(morning, django_assert_max_num_queries):
    for number in range(20):
        put(morning, write(morning, f"Treni, contributo {number}", zone=1))
    with django_assert_max_num_queries(10):
        theme_matrix(morning, "zone")
