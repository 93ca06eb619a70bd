"""Publishing an edition shows what it says from then on: what was tried before, and why, stays with the office."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from time_machine import travel

from aumenta.people.models import User
from aumenta.plan.models import Action, Edition
from aumenta.plan.sheet_content import read_content
from aumenta.review.approve import approve
from aumenta.review.editions.freeze import freeze, publish, reopen
from aumenta.review.propose import propose
from aumenta.review.record import record_import
from aumenta.review.submit import submit
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db

TRIED, REASON, FINAL = "Titolo che il sindaco non ha voluto", "Lo chiede un assessore", "Titolo definitivo"


def approved(author: User, action: Action, title: str) -> None:
    content = {**read_content(action), "title_it": title}
    proposal = propose(person=author, action=action, content=content, reason=REASON)
    proposal = submit(person=author, proposal_id=proposal.pk, revision=proposal.revision)
    approve(person=somebody("approver"), proposal_id=proposal.pk, revision=proposal.revision)
    action.refresh_from_db()


@pytest.fixture
def edition() -> Edition:
    """An edition prepared two days ago: a text approved, frozen, replaced, frozen again; it will be published today."""
    with travel(now() - timedelta(days=2)):
        edition = a_small_plan()
        Edition.objects.filter(pk=edition.pk).update(state="preparation")
        edition.refresh_from_db()
        office = somebody("administrator")
        record_import(edition=edition)
        action = Action.objects.of(edition).with_code("1.1.1").get()
        approved(office, action, TRIED)
        freeze(person=office, edition=edition, title_it="Bozza per il sindaco", dated=date(2026, 1, 1))
        reopen(person=office, edition=edition)
        approved(office, action, FINAL)
        freeze(person=office, edition=edition, title_it="Adozione", dated=date(2026, 2, 1))
        reopen(person=office, edition=edition)
    return edition


def public_pages(edition: Edition) -> list[str]:
    start = f"/it/{edition.label}/"
    days = [(localdate() - timedelta(days=n)).isoformat() for n in range(5)]
    return [
        start,
        f"{start}azioni/1.1.1/",
        f"{start}al/",
        *(f"{start}al/{day}/" for day in days),
        *(f"{start}al/{day}/azioni/1.1.1/" for day in days),
    ]


def test_what_was_approved_and_replaced_before_is_on_no_public_page(client: Client, edition: Edition) -> None:
    publish(person=User.objects.filter(grants__role="administrator").earliest("pk"), edition=edition)
    read = {address: client.get(address) for address in public_pages(edition)}
    for address, answer in read.items():
        text = answer.content.decode()
        for secret in (TRIED, REASON, "Bozza per il sindaco"):
            assert secret not in text, f"{secret} on {address}"
    today = localdate().isoformat()
    assert FINAL in read[f"/it/{edition.label}/al/{today}/azioni/1.1.1/"].content.decode()
    yesterday = (localdate() - timedelta(days=1)).isoformat()
    assert read[f"/it/{edition.label}/al/{yesterday}/"].status_code == 404
    listed = read[f"/it/{edition.label}/al/"].content.decode()
    assert "Adozione" in listed, "what was frozen as it was published is its first dated version"
    assert listed.count("/al/20") == 2, "the day of publication, under its dated version and as the first of the days"
    history = read[f"/it/{edition.label}/azioni/1.1.1/"].content.decode()
    assert "Prima registrazione della scheda" in history


def test_what_is_approved_afterwards_is_told_but_not_why(client: Client, edition: Edition) -> None:
    publish(person=User.objects.filter(grants__role="administrator").earliest("pk"), edition=edition)
    approved(somebody("administrator"), Action.objects.of(edition).with_code("1.1.1").get(), "Titolo di domani")
    html = client.get(f"/it/{edition.label}/azioni/1.1.1/").content.decode()
    assert f"da «{FINAL}» a «Titolo di domani»" in html.replace("\xa0", " ")
    assert TRIED not in html
    assert REASON not in html


def test_before_publishing_the_office_reads_everything_that_becomes_public(client: Client, edition: Edition) -> None:
    client.force_login(User.objects.filter(grants__role="administrator").earliest("pk"))
    page = client.get(reverse("desk:edition_preview", args=[edition.label]))
    html = page.content.decode()
    for shown in (FINAL, "Azione 2.1.2", "Asse 1", "Strategia 2.1", "Adozione"):
        assert shown in html
    for stays in (TRIED, REASON, "Bozza per il sindaco"):
        assert stays not in html
    assert "testi approvati e poi sostituiti" in html, "how many stay behind is said"
    assert "Pubblica l" in html
    edition.refresh_from_db()
    assert not edition.is_public, "to look is not to publish"
