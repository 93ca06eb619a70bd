"""What became of what was said: no page shows a contribution that is private or withdrawn, in whatever way."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from aumenta.people.models import User
from aumenta.plan.models import Action
from aumenta.results.erase_contribution import erase_contribution
from aumenta.review.record import record_import
from aumenta.voices.contributions.admit import refuse
from aumenta.voices.contributions.consultations import hide_consultation
from aumenta.voices.contributions.own import ask_erasure, unpublish_own, withdraw_own
from aumenta.voices.contributions.publish_answers import take_answer_back
from aumenta.voices.contributions.secret import receipt_token
from aumenta.voices.contributions.write_answer import drop_answer
from aumenta.voices.models import Answer, Contribution
from aumenta.voices.record_contributions import keep_private, withdraw
from tests.cast import a_small_plan, somebody
from tests.voices_cast import a_consultation, admitted, an_answer, answered, received

pytestmark = pytest.mark.django_db
SECRET, OPEN, NAME = "zanzibarre", "biciclette", "Ada Prova"
AT = "/it/partecipa/consultazione-di-prova/"
WAYS: dict[str, Callable[[User, Contribution], object]] = {
    "withdrawn by the office": lambda office, one: withdraw(person=office, contribution=one),
    "withdrawn by who sent it": lambda _office, one: withdraw_own(contribution=one),
    "asked to be erased": lambda _office, one: ask_erasure(contribution=one),
    "erased": lambda office, one: erase_contribution(person=office, contribution=one),
    "no longer published": lambda _office, one: unpublish_own(contribution=one),
    "marked private": lambda office, one: keep_private(person=office, contribution=one, private=True),
    "not admitted after all": lambda office, one: refuse(person=office, contribution=one, reason="Fuori tema"),
}


def public_pages(one: Contribution) -> list[str]:
    """Every public address where words of a contribution, or of its answer, could stand."""
    outcomes = ("accolti", "accolti-in-parte", "gia-nel-piano", "altra-competenza", "non-accolti")
    pages = [
        "/it/2021-2023/azioni/1.1.1/",
        AT,
        f"{AT}risposte/",
        f"{AT}contributi/",
        f"/it/partecipa/contributi/{one.year}/{one.number}/",
        *(f"{AT}risposte/?esito={outcome}" for outcome in outcomes),
        "/it/partecipa/",
        "/sitemap.xml",
    ]
    return [*pages, *(page.replace("/it/", "/en/") for page in pages)]


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_taking_a_contribution_back_reaches_every_public_page_at_once(way: str) -> None:
    edition, office = a_small_plan(), somebody("administrator")
    record_import(edition=edition)
    consultation, sheet = a_consultation(edition), Action.objects.of(edition).with_code("1.1.1").get()
    hidden = admitted(consultation, f"La signora {SECRET} teme la strada", wish="signed")
    shown = admitted(consultation, f"Più {OPEN}")
    answered(hidden, text=f"Alla signora {SECRET}: grazie", outcome="taken_up", sheet=sheet)
    answered(shown)
    reader = Client()
    seen = " ".join(reader.get(page).content.decode() for page in public_pages(hidden))
    assert SECRET in seen
    assert NAME in seen
    WAYS[way](office, hidden)
    for page in public_pages(hidden):
        answer = reader.get(page)
        told = answer.content.decode()
        assert SECRET not in told.lower(), page
        assert NAME not in told, page
        if "/contributi/2" in page:
            assert answer.status_code == 404, page
    assert OPEN in reader.get(f"{AT}risposte/").content.decode(), "what may be read still is"


def test_from_a_sheet_one_click_leads_to_who_asked_for_it_and_back() -> None:
    edition = a_small_plan()
    record_import(edition=edition)
    one = admitted(a_consultation(edition), f"Più {OPEN}")
    answered(one, outcome="already", sheet=Action.objects.of(edition).with_code("1.1.1").get())
    reader = Client()
    page = f"/it/partecipa/contributi/{one.year}/{one.number}/"
    sheet = reader.get("/it/2021-2023/azioni/1.1.1/").content.decode()
    assert f'href="{page}"' in sheet
    assert 'href="/it/2021-2023/azioni/1.1.1/"' in reader.get(page).content.decode()
    assert page not in reader.get("/it/2021-2023/azioni/1.1.2/").content.decode()


@pytest.mark.parametrize("wish", ["no", ""])
def test_what_nobody_asked_to_publish_is_on_no_page_and_counts_in_the_figures(client: Client, wish: str) -> None:
    consultation = a_consultation(a_small_plan())
    one = admitted(consultation, f"La signora {SECRET}", wish=wish or "unsigned")
    Contribution.objects.filter(pk=one.pk).update(wish=wish)
    answered(one, text=f"Alla signora {SECRET}: no")
    for page in public_pages(one):
        assert SECRET not in client.get(page).content.decode(), page
    assert not Answer.objects.shown().exists()
    page = client.get(f"{AT}risposte/").content.decode()
    assert "con risposta a ogni punto" in page


def test_an_answer_that_is_not_published_or_was_taken_back_is_read_by_nobody(client: Client) -> None:
    consultation, office = a_consultation(a_small_plan()), somebody("administrator")
    one = admitted(consultation)
    made = an_answer(one, somebody("editor"), text=f"Bozza {SECRET}")
    for page in public_pages(one):
        assert SECRET not in client.get(page).content.decode(), page
    made.delete()
    done = answered(one, text=f"Risposta {SECRET}")
    assert SECRET in client.get(f"{AT}risposte/").content.decode()
    take_answer_back(person=office, answer=done)
    for page in public_pages(one):
        assert SECRET not in client.get(page).content.decode(), page
    drop_answer(person=office, answer=Answer.objects.get())
    answered(one)
    hide_consultation(person=office, consultation=consultation)
    assert client.get(f"/it/partecipa/contributi/{one.year}/{one.number}/").status_code == 404


def test_who_wrote_follows_withdraws_and_asks_for_erasure_with_her_secret_alone(client: Client) -> None:
    consultation = a_consultation(a_small_plan())
    kept = received(consultation, f"Più {OPEN}", wish="signed")
    mine = client.post("/it/partecipa/segui/", {"number": kept.contribution.label, "secret": kept.secret})
    page = mine.content.decode()
    assert "Ritiralo" in page
    assert kept.secret not in page
    key = receipt_token(kept.contribution, kept.secret)
    asked = client.post("/it/partecipa/segui/", {"key": key, "verb": "withdraw"}).content.decode()
    assert "Ritirare il tuo contributo?" in asked
    assert not Contribution.objects.get().withdrawn, "she is asked first"
    done = client.post("/it/partecipa/segui/", {"key": key, "verb": "withdraw", "sure": "1"}).content.decode()
    assert "Il contributo è ritirato" in done
    assert Contribution.objects.get().withdrawn_by_sender
    client.post("/it/partecipa/segui/", {"key": key, "verb": "erase", "sure": "1"})
    assert Contribution.objects.get().erasure_asked_on is not None
    for wrong in ({"key": "x", "verb": "withdraw"}, {"key": key, "verb": "publish"}, {"verb": "erase", "sure": "1"}):
        assert client.post("/it/partecipa/segui/", wrong).status_code == 400


def test_the_receipt_does_not_say_that_a_mail_is_on_its_way_where_none_is(client: Client) -> None:
    consultation = a_consultation(a_small_plan())
    held, none = received(consultation, by_mail=False), received(consultation)
    for kept, sentence in ((held, "non parte nessuna e-mail"), (none, "non invia e-mail")):
        page = client.get(f"/it/partecipa/ricevuta/{receipt_token(kept.contribution, kept.secret)}/").content.decode()
        assert sentence in page
        assert "Abbiamo inviato" not in page


def test_attachments_are_opened_by_the_office_alone(client: Client) -> None:
    from aumenta.voices.contributions.attachments import SentFile
    from tests.voices_cast import a_photo

    kept = received(a_consultation(a_small_plan()), files=[SentFile("casa.jpg", a_photo())])
    page = client.post("/it/partecipa/segui/", {"number": kept.contribution.label, "secret": kept.secret})
    assert "casa.jpg" in page.content.decode()
    assert "/allegati/" not in page.content.decode()
    client.force_login(somebody("editor"))
    shown = client.get(reverse("desk:contribution", args=[kept.contribution.pk])).content.decode()
    assert "/allegati/" in shown
