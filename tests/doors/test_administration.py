"""The stock administration: for superusers alone, to look and not to write, without what is personal or secret."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from aumenta.config.administration import PERSONAL, ROOMS, SECRET
from tests.cast import a_person, a_plan, somebody
from tests.events_cast import an_event, table

pytestmark = pytest.mark.django_db
SHOWN = [
    model for room in ROOMS for model in apps.get_app_config(room).get_models() if model._meta.label not in PERSONAL
]


def address(model: type, page: str = "changelist", *arguments: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)  # type: ignore[attr-defined]


@pytest.fixture
def superuser(client: Client) -> Client:
    person = a_person("capo@esempio.it")
    type(person).objects.filter(pk=person.pk).update(is_superuser=True, is_staff=True)
    client.force_login(type(person).objects.get(pk=person.pk))
    return client


@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model._meta.label)
def test_a_superuser_looks_at_every_list_and_adds_nothing(superuser: Client, model: type) -> None:
    assert superuser.get(address(model)).status_code == 200
    assert superuser.get(address(model, "add")).status_code == 403


@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model._meta.label)
def test_staff_and_strangers_see_nothing(client: Client, model: type) -> None:
    assert client.get(address(model)).status_code == 302
    clerk = somebody("administrator")
    type(clerk).objects.filter(pk=clerk.pk).update(is_staff=True)
    client.force_login(type(clerk).objects.get(pk=clerk.pk))
    assert client.get(address(model)).status_code == 403


def test_a_row_is_shown_and_cannot_be_changed_or_deleted(superuser: Client) -> None:
    edition = a_plan(actions=6)
    page = superuser.get(address(type(edition), "change", edition.pk))
    assert page.status_code == 200
    assert 'name="title_it"' not in page.content.decode()
    changed = superuser.post(address(type(edition), "change", edition.pk), {"title_it": "Altro"})
    deleted = superuser.post(address(type(edition), "delete", edition.pk), {"post": "yes"})
    assert (changed.status_code, deleted.status_code) == (403, 403)
    edition.refresh_from_db()
    assert edition.title_it != "Altro"


def test_what_opens_a_table_is_not_shown(superuser: Client) -> None:
    one = table(an_event(strategies=6))
    page = superuser.get(address(type(one), "change", one.pk)).content.decode()
    assert one.pin not in page
    assert one.code not in page


def test_every_model_that_is_personal_stays_out_and_every_secret_is_a_field_that_exists() -> None:
    registered = {model._meta.label for model in admin.site._registry}
    assert registered.isdisjoint(PERSONAL)
    assert {apps.get_model(label)._meta.label for label in PERSONAL} == PERSONAL
    for label, fields in SECRET.items():
        assert all(apps.get_model(label)._meta.get_field(name) for name in fields)
