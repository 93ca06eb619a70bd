"""An edition published by mistake is hidden again within a day, and not after; nothing of it is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from aumenta.activity.models import ActivityEntry
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition
from aumenta.review.editions.freeze import publish
from aumenta.review.editions.hide_again import MAY_BE_HIDDEN, hide_again, hideable_until
from aumenta.review.models import Version
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db


def test_what_was_published_by_mistake_is_gone_for_readers_and_there_for_the_office(client: Client) -> None:
    a_small_plan()
    edition, office = a_small_plan(label="2024-2026", state="preparation"), somebody("administrator")
    publish(person=office, edition=edition)
    sheets, versions = Action.objects.of(edition).count(), Version.objects.filter(edition=edition).count()
    assert client.get("/it/2024-2026/").status_code == 200
    hide_again(person=office, edition=edition)
    assert client.get("/it/2024-2026/").status_code == 404
    assert (Action.objects.of(edition).count(), Version.objects.filter(edition=edition).count()) == (sheets, versions)
    assert ActivityEntry.objects.filter(code="edition.hidden_again", within="2024-2026").exists()
    publish(person=office, edition=Edition.objects.get(pk=edition.pk))
    assert client.get("/it/2024-2026/").status_code == 200


def test_a_day_later_it_stays_and_so_does_what_was_imported_as_public() -> None:
    imported, office = a_small_plan(), somebody("administrator")
    edition = publish(person=office, edition=a_small_plan(label="2024-2026", state="preparation"))
    long_ago = timezone.now() - MAY_BE_HIDDEN
    Edition.objects.filter(pk=edition.pk).update(public_since=long_ago + timedelta(minutes=1))
    assert hideable_until(Edition.objects.get(pk=edition.pk)) is not None
    Edition.objects.filter(pk=edition.pk).update(public_since=long_ago)
    for one in (edition, imported):
        assert hideable_until(Edition.objects.get(pk=one.pk)) is None
        with pytest.raises(RefusedError, match="too_late_to_hide"):
            hide_again(person=office, edition=one)
        assert Edition.objects.get(pk=one.pk).is_public


@pytest.mark.parametrize("role", ["approver", "editor", "referent", "facilitator", "reader"])
def test_only_an_administrator_hides_it(role: str) -> None:
    edition = publish(person=somebody("administrator"), edition=a_small_plan(label="2024-2026", state="preparation"))
    person = somebody(role)
    with pytest.raises(NotAllowedError):
        hide_again(person=person, edition=edition)
    assert Edition.objects.get(pk=edition.pk).is_public
