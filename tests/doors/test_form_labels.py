"""Every field of every form that a person fills in has a label of its own: one made of the field's name is English."""

import importlib
import pkgutil
from typing import Any

import pytest
from django.forms import BaseForm, ModelChoiceField
from django.forms.utils import pretty_name
from django.utils.translation import override

import aumenta
from aumenta.territory.models import Municipality
from tests.events_cast import a_small_event
from tests.monitoring_cast import a_territory

THE_SAME = {"email", "file"}
"""Words that both languages have."""
LEGENDS = {("RatingForm", "reason")}
"""The page itself asks above them, in another question for each answer."""


def forms() -> list[type[BaseForm]]:
    """The forms of the house."""
    for module in pkgutil.walk_packages(aumenta.__path__, "aumenta."):
        if "forms" in module.name.rsplit(".", 1)[-1] or module.name.startswith("aumenta.desk.people"):
            importlib.import_module(module.name)
    found: list[type[BaseForm]] = []
    waiting = [BaseForm]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("aumenta.") and kind not in found:
            found.append(kind)
    return sorted(found, key=lambda one: f"{one.__module__}.{one.__qualname__}")


@pytest.mark.parametrize("form", forms(), ids=lambda one: f"{one.__module__}.{one.__qualname__}")
def test_every_field_has_a_label_of_its_own(form: type[BaseForm]) -> None:
    fields = getattr(form, "base_fields", {})
    with override("it"):
        bare = [
            name
            for name, field in fields.items()
            if not field.widget.is_hidden and (field.label is None or str(field.label) == pretty_name(name))
        ]
    bare = [name for name in bare if name not in THE_SAME and (form.__name__, name) not in LEGENDS]
    assert not bare, f"{form.__qualname__} says nothing of its own beside {bare}"


@pytest.mark.django_db
def test_no_form_offers_a_municipality_that_is_no_more() -> None:
    a_territory()
    gone = Municipality.objects.get(name="Sparito")
    offering = [
        (form, name)
        for form in forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, ModelChoiceField)
        and field.queryset is not None
        and field.queryset.model is Municipality
        # One that begins with nothing is filled where it is made, for what it is about.
        and not field.queryset.query.is_empty()
    ]
    assert offering
    # What a form is about is set where it is made.
    about: dict[str, Any] = {"RegistrationForm": {"event": a_small_event()}}
    drawn = [(form(**about.get(form.__name__, {})), name) for form, name in offering]  # type: ignore[call-arg]
    assert [f"{form} {name}" for form, name in drawn if gone in form.fields[name].queryset] == []  # type: ignore[attr-defined]
