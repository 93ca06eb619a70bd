"""A dated version that was sealed by mistake is taken away while nobody outside can have cited it; then it stays."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from aumenta.activity.models import ActivityEntry
from aumenta.people.permission import NotAllowedError
from aumenta.plan.models import Edition
from aumenta.review.editions import correct_release
from aumenta.review.editions.correct_release import removable, remove_release
from aumenta.review.editions.freeze import reopen
from aumenta.review.models import Release, Version
from tests.cast import a_small_plan, somebody
from tests.frame_cast import a_day_later, sealed
from tests.refusals_met import office

pytestmark = pytest.mark.django_db


def test_within_a_day_it_is_taken_away_and_the_edition_is_open_again() -> None:
    release = sealed()
    texts = Version.objects.count()
    remove_release(person=office(), release=release)
    edition = Edition.objects.get()
    assert not Release.objects.exists()
    assert edition.frozen_at is None
    assert Version.objects.count() == texts, "sheets and versions stay"
    assert edition.revision > release.edition.revision
    assert ActivityEntry.objects.filter(code="edition.release_removed").count() == 1
    assert sealed().number == 1


def test_an_edition_that_was_opened_again_since_stays_open() -> None:
    release = sealed()
    reopen(person=office(), edition=release.edition)
    remove_release(person=office(), release=release)
    assert Edition.objects.get().frozen_at is None


def test_while_nobody_reads_the_edition_it_can_be_taken_away_at_any_time() -> None:
    release = sealed(a_small_plan(state="preparation"))
    with a_day_later():
        assert removable(release)


def test_only_who_manages_editions_may() -> None:
    release = sealed()
    for role in ("approver", "editor", "reader"):
        with pytest.raises(NotAllowedError):
            remove_release(person=somebody(role), release=release)
    assert Release.objects.exists()


def test_one_that_another_follows_stays() -> None:
    first = sealed()
    reopen(person=office(), edition=first.edition)
    sealed(first.edition)
    assert not removable(Release.objects.get(number=1))
    assert removable(Release.objects.get(number=2))


def test_the_desk_asks_first_and_says_what_happens(client: Client) -> None:
    release = sealed()
    client.force_login(office())
    address = reverse("desk:release", args=[release.edition.label, release.number])
    assert "Elimina la versione datata" in client.get(address).content.decode()
    asked = client.post(address, {"verb": "remove"})
    assert "Vuoi eliminare la versione datata" in asked.content.decode()
    assert Release.objects.exists()
    client.post(address, {"verb": "remove", "sure": "1"})
    assert not Release.objects.exists()
    later = sealed()
    with patch.object(correct_release, "MAY_BE_REMOVED", timedelta(0)):
        assert not removable(later)
        assert "Elimina la versione datata" not in client.get(address).content.decode()
