"""Data and a Typst template → tagged PDF that passes the compiler's own PDF/UA-1 check, or no PDF at all."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.contrib.staticfiles import finders

TEMPLATES = Path(__file__).parent / "typst"


def compile_pdf(template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Compile `template` with `data`; `pictures` are files it may show, by name. The same data give the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(TEMPLATES / template, root / template)
        for name, content in (pictures or {}).items():
            (root / name).write_bytes(content)
        return typst.compile(
            str(root / template),
            root=str(root),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=0,
        )


def _fonts() -> list[str]:
    found = finders.find("built/fonts/titillium-web-regular.ttf")
    folder = Path(str(found)).parent if found else Path(settings.STATIC_ROOT) / "built/fonts"
    return [str(folder)]
