"""Write docs/data-model.md: a picture of each room's tables and their keys, with what each table holds.

    .venv/bin/python tools/draw_data_model.py

Run it after changing a model; a test fails while the page says something else than the models.
"""

import inspect
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
PAGE = ROOT / "docs" / "data-model.md"
HEAD = """# The data model

The tables of each room, from the ground up, and the keys between them. A key goes to a table of the same room or of one
below ([architecture](architecture.md)); only the log's key to a person goes up. A table of another room is written with
its room before it. The crow's foot is the side of the many, a ring says that there may be none: «many strategies have
one axis». This page is written by `python tools/draw_data_model.py`; sites that show repositories draw the pictures.
"""


def rooms() -> dict[str, list[type["Model"]]]:
    """Room → its tables, in the order in which the rooms are drawn."""
    from django.apps import apps
    from tests.house import ROOMS

    return {room: list(apps.get_app_config(room).get_models()) for room in ROOMS}


def relations(model: type["Model"]) -> list[str]:
    """The keys of a table, as lines of a mermaid diagram."""
    lines = []
    for field in model._meta.get_fields():
        if field.auto_created or not field.is_relation or not isinstance(field.related_model, type):
            continue
        other = _name(field.related_model, model._meta.app_label)
        if field.many_to_many:
            ends = "}o--o{"
        else:
            many = "|o" if field.one_to_one else "}o"
            ends = f"{many}--{'o|' if getattr(field, 'null', False) else '||'}"
        lines.append(f"    {_name(model, model._meta.app_label)} {ends} {other} : {field.name}")
    return lines


def _name(model: type["Model"], room: str) -> str:
    own = model._meta.app_label == room
    return model.__name__ if own else f"{model._meta.app_label}_{model.__name__}"


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for room, models in rooms().items():
        if not models:
            continue
        keys = [line for model in models for line in relations(model)]
        alone = [f"    {model.__name__}" for model in models if not any(model.__name__ in key.split() for key in keys)]
        parts.append(f"\n## {room}\n\n```mermaid\nerDiagram\n" + "\n".join([*alone, *keys]) + "\n```\n")
        parts.append("\n| table | what it holds |\n|---|---|\n")
        parts += [f"| `{model.__name__}` | {_sentence(model)} |\n" for model in models]
    return "".join(parts)


def _sentence(model: type["Model"]) -> str:
    return (inspect.getdoc(model) or "").split("\n\n")[0].replace("\n", " ").replace("|", "/")


def main() -> None:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aumenta.config.settings")
    os.environ.setdefault("AUMENTA_DEBUG", "1")
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
