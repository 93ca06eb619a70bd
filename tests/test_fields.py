"""docs/fields.md is whole, and what it calls personal or the office's is nowhere in what programs read."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client

from aumenta.core.process_cache import forget_everything
from aumenta.events.models import Event
from aumenta.monitoring.models import Indicator
from aumenta.opendata.api.limits import MINUTES
from aumenta.people.models import User
from aumenta.plan.models import Edition
from aumenta.review.record import record_import
from tests.cast import a_small_plan, somebody
from tests.governance_cast import a_public_act
from tests.monitoring_cast import a_project, an_indicator_read

DOC = Path(__file__).resolve().parent.parent / "docs" / "fields.md"
CLASSES = ("public", "office", "personal")
TEXTS = (models.CharField, models.TextField)
LEFT_AS_THEY_ARE = frozenset({"state", "review", "kind", "form_key"})
"""Words of a closed list, which another text would make something else of."""


def fields_there() -> set[str]:
    """Every field of every table, but the numbers that the database counts by."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if not (field.primary_key and isinstance(field, models.AutoField))
    }


def classified() -> list[tuple[str, str]]:
    """Each field of the page with its class."""
    rows = re.findall(r"^\| `([\w.]+)` \|(.*?)\|(.*?)\|(.*?)\|$", DOC.read_text(encoding="utf-8"), re.MULTILINE)
    return [
        (f"{model}.{name}", kind)
        for model, *lists in rows
        for kind, names in zip(CLASSES, lists, strict=True)
        for name in names.split()
    ]


def test_every_field_is_public_or_the_offices_or_personal_and_nothing_twice() -> None:
    said = [name for name, _kind in classified()]
    there = fields_there()
    assert sorted(there - set(said)) == [], "say in docs/fields.md what they are"
    assert sorted(set(said) - there) == [], "docs/fields.md names what is not there"
    assert sorted(name for name in set(said) if said.count(name) > 1) == []


def test_what_leads_to_an_account_is_never_called_public() -> None:
    public = {name for name, kind in classified() if kind == "public"}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is User:
                assert f"{model._meta.label}.{field.name}" not in public


@pytest.mark.django_db
def test_no_word_of_the_office_and_of_a_person_is_in_what_programs_read(client: Client) -> None:
    """Every text of those classes is given words that can't be mistaken; then everything is read."""
    record_import(edition=a_small_plan())
    somebody("approver")
    a_public_act()
    an_indicator_read()
    a_project()
    Indicator.objects.update(public=True)
    marked = _mark_texts()
    assert len(marked) >= 5
    forget_everything()
    read = list(_everything(client))
    assert len(read) > 20
    for address, text in read:
        for name, words in marked.items():
            assert words not in text, f"{name} at {address}"


def _mark_texts() -> dict[str, str]:
    """Field → the words that all its rows say now."""
    marked = {}
    for number, (name, kind) in enumerate(classified()):
        model = apps.get_model(name.rpartition(".")[0])
        field = model._meta.get_field(name.rpartition(".")[2])
        if kind == "public" or not isinstance(field, TEXTS) or field.unique or field.name in LEFT_AS_THEY_ARE:
            continue
        words = f"zqx{number}"
        if (field.max_length or 99) < len(words) or field.choices or not model._default_manager.exists():
            continue
        try:
            with transaction.atomic():
                model._base_manager.order_by("pk").update(**{field.name: words})
        except DatabaseError:
            continue  # a table that never changes, or words that a constraint holds to a form
        marked[name] = words
    return marked


def _everything(client: Client) -> list[tuple[str, str]]:
    """Each list of the interface whole, and each that a thing of a list leads to."""
    label = Edition.objects.public().get().label
    root = client.get("/api/v1/").json()["lists"].values()
    waiting = ["/" + one.partition("//")[2].partition("/")[2] for one in root]
    of_edition = "actions strategies axes chapters releases alignments connections implementation".split()
    waiting += [f"/api/v1/editions/{label}/{one}" for one in of_edition]
    waiting += [f"/api/v1/editions/{label}/actions/1.1.1{end}" for end in ("", "/versions?embed=content")]
    waiting += [f"/api/v1/indicators/{one.code}/readings" for one in Indicator.objects.all()]
    waiting += [f"/api/v1/events/{one.slug}" for one in Event.objects.exclude(published_at=None)]
    waiting += ["/api/v1/projects?embed=municipalities,actions", "/api/v1/openapi.json"]
    found = []
    for address in waiting:
        response = client.get(address)
        assert response.status_code == 200, address
        found.append((address, response.content.decode()))
    MINUTES.clear()
    return found
