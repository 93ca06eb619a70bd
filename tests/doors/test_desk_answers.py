"""The office's queue: from two hundred contributions to published answers with few clicks, in three chairs."""

import re

import pytest
from django.urls import reverse

from aumenta.review.record import record_import
from aumenta.voices.models import Answer, Claim, Contribution
from tests.cast import a_small_plan, somebody
from tests.voices_cast import a_consultation, admitted, an_answer, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    edition = a_small_plan()
    record_import(edition=edition)
    return a_consultation(edition)


@pytest.fixture
def queue(consultation):
    return reverse("desk:answers", args=[consultation.pk])


def test_from_the_first_look_to_the_published_answer(client, consultation, queue, django_capture_on_commit_callbacks):
    letters = [received(consultation, f"Più treni {n}", wish="unsigned").contribution for n in range(3)]
    editor, approver = somebody("editor"), somebody("approver")
    client.force_login(editor)
    assert "Più treni 2" in client.get(queue).content.decode()
    client.post(queue, {"verb": "admit", "chosen": [one.pk for one in letters]})
    keys = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
    assert len(keys) == 3
    client.post(queue, {"verb": "take", "chosen": keys})
    assert set(Contribution.objects.values_list("taken_by", flat=True)) == {editor.pk}
    assert len(re.findall('name="chosen"', client.get(f"{queue}?stato=da-rispondere&chi=io").content.decode())) == 3
    ask = client.post(queue, {"verb": "answer", "chosen": keys})
    form = client.get(ask.url)
    assert "Una sola risposta a 3 punti" in form.content.decode()
    empty = client.post(ask.url, {"outcome": "taken_up", "text_it": "Sì"})
    assert "Scegli la scheda in cui si trova" in empty.content.decode()
    assert not Answer.objects.exists()
    client.post(ask.url, {"outcome": "not_ours", "text_it": "Spetta ad altri", "passed_to": "Regione"})
    made = Answer.objects.get()
    assert made.claims.count() == 3
    at = reverse("desk:answer", args=[made.pk])
    client.post(at, {"verb": "review", "revision": 1})
    made.refresh_from_db()
    assert made.state == "draft", "an editor reviews nothing"
    client.force_login(approver)
    client.post(f"{queue}?stato=da-rivedere", {"verb": "review", "chosen": keys, "revision": f"{made.pk}-1"})
    made.refresh_from_db()
    assert made.state == "reviewed"
    publish = reverse("desk:publish_answers", args=[consultation.pk])
    asked = client.post(publish).content.decode()
    assert "3 contributi ricevono risposta a ogni punto" in asked
    assert "Partono 3 e-mail" in asked
    with django_capture_on_commit_callbacks() as mails:
        client.post(publish, {"sure": "1"})
    assert len(mails) == 3
    assert "Spetta ad altri" in client.get("/it/partecipa/consultazione-di-prova/risposte/").content.decode()
    assert "Togli" in client.get(at).content.decode()


def test_a_review_of_words_that_were_changed_since_they_were_shown_is_refused(client, consultation, queue):
    made = an_answer(admitted(consultation), somebody("editor"))
    Answer.objects.update(revision=2)
    client.force_login(somebody("approver"))
    keys = list(made.claims.values_list("pk", flat=True))
    sent = {"verb": "review", "chosen": keys, "revision": f"{made.pk}-1"}
    told = client.post(f"{queue}?stato=da-rivedere", sent, follow=True)
    assert "Nel frattempo questa risposta" in told.content.decode()
    made.refresh_from_db()
    assert made.state == "draft"


def test_two_who_answer_the_same_point_do_not_overwrite_each_other(client, consultation):
    letter, editor = admitted(consultation), somebody("editor")
    at = f"{reverse('desk:new_answer', args=[consultation.pk])}?punto={letter.claims.get().pk}"
    client.force_login(editor)
    client.post(at, {"outcome": "not", "text_it": "La prima risposta"})
    told = client.post(at, {"outcome": "not", "text_it": "La seconda risposta"})
    assert "ha già una risposta" in told.content.decode()
    assert "La seconda risposta" in told.content.decode(), "what she wrote is still there"
    made = Answer.objects.get()
    shown = reverse("desk:answer", args=[made.pk])
    client.post(shown, {"outcome": "not", "text_it": "Nuova", "revision": 1})
    late = client.post(shown, {"outcome": "not", "text_it": "In ritardo", "revision": 1}).content.decode()
    assert "Nel frattempo questa risposta" in late
    assert "In ritardo" in late
    assert Answer.objects.get().text_it == "Nuova"


def test_the_pages_ask_as_often_for_two_hundred_as_for_two(client, consultation, queue, django_assert_max_num_queries):
    editor = somebody("editor")
    for n in range(2):
        an_answer(admitted(consultation, f"Testo {n}"), editor)
    rows = [
        Contribution(
            consultation=consultation,
            edition=consultation.edition,
            text=f"Testo {n}",
            received_on="2026-01-01",
            source="x",
            wish="unsigned",
            answer_due="2026-02-01",
            year=2030,
            number=n,
        )
        for n in range(1, 201)
    ]
    made = Contribution.objects.bulk_create(rows)
    Claim.objects.bulk_create(Claim(contribution=one) for one in made)
    client.force_login(editor)
    for state in ("da-ammettere", "da-rispondere", "da-rivedere", "pronte", "pubblicate"):
        with django_assert_max_num_queries(20):
            assert client.get(f"{queue}?stato={state}").status_code == 200
    page = client.get(f"{queue}?stato=da-rispondere").content.decode()
    assert "200 contributi aspettano una risposta oltre il termine" in page
    assert "200 con la risposta in ritardo" in client.get("/it/scrivania/").content.decode()


@pytest.mark.parametrize(
    "asked",
    ["?stato=x", "?pagina=999", "?tema=x", "?tema=99999", "?q=2026/1", "?q=" + "x" * 3000, "?chi=x"],
)
def test_odd_filters_show_a_page(client, consultation, queue, asked):
    client.force_login(somebody("editor"))
    assert client.get(f"{queue}{asked}").status_code == 200


def test_one_tick_takes_all_on_the_page_and_nothing_elsewhere(client, consultation, queue):
    here = [received(consultation, f"Testo {n}").contribution for n in range(3)]
    elsewhere = received(a_consultation(consultation.edition, slug="altra")).contribution
    client.force_login(somebody("editor"))
    keys = " ".join(str(one.pk) for one in (*here, elsewhere))
    assert f'value="{" ".join(str(one.pk) for one in here)} "' in client.get(queue).content.decode()
    client.post(queue, {"verb": "admit", "all": keys})
    assert Contribution.objects.filter(admission="admitted").count() == 3
    elsewhere.refresh_from_db()
    assert elsewhere.admission == "received"


def test_odd_buttons_do_nothing(client, consultation, queue):
    letter = admitted(consultation)
    client.force_login(somebody("editor"))
    for sent in ({"verb": "admit"}, {"verb": "x", "chosen": "1"}, {"verb": "take", "chosen": ["x", "-1", "9" * 40]}):
        assert client.post(queue, sent).status_code == 302
    new = reverse("desk:new_answer", args=[consultation.pk])
    assert client.get(f"{new}?punto=x").status_code == 302
    made = an_answer(letter, somebody("editor"))
    at = reverse("desk:answer", args=[made.pk])
    for verb in ("x", "take_back", "send_back", "drop"):
        assert client.post(at, {"verb": verb, "claim": "x"}).status_code in {302, 403}
