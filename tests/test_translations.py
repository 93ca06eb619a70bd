"""Every word of the interface exists in Italian, the language of those who use it."""

import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import polib  # type: ignore[import-untyped]  # it has no types
import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "aumenta"
APPS = sorted({path.parent for path in PACKAGE.glob("*/__init__.py")})
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def wanted(app: Path) -> dict[str, str]:
    """The texts that an app asks to be translated, with the file that asks."""
    found: dict[str, str] = {}
    for path in sorted([*app.rglob("*.py"), *app.rglob("*.html"), *app.rglob("*.txt")]):
        parts = path.relative_to(PACKAGE).parts
        if "migrations" in parts or ("templates" not in parts and path.suffix != ".py"):
            continue
        source = path.read_text(encoding="utf-8")
        if "templates" in parts:
            # Read as Python, whose lines may not be indented as they are in a template.
            source = re.sub(r"^[ \t]+", "", templatize(source, origin=str(path)), flags=re.MULTILINE)
        for _line, message, _comments, _context in extract("python", io.BytesIO(source.encode()), KEYWORDS, (), {}):
            text = message[0] if isinstance(message, tuple) else message
            if text:
                found[text] = str(path.relative_to(PACKAGE))
    return found


def catalog(app: Path) -> dict[str, list[str]]:
    """The Italian of an app: its texts with their translations."""
    path = app / "locale" / "it" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        messages = read_po(file)
    translations = {}
    for message in messages:
        if not message.id:
            continue
        text = message.id if isinstance(message.id, str) else message.id[0]
        strings = list(message.string) if isinstance(message.string, (tuple, list)) else [message.string]
        translations[text] = [] if message.fuzzy else strings
    return translations


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_text_of_an_app_has_its_italian(app: Path) -> None:
    italian = catalog(app)
    missing = {text: where for text, where in wanted(app).items() if not all(italian.get(text) or [""])}
    assert not missing


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_no_catalog_keeps_texts_that_nobody_asks_for(app: Path) -> None:
    unused = set(catalog(app)) - set(wanted(app))
    assert not unused


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_translations_keep_the_places_for_values(app: Path) -> None:
    places = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
    for text, strings in catalog(app).items():
        for string in strings:
            # A singular may name its one without a figure.
            assert set(places.findall(string)) <= set(places.findall(text)) | {"%(count)d", "%(count)s"}, text


@pytest.mark.parametrize("app", APPS, ids=lambda path: path.name)
def test_no_text_stands_twice_in_a_catalog(app: Path) -> None:
    """Two landings at once leave both theirs: which of them people read is chance, and a mended sentence comes back."""
    path = app / "locale" / "it" / "LC_MESSAGES" / "django.po"
    entries = polib.pofile(str(path)) if path.exists() else []
    times = Counter((entry.msgctxt, entry.msgid) for entry in entries)
    assert [text for text, count in times.items() if count > 1] == []


@pytest.mark.parametrize("app", APPS, ids=lambda path: path.name)
def test_no_translation_says_a_value_more_often_than_its_text(app: Path) -> None:
    """A catalogue torn by two landings at once holds both sentences in one."""
    path = app / "locale" / "it" / "LC_MESSAGES" / "django.po"
    value = re.compile(r"%\(\w+\)[sd]")
    torn = [
        entry.msgid
        for entry in (polib.pofile(str(path)) if path.exists() else [])
        for said in [entry.msgstr, *entry.msgstr_plural.values()]
        if Counter(value.findall(said))
        - (Counter(value.findall(entry.msgid)) | Counter(value.findall(entry.msgid_plural)))
    ]
    assert torn == []


def test_templates_are_read_for_texts() -> None:
    source = templatize(
        '{% load i18n %}{% translate "Good morning" %}{% blocktranslate %}Ciao {{ x }}{% endblocktranslate %}'
    )
    texts = [m for _l, m, _c, _x in extract("python", io.BytesIO(source.encode()), KEYWORDS, (), {})]
    assert texts == ["Good morning", "Ciao %(x)s"]


def test_one_text_has_one_italian_whichever_app_asks() -> None:
    """Django reads all catalogs as one: of two translations the later app's would stand on both apps' pages."""
    said: dict[tuple[str | None, str], dict[str, tuple[str, ...]]] = {}
    for app in APPS:
        path = app / "locale" / "it" / "LC_MESSAGES" / "django.po"
        for message in read_po(path.open("rb")) if path.exists() else ():
            if message.id:
                text = message.id if isinstance(message.id, str) else message.id[0]
                strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
                said.setdefault((message.context, text), {})[app.name] = tuple(strings)
    assert not {text: strings for text, strings in said.items() if len(set(strings.values())) > 1}
