"""What changed and when, and the plan as it was on any day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.timezone import localdate

from aumenta.plan.changed import changed
from aumenta.plan.models import Action, Axis, Edition, Strategy
from aumenta.plan.sheet_content import read_content
from aumenta.review.approve import approve
from aumenta.review.models import Version
from aumenta.review.propose import propose
from aumenta.review.record import record_import
from aumenta.review.submit import submit
from tests.cast import a_small_plan, somebody
from tests.markup import squeezed

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    """An edition recorded in 2021 whose first sheet changed today."""
    edition = a_small_plan()
    record_import(edition=edition, at=datetime(2021, 3, 10, 12, tzinfo=UTC))
    action = Action.objects.of(edition).with_code("1.1.1").get()
    editor = somebody("administrator")
    content = {**read_content(action), "title_it": "Titolo di oggi", "actors": [{"actor": "comuni", "printed": ""}]}
    proposal = propose(person=editor, action=action, content=content, reason="Dopo gli incontri")
    proposal = submit(person=editor, proposal_id=proposal.pk, revision=proposal.revision)
    approve(person=somebody("approver"), proposal_id=proposal.pk, revision=proposal.revision)
    return edition


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("\xa0", " ")


def test_the_sheet_says_what_changed_in_sentences_and_names_nobody(client: Client, edition: Edition) -> None:
    html = page(client, "/it/2021-2023/azioni/1.1.1/")
    assert "da «Azione 1.1.1» a «Titolo di oggi»" in html
    assert "Dopo gli incontri" not in html, "the reason is for the approver"
    assert "10 marzo 2021" in html
    assert "Administrator" not in html
    assert "Approver" not in html


def test_on_an_earlier_day_the_sheet_says_what_it_said_then(client: Client, edition: Edition) -> None:
    assert "Azione 1.1.1" in page(client, "/it/2021-2023/al/2022-12-22/azioni/1.1.1/")
    assert "Titolo di oggi" not in page(client, "/it/2021-2023/al/2022-12-22/azioni/1.1.1/")
    today = localdate().isoformat()
    assert "Titolo di oggi" in page(client, f"/en/2021-2023/al/{today}/azioni/1.1.1/")
    assert "Azione 1.1.1" in page(client, "/it/2021-2023/al/2022-12-22/")
    assert "nulla di questa edizione" in page(client, "/it/2021-2023/al/2020-01-01/")


def test_the_versions_of_a_day_are_ranked_in_one_pass_not_looked_for_one_by_one(edition: Edition) -> None:
    asked = Version.objects.as_of(edition, datetime(2022, 12, 22, tzinfo=UTC))
    assert sorted(asked.values_list("code", flat=True)) == ["1.1.1", "1.1.2", "2.1.1", "2.1.2"]
    # What SQLite calls a subquery that is answered anew for each row.
    assert "CORRELATED" not in asked.explain()


def test_the_days_of_change_are_listed_and_any_day_can_be_asked(client: Client, edition: Edition) -> None:
    assert "/it/2021-2023/al/2021-03-10/" in page(client, "/it/2021-2023/al/")
    answer = client.get("/it/2021-2023/al/", {"giorno": "2022-12-22"})
    assert answer.headers["Location"] == "/it/2021-2023/al/2022-12-22/"


@pytest.mark.parametrize("day", ["ieri", "2022-13-01", "2022-1-1", "20221222"])
def test_what_is_no_day_is_not_found(client: Client, edition: Edition, day: str) -> None:
    assert client.get(f"/it/2021-2023/al/{day}/").status_code == 404


def test_a_day_to_come_and_a_sheet_that_was_not_there_are_not_found(client: Client, edition: Edition) -> None:
    tomorrow = (localdate() + timedelta(days=1)).isoformat()
    assert client.get(f"/it/2021-2023/al/{tomorrow}/").status_code == 404
    assert client.get("/it/2021-2023/al/2020-01-01/azioni/1.1.1/").status_code == 404
    assert client.get("/it/2021-2023/al/2022-12-22/azioni/9.9.9/").status_code == 404


def test_on_an_earlier_day_axes_and_strategies_are_called_as_they_were_then(client: Client, edition: Edition) -> None:
    Axis.objects.filter(edition=edition, number=1).update(title_it="Asse rinominato")
    Strategy.objects.filter(axis__edition=edition, axis__number=1).update(title_it="Strategia rinominata")
    Edition.objects.filter(pk=edition.pk).update(title_it="Esempia rinominata")
    changed(Edition.objects.filter(pk=edition.pk))
    edition.refresh_from_db()
    record_import(edition=edition)
    today = localdate().isoformat()
    for address in ("/it/2021-2023/al/2022-12-22/", "/it/2021-2023/al/2022-12-22/azioni/1.1.1/"):
        html = page(client, address)
        assert "Asse 1. Asse 1" in squeezed(html)
        assert "Strategia 1.1" in html
        assert "rinominat" not in html
    for address in (f"/it/2021-2023/al/{today}/", f"/it/2021-2023/al/{today}/azioni/1.1.1/"):
        html = page(client, address)
        assert "Asse 1. Asse rinominato" in squeezed(html)
        assert "Strategia rinominata" in html
    assert "Esempia rinominata" in page(client, f"/it/2021-2023/al/{today}/")


def test_titles_are_kept_once_for_each_change_and_never_changed(edition: Edition) -> None:
    record_import(edition=edition)
    assert edition.headings.count() == 1
    Axis.objects.filter(edition=edition, number=2).update(title_en="Renamed")
    record_import(edition=edition)
    record_import(edition=edition)
    assert edition.headings.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        edition.headings.update(content_hash="x")
