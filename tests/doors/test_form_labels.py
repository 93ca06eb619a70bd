"""Every field of every form that a person fills in has a label of its own: one made of the field's name is English."""

import importlib
import pkgutil

import pytest
from django.forms import BaseForm
from django.forms.utils import pretty_name
from django.utils.translation import override

import aumenta

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
