"""Writing to a consultation without an account: the form, its limits, the receipt, following, attachments."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from aumenta.people.rate_limit import Limit
from aumenta.site.too_often import Flood
from aumenta.site.voices import views
from aumenta.site.voices.forms import ContributionForm
from aumenta.voices.contributions.attachments import download_token
from aumenta.voices.models import Consultation, Contribution, ContributionSender
from tests import form_marks
from tests.attachments_made import a_docx
from tests.cast import a_small_plan, somebody
from tests.voices_cast import a_consultation, a_photo, received

pytestmark = pytest.mark.django_db
FORM = "/it/partecipa/consultazione-di-prova/"


@pytest.fixture(autouse=True)
def _consultation():
    a_consultation(a_small_plan())


def filled(**more):
    """What a person sends who has looked at the form for a while."""
    mark = form_marks.shown(ContributionForm, key=more.pop("key", "k" * 32))
    usual = {"text": "Più treni la sera", "kind": "person", "wish": "no", "read_notice": "on", "shown": mark}
    return {**usual, **more}


def test_a_stranger_writes_gets_a_receipt_and_follows_it_with_number_and_secret(client):
    assert client.get(FORM).status_code == 200
    answer = client.post(FORM, filled(email="ada@esempio.it"), follow=True)
    page = answer.content.decode()
    kept = Contribution.objects.get()
    secret = re.search(r"<code>([\w-]{14})</code>", page)[1]
    assert kept.label in page
    assert "Più treni la sera" in page
    assert secret not in answer.redirect_chain[0][0]
    assert "pagina=" not in page, "the address opens the receipt: no vote or message takes it along"
    assert answer.headers["Cache-Control"].count("no-store")
    mine = client.post("/it/partecipa/segui/", {"number": kept.label, "secret": secret})
    assert "Più treni la sera" in mine.content.decode()
    wrong = [
        client.post("/it/partecipa/segui/", {"number": number, "secret": said}).content.decode()
        for number, said in ((kept.label, "AAAA-AAAA-AAAA"), ("2019/7", "AAAA-AAAA-AAAA"))
    ]
    tokens = re.compile(r'(name="csrfmiddlewaretoken" value|nonce|value)="[^"]*"')
    assert tokens.sub("", wrong[0]) == tokens.sub("", wrong[1])
    assert kept.text not in wrong[0]


def test_nothing_is_published_unless_somebody_asks_for_it(client):
    client.post(FORM, filled())
    assert Contribution.objects.get().wish == "no"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": ""}, "manca il testo"),
        ({"text": "x" * 100_001}, "100"),
        ({"website": "http://x"}, "campo nascosto"),
        ({"shown": "x"}, "rimasta aperta"),
        ({"read_notice": ""}, "casella"),
        ({"kind": "organisation", "name": ""}, "nome dell’organizzazione"),
        ({"kind": "organisation", "name": "Rete"}, "tipo di organizzazione"),
        ({"wish": "signed"}, "Vuoi che sia pubblicato con il nome"),
        ({"email": "nessuna"}, "e-mail"),
        ({"strategy": "9.9"}, "9.9"),
        ({"municipality": "99999"}, "scelta"),
        ({"text_2": "", "strategy_2": "1.1"}, "Scrivi il testo su ogni strategia"),
    ],
)
def test_bad_input_gets_its_sentence_and_nothing_is_kept(client, sent, sentence):
    answer = client.post(FORM, filled(**sent))
    assert answer.status_code == 400
    assert sentence in answer.content.decode().replace("&#x27;", "'")
    assert not Contribution.objects.exists()


def test_a_form_sent_twice_is_kept_once_and_what_was_written_is_still_there(client):
    client.post(FORM, filled())
    again = client.post(FORM, filled())
    assert again.status_code == 400
    assert "già stato inviato" in again.content.decode()
    assert "Più treni la sera" in again.content.decode()
    assert Contribution.objects.count() == 1


def test_a_machine_that_answers_at_once_is_held_back(client):
    mark = form_marks.shown(ContributionForm, -30)
    assert client.post(FORM, filled(shown=mark)).status_code == 400


def test_a_network_that_sends_too_much_is_told_to_wait(client, monkeypatch):
    monkeypatch.setattr(views, "CONTRIBUTIONS", Flood("contribute", 2, 9))
    answers = [client.post(FORM, filled(key=str(n) * 32)).status_code for n in range(3)]
    assert answers == [302, 302, 429]
    monkeypatch.setattr(views, "FOLLOWED", Limit("follow-contribution", 2, timedelta(minutes=10)))
    tried = {"number": "2026/1", "secret": "x"}
    assert [client.post("/it/partecipa/segui/", tried).status_code for _n in range(3)] == [400, 400, 429]


def test_before_the_first_day_and_after_the_last_there_is_no_form_unless_late_ones_are_taken(client):
    today = timezone.localdate()
    Consultation.objects.update(opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=2))
    assert "fuori termine" in client.get(FORM).content.decode()
    assert client.post(FORM, filled()).status_code == 302
    assert Contribution.objects.get().late
    Consultation.objects.update(takes_late=False)
    assert 'name="text"' not in client.get(FORM).content.decode()
    client.post(FORM, filled(key="x" * 32))
    assert Contribution.objects.count() == 1
    Consultation.objects.update(published_at=None)
    assert client.get(FORM).status_code == 404


def test_an_attachment_is_a_download_from_a_path_without_cookies(client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    files = [SimpleUploadedFile("casa.jpg", a_photo()), SimpleUploadedFile("nota.docx", a_docx())]
    assert client.post(FORM, filled(attachments=files)).status_code == 302
    photo, note = Contribution.objects.get().attachments.all()
    bare = Client()
    for one in (photo, note):
        answer = bare.get(f"/allegati/{download_token(one)}/")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="contributo-')
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
    office = Client()
    office.force_login(somebody("administrator"))
    assert office.get(f"/allegati/{photo.key}/").status_code == 404, "the session opens nothing"
    assert bare.get("/allegati/x/").status_code == 404


def test_the_form_stays_with_what_was_written_when_a_file_is_refused(client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client.post(FORM, filled(attachments=[SimpleUploadedFile("x.html", b"<html>")]))
    assert answer.status_code == 400
    assert "«x.html»" in answer.content.decode()
    assert "Più treni la sera" in answer.content.decode()


def test_the_desk_sees_who_sent_it_and_admits_it_or_says_why_not():
    kept = received(Consultation.objects.get(), wish="signed").contribution
    office = Client()
    office.force_login(somebody("administrator"))
    address = f"/it/scrivania/contributi/{kept.pk}/"
    page = office.get(address).content.decode()
    assert "Ada Prova" in page
    assert "ada@esempio.it" in page
    office.post(address, {"verb": "refuse", "reason": ""})
    assert Contribution.objects.get().admission == "received"
    office.post(address, {"verb": "refuse", "reason": "Non riguarda il piano"})
    assert Contribution.objects.get().admission == "refused"
    office.post(address, {"verb": "admit"})
    assert Contribution.objects.get().signature == "Ada Prova"
    ContributionSender.objects.all().delete()
    assert "Ada Prova" not in office.get(address).content.decode().partition("<dl")[2].partition("</dl>")[0]
    assert kept.text not in office.get("/it/scrivania/contributi/?stato=da-ammettere").content.decode()


def test_the_desk_prepares_publishes_and_hides_a_consultation():
    office, today = Client(), timezone.localdate()
    office.force_login(somebody("administrator"))
    edition = Consultation.objects.get().edition
    facts = {
        "title_it": "Verso il piano",
        "edition": edition.pk,
        "opens_on": today,
        "closes_on": today,
        "answer_days": 30,
    }
    wrong = {**facts, "closes_on": today - timedelta(days=1)}
    said = office.post("/it/scrivania/consultazioni/nuova/", wrong).content.decode()
    assert "finisce prima di cominciare" in said
    assert office.post("/it/scrivania/consultazioni/nuova/", facts).status_code == 302
    made = Consultation.objects.get(slug="verso-il-piano")
    address = f"/it/scrivania/consultazioni/{made.pk}/"
    office.post(address, {"verb": "publish"})
    assert "Verso il piano" in Client().get("/it/partecipa/").content.decode()
    assert "finisce prima" in office.post(address, wrong).content.decode()
    office.post(address, {**facts, "title_it": "Verso il nuovo piano"})
    office.post(address, {"verb": "hide"})
    made.refresh_from_db()
    assert (made.title_it, made.published_at) == ("Verso il nuovo piano", None)
    assert "Verso il nuovo piano" in office.get("/it/scrivania/consultazioni/").content.decode()
