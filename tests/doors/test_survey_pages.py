"""Questionnaires at the desk and on the site: replying once, what is shown, who opens what."""

import csv
import io
import re
import secrets

import pytest
from django.urls import reverse
from django.utils import timezone

from aumenta.site.surveys.forms import ReplyForm
from aumenta.surveys.models import Questionnaire, Reply
from aumenta.surveys.take_reply import make_invitations, token_of
from aumenta.surveys.write_questionnaire import close_questionnaire
from tests import form_marks
from tests.cast import a_small_plan, somebody
from tests.surveys_cast import QUESTIONS, a_questionnaire, a_reply, finished

PAGE = "/it/questionari/questionario-di-prova/"


@pytest.fixture
def plan(db):
    return a_small_plan()


@pytest.fixture
def asked(plan):
    return a_questionnaire(plan)


def sent(client, page=PAGE, **fields):
    """Post the form as somebody who took her time."""
    mark = form_marks.shown(ReplyForm, 30, secrets.token_hex(16))
    return client.post(page, {"shown": mark, "website": "", **fields})


def test_anybody_replies_once_a_form_and_is_thanked(client, asked):
    answer = sent(client, **{"q-mezzo": "auto", "q-perche": "Nessun autobus", "q-temi": ["bus", "bici"]})
    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}grazie/"
    reply = Reply.objects.get()
    assert reply.answers == {"mezzo": "auto", "perche": "Nessun autobus", "temi": ["bus", "bici"]}
    assert "grazie" in client.get(answer["Location"]).content.decode().lower()


def test_what_is_missing_is_told_beside_the_question_and_the_rest_is_still_there(client, asked):
    answer = sent(client, **{"q-temi": ["bici"], "q-anni": "tanti"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Questa domanda vuole una risposta." in page
    assert "Scrivi un numero" in page
    assert re.search(r'value="bici"\s+id="q-temi-bici"\s+checked', page)
    assert 'value="tanti"' in page
    assert not Reply.objects.exists()


def test_machines_are_held_back(client, asked):
    assert client.post(PAGE, {"q-mezzo": "bus"}).status_code == 400
    assert sent(client, website="x", **{"q-mezzo": "bus"}).status_code == 400
    assert not Reply.objects.exists()


def test_markup_in_what_is_written_is_shown_as_text(client, asked):
    page = sent(client, **{"q-anni": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert(1)" not in page


def test_an_invitation_is_used_once_and_the_open_page_takes_nobody(client, plan):
    asked = a_questionnaire(plan, invited_only=True)
    (one,) = make_invitations(person=somebody("editor"), questionnaire=asked, how_many=1)
    assert "invito" in client.get(PAGE).content.decode()
    assert sent(client, **{"q-mezzo": "bus"}).status_code == 409
    link = reverse("site:questionnaire_invited", args=[token_of(one)])
    assert sent(client, link, **{"q-mezzo": "bus"}).status_code == 302
    again = sent(client, link, **{"q-mezzo": "auto"})
    assert again.status_code == 409
    assert "già stato usato" in again.content.decode()
    assert Reply.objects.count() == 1
    assert client.get(reverse("site:questionnaire_invited", args=["niente"])).status_code == 404


def test_the_address_of_an_invitation_goes_nowhere_with_a_vote_or_a_message(client, plan):
    asked = a_questionnaire(plan, "su-invito", invited_only=True)
    (one,) = make_invitations(person=somebody("editor"), questionnaire=asked, how_many=1)
    page = client.get(f"/it/questionari/invito/{token_of(one)}/").content.decode()
    assert "pagina=" not in page
    assert 'name="pagina"' not in page
    assert 'name="pagina"' in client.get("/it/questionari/su-invito/").content.decode()


def test_after_closing_nobody_replies_and_results_appear_once_published(client, asked):
    results = f"{PAGE}risultati/"
    assert client.get(results).status_code == 404
    finished(asked)
    assert sent(client, **{"q-mezzo": "bus"}).status_code == 409
    page = client.get(results).content.decode()
    assert "Come ti muovi?" in page
    assert "How do you travel?" in client.get(results.replace("/it/", "/en/")).content.decode()
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}risultati.csv").content.decode("utf-8-sig"))))
    bus = next(one for one in rows if one["question"] == "mezzo" and one["value"] == "bus")
    assert bus["replies"] == "7"
    assert float(bus["percent"]) == 35.0
    assert "35,0" in page
    assert client.get(f"{PAGE}risultati.pdf").status_code == 404


def test_who_sends_after_closing_is_told_and_gets_her_words_back(client, asked):
    close_questionnaire(person=somebody("approver"), questionnaire=asked)
    answer = sent(client, **{"q-mezzo": "auto", "q-perche": "Un <b>lungo</b> pensiero"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "non è stata conservata" in page
    assert "Un &lt;b&gt;lungo&lt;/b&gt; pensiero" in page
    assert not Reply.objects.exists()
    assert "conservata" not in client.get(PAGE).content.decode()


def test_each_row_of_a_table_of_answers_has_a_table_of_its_own_name(client, asked):
    finished(asked)
    page = client.get(f"{PAGE}risultati/").content.decode()
    names = re.findall(r'role="region" tabindex="0" aria-label="([^"]*)"', page)
    assert len(names) == len(set(names)) > 2


def test_what_is_prepared_is_seen_by_nobody(client, plan):
    Questionnaire.objects.create(
        slug="bozza",
        title_it="Bozza",
        edition=plan,
        opens_on=timezone.localdate(),
        closes_on=timezone.localdate(),
    )
    for end in ("", "grazie/", "risultati/", "risultati.csv"):
        assert client.get(f"/it/questionari/bozza/{end}").status_code == 404, end
    assert "Bozza" not in client.get("/it/questionari/").content.decode()


def test_a_questionnaire_is_made_at_the_desk_from_the_first_question_to_the_table(client, plan):
    client.force_login(somebody("approver"))
    today = timezone.localdate().isoformat()
    facts = {"edition": plan.pk, "title_it": "Il piano e tu", "opens_on": today, "closes_on": today}
    assert client.post(reverse("desk:new_questionnaire"), facts).status_code == 302
    made = Questionnaire.objects.get()
    questions = reverse("desk:questionnaire_questions", args=[made.pk])
    single = {"code": "piace", "kind": "single", "text_it": "Ti piace?", "options": "si | Sì | Yes\nNon tanto"}
    assert client.post(questions, {"verb": "add", "seen": 0, **single}).status_code == 302
    later = {"code": "perche", "kind": "open", "text_it": "Perché?", "only_if": "piace", "only_values": "r2"}
    assert client.post(questions, {"verb": "add", "seen": 0, **later}).status_code == 400, "a colleague was first"
    assert client.post(questions, {"verb": "add", "seen": 1, **later}).status_code == 302
    client.post(questions, {"verb": "up", "place": 2, "seen": 2})
    assert [one.code for one in made.written.questions] == ["piace", "perche"], "it depends on what would come later"
    loop = {**single, "only_if": "perche", "only_values": "x", "seen": 2}
    page = client.post(reverse("desk:questionnaire_question", args=[made.pk, 1]), loop)
    assert page.status_code == 400
    assert "torna su se stessa" in page.content.decode()
    desk = reverse("desk:questionnaire", args=[made.pk])
    assert client.post(desk, {"verb": "open"}).status_code == 200, "it asks first"
    client.post(desk, {"verb": "open", "sure": "1"})
    assert made.in_use.questions[1].only_values == ("r2",)
    paper = reverse("desk:questionnaire_paper", args=[made.pk])
    assert client.post(paper, {"q-piace": "boh"}).status_code == 400
    assert client.post(paper, {"q-piace": "r2", "q-perche": "=1+1", "form_key": "0" * 32}).status_code == 302
    table = client.get(reverse("desk:questionnaire_replies", args=[made.pk, "csv"])).content.decode("utf-8-sig")
    assert table.splitlines()[0] == "way,received_on,piace,perche"
    assert "'=1+1" in table, "a spreadsheet runs nothing of it"
    assert client.get(reverse("desk:questionnaire_replies", args=[made.pk, "xlsx"])).content[:2] == b"PK"
    codes = client.get(reverse("desk:questionnaire_replies", args=[made.pk, "codici.csv"])).content.decode()
    assert "Non tanto" in codes
    client.post(desk, {"verb": "invite", "how_many": 3})
    links = client.get(reverse("desk:questionnaire_invitations", args=[made.pk])).content.decode().splitlines()
    assert len(links) == 4
    client.post(desk, {"verb": "close", "sure": "1"})
    client.post(desk, {"verb": "publish"})
    made.refresh_from_db()
    assert made.results_published_at


def test_a_question_is_taken_out_once_she_has_said_yes(client, asked):
    client.force_login(somebody("editor"))
    page = reverse("desk:questionnaire_questions", args=[asked.pk])
    sent = {"verb": "drop", "place": len(QUESTIONS), "seen": 0}
    answer = client.post(page, sent)
    assert answer.status_code == 200
    assert QUESTIONS[-1].text_it in answer.content.decode()
    assert asked.written is None
    client.post(page, {**sent, "sure": "1"})
    written = asked.written
    assert written is not None
    assert [one.code for one in written.questions] == [one.code for one in QUESTIONS[:-1]]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"options": "si | Sì\nno | No | No | forse"}, "riga 2"),
        ({"options": "1 prova | ciao | due\nno"}, "riga 1"),
        ({"options": "si | " + "x" * 501 + "\nno"}, "500"),
        ({"kind": "matrix", "options": "si\nno", "rows": "a | b | c | d"}, "riga 1"),
        ({"options": "si\nno", "only_values": "auto"}, "codice della domanda"),
    ],
)
def test_nothing_written_of_a_question_is_left_out_without_a_word(client, asked, wrong, told):
    client.force_login(somebody("editor"))
    page = reverse("desk:questionnaire_questions", args=[asked.pk])
    answer = client.post(page, {"verb": "add", "seen": 0, "code": "x", "kind": "single", "text_it": "X", **wrong})
    assert answer.status_code == 400
    assert told in answer.content.decode()


def test_an_editor_writes_but_does_not_open_and_a_stranger_sees_no_reply(client, asked):
    a_reply(asked, perche="Lo scrivo solo a voi")
    desk = reverse("desk:questionnaire", args=[asked.pk])
    table = reverse("desk:questionnaire_replies", args=[asked.pk, "csv"])
    assert client.get(table).status_code == 302
    client.force_login(somebody("referent"))
    assert client.get(table).status_code == 403
    client.force_login(somebody("editor"))
    assert "solo a voi" in client.get(table).content.decode()
    assert client.post(desk, {"verb": "close", "sure": "1"}).status_code == 403
    finished(asked)
    client.logout()
    for end in ("risultati/", "risultati.csv", "risultati.json"):
        assert "solo a voi" not in client.get(f"{PAGE}{end}").content.decode(), end


def test_pages_ask_as_often_for_many_replies_as_for_few(client, asked, django_assert_max_num_queries):
    finished(asked, replies=60)
    for page in ("/it/questionari/", PAGE, f"{PAGE}risultati/"):
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200


def test_a_reply_from_paper_is_put_right_and_taken_back_at_the_desk(client, asked):
    client.force_login(somebody("editor"))
    paper = reverse("desk:questionnaire_paper", args=[asked.pk])
    fields = {"q-mezzo": "auto", "q-tabella-giovani": "si", "q-tabella-anziani": "no", "q-temi": ["bus", "bici"]}
    assert client.post(paper, {**fields, "q-anni": "41,5", "q-voto": "4"}).status_code == 302
    reply, foreign = Reply.objects.get(), a_reply(asked)
    one = reverse("desk:questionnaire_paper_reply", args=[asked.pk, reply.pk])
    assert one in client.get(paper).content.decode()
    page = client.get(one).content.decode()
    shown = re.findall(r'value="([^"]*)"\s+id="(q-[^"]*)"\s+checked', page)
    assert {name for _value, name in shown} == {
        *("q-mezzo-auto", "q-tabella-giovani-si", "q-tabella-anziani-no", "q-temi-bus", "q-temi-bici", "q-voto-4")
    }
    assert 'value="41.5"' in page
    assert client.post(one, {**fields, "q-mezzo": ""}).status_code == 400
    assert client.post(one, {**fields, "q-anni": "41.5", "q-voto": "1"}).status_code == 302
    reply.refresh_from_db()
    assert reply.answers["voto"] == 1
    assert reply.answers["anni"] == 41.5
    asking = client.post(one, {"verb": "take_back"})
    assert "Non si può tornare indietro" in asking.content.decode()
    assert Reply.objects.count() == 2
    assert client.post(one, {"verb": "take_back", "sure": "1"})["Location"] == paper
    assert list(Reply.objects.all()) == [foreign]
    assert client.get(reverse("desk:questionnaire_paper_reply", args=[asked.pk, foreign.pk])).status_code == 404
    close_questionnaire(person=somebody("approver"), questionnaire=asked)
    assert client.get(paper).status_code == 200
    assert client.post(paper, fields).status_code == 400


def test_a_questionnaire_in_preparation_is_deleted_after_a_question(client, plan):
    client.force_login(somebody("editor"))
    day = timezone.localdate()
    made = Questionnaire.objects.create(slug="x", title_it="Prova", edition=plan, opens_on=day, closes_on=day)
    page = reverse("desk:questionnaire", args=[made.pk])
    assert "Prova" in client.post(page, {"verb": "drop"}).content.decode()
    assert client.post(page, {"verb": "drop", "sure": "1"})["Location"] == reverse("desk:questionnaires")
    assert not Questionnaire.objects.exists()
