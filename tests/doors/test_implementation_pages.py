"""The pages of how far actions have come: the referent's, the office's, everybody's."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aumenta.monitoring.models import Milestone, MilestoneValue, Progress, Round
from aumenta.plan.models import Action, Edition
from aumenta.ui.caching import forget_pages
from tests.cast import a_small_plan, somebody
from tests.markup import words
from tests.monitoring_cast import a_state, an_objective, an_update

pytestmark = pytest.mark.django_db
DESK = "/it/scrivania/attuazione/"


@pytest.fixture
def edition() -> Edition:
    a_state()
    return a_small_plan()


@pytest.fixture
def action(edition: Edition) -> Action:
    return Action.objects.of(edition).with_code("1.1.1").get()


def test_from_the_referents_form_through_the_approvers_to_the_readers_page(client: Client, action: Action) -> None:
    milestone = Milestone.objects.create(
        action=action, title_it="Treni", target=40, base=20, begins_on=date(2024, 1, 1), due_on=date(2026, 12, 31)
    )
    client.force_login(somebody("referent", answers_for=(action,)))
    page = words(client.get(DESK).content.decode())
    assert "1.1.1" in page
    assert "2.1.1" not in page, "only her own"
    form = {
        "verb": "send",
        "state": a_state().pk,
        "phase": "tender",
        "as_of": "2026-05-31",
        "reason_it": "Gara aperta",
        f"m{milestone.pk}": "27,5",
    }
    assert client.post(f"{DESK}2021-2023/1.1.1/", {**form, f"m{milestone.pk}": "molti"}).status_code == 409
    assert client.post(f"{DESK}2021-2023/1.1.1/", {**form, "as_of": "2099-01-01"}).status_code == 409
    assert not Progress.objects.exists()
    assert client.post(f"{DESK}2021-2023/1.1.1/", form).status_code == 302
    made = Progress.objects.get()
    assert MilestoneValue.objects.get().value == 27.5
    assert client.post(f"{DESK}aggiornamenti/{made.pk}/", {"verb": "approve"}).status_code == 403
    assert "Gara aperta" not in client.get("/it/2021-2023/azioni/1.1.1/").content.decode()
    client.force_login(somebody("approver"))
    assert "1.1.1" in words(client.get(DESK).content.decode())
    client.post(f"{DESK}aggiornamenti/{made.pk}/", {"verb": "approve"})
    client.logout()
    forget_pages()
    page = words(client.get("/it/2021-2023/azioni/1.1.1/").content.decode())
    for told in ("A che punto è", "in corso", "gara", "Gara aperta", "38% del percorso", "27,5"):
        assert told in page, told
    assert "referent" not in page.lower(), "who sent it is the office's"


def test_the_public_page_counts_first_and_never_takes_silence_for_not_begun(client: Client, action: Action) -> None:
    assert "Nessun aggiornamento pubblicato" in words(client.get("/it/2021-2023/attuazione/").content.decode())
    an_update(action, "approved")
    an_update(Action.objects.of(action.strategy.axis.edition).with_code("2.1.1").get(), "sent")
    forget_pages()
    page = words(client.get("/it/2021-2023/attuazione/").content.decode())
    assert "in corso 1" in page
    assert "Azioni con un aggiornamento: 1 su" in page
    rows = client.get("/it/2021-2023/attuazione.json").json()["actions"]
    told = {row["action"]: row["status"] for row in rows}
    assert told["1.1.1"] == "in corso"
    assert told["2.1.1"] is None, "what waits to be reviewed is nobody's"


def test_what_is_invented_is_marked_wherever_it_is_read(client: Client, action: Action) -> None:
    update = an_update(action, "approved", invented=True)
    an_update(action, "approved", invented=True, as_of=update.as_of - timedelta(days=90))
    marked = 0
    for address in ("/it/2021-2023/attuazione/", "/it/2021-2023/azioni/1.1.1/", "/it/2021-2023/monitoraggio/"):
        page = words(client.get(address).content.decode())
        of_all = page.count("in corso 1")
        assert page.count("in corso") == page.count("in corso inventato") + of_all
        assert not of_all or "Alcuni aggiornamenti sono inventati" in page
        marked += page.count("in corso inventato")
    assert marked == 4, "in the table; on the sheet beside its text, in its section and among the earlier ones"
    assert client.get("/it/2021-2023/attuazione.json").json()["actions"][0]["invented"] is True


def test_a_referent_sees_no_action_of_others(client: Client, edition: Edition, action: Action) -> None:
    other = Action.objects.of(edition).with_code("2.1.1").get()
    waiting = an_update(other)
    client.force_login(somebody("referent", answers_for=(action,)))
    assert client.get(f"{DESK}2021-2023/2.1.1/").status_code == 404
    assert client.get(f"{DESK}aggiornamenti/{waiting.pk}/").status_code == 404
    assert client.get(f"{DESK}richieste/").status_code == 403
    assert client.get(f"{DESK}parole/").status_code == 403


def test_the_office_sets_rounds_words_and_milestones(client: Client, action: Action) -> None:
    client.force_login(somebody("approver"))
    form = {
        "verb": "set",
        "edition": action.strategy.axis.edition_id,
        "as_of": "2026-06-30",
        "asks_on": "2099-01-01",
        "due_on": "2099-01-31",
        "remind_every": "7",
        "climbs_after": "14",
    }
    assert client.post(f"{DESK}richieste/", {**form, "due_on": "2098-01-01"}).status_code == 409
    assert client.post(f"{DESK}richieste/", form).status_code == 302
    assert "non viene chiesto a nessuno" in words(client.get(f"{DESK}richieste/").content.decode())
    number = Round.objects.get().pk
    question = client.post(f"{DESK}richieste/", {"verb": "cancel", "round": number}).content.decode()
    assert "Annullo questa richiesta?" in question
    assert Round.objects.filter(pk=number).exists()
    client.post(f"{DESK}richieste/", {"verb": "cancel", "round": number, "sure": "1"})
    assert not Round.objects.exists()
    word = {"slug": "in-gara", "name_it": "in gara", "meaning": "under_way", "position": "9"}
    assert client.post(f"{DESK}parole/", word).status_code == 302
    page = f"{DESK}2021-2023/1.1.1/"
    milestone = {
        "verb": "milestone",
        "title_it": "Treni",
        "base": "5",
        "target": "5",
        "weight": "1",
        "begins_on": "2024-01-01",
        "due_on": "2025-01-01",
    }
    assert client.post(page, milestone).status_code == 409, "the target is the base"
    assert client.post(page, {**milestone, "target": "7,5"}).status_code == 302
    assert client.post(page, {"verb": f"drop-{Milestone.objects.get().pk}"}).status_code == 302
    assert client.post(page, {"verb": "set", "power": "soft", "others": "Regione"}).status_code == 302
    assert client.post(page, {"verb": "qualcosa"}).status_code == 409


def test_objectives_are_read_with_their_gaps(client: Client, action: Action) -> None:
    an_objective().actions.add(action)
    page = words(client.get("/it/2021-2023/obiettivi/").content.decode())
    assert "OP-1 Obiettivo di prova" in page
    assert "Azioni senza un obiettivo" in page
    assert "OP-1" in words(client.get("/it/2021-2023/azioni/1.1.1/").content.decode())
    client.force_login(somebody("editor"))
    assert "OP-1" in client.get("/it/scrivania/obiettivi/").content.decode()


def test_the_whole_plan_is_read_on_one_page_in_a_dozen_queries(client: Client, action: Action) -> None:
    an_update(action, "approved")
    assert client.get("/it/2021-2023/monitoraggio/").status_code == 200
    forget_pages()
    with CaptureQueriesContext(connection) as asked:
        page = words(client.get("/it/2021-2023/monitoraggio/").content.decode())
    assert len(asked) <= 12
    assert "in corso 1" in page
    assert "/it/2021-2023/monitoraggio/" in client.get("/it/").content.decode()
