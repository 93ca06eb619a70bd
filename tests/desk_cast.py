"""What tests of the desk ask for: addresses, the fields of a form, something for every address to be about."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from aumenta.pages.models import Document, Image, Page, Redirect
from aumenta.people.models import User
from aumenta.plan.models import Action


def address(name: str, action: Action, *more: Any) -> str:
    return reverse(f"desk:{name}", args=[action.strategy.axis.edition.label, action.code, *more])


class SheetForm(HTMLParser):
    """The fields of the form of a sheet, with what a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.area, self.select, self.fields = False, "", "", dict[str, str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.inside = given.get("id") == "sheet"
        if not self.inside:
            return
        if tag == "input":
            self.fields[given["name"]] = given.get("value", "")
        elif tag == "textarea":
            self.area = given["name"]
            self.fields[self.area] = ""
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and self.select and ("selected" in given or self.select not in self.fields):
            self.fields[self.select] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area
        self.select = "" if tag == "select" else self.select
        self.inside = self.inside and tag != "form"

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area] += data


def fields_of(client: Client, action: Action) -> dict[str, str]:
    """What the form would send if nothing were touched: read from its own HTML, as a browser does."""
    form = SheetForm()
    form.feed(client.get(address("sheet", action)).content.decode())
    return form.fields


def media_numbers(name: str) -> dict[str, int]:
    """The number of a draft page, a picture, a document or a redirect, for the addresses that are about one."""
    makers: dict[str, tuple[str, ...]] = {
        "page": (
            "page",
            "page_preview",
            "publish_page",
            "withdraw_page",
            "drop_page",
            "publish_page_draft",
            "discard_page_draft",
        ),
        "image": ("image", "drop_image"),
        "document": ("drop_document",),
        "redirect": ("drop_redirect",),
    }
    office = User.objects.get_or_create(email="ufficio@esempio.it")[0]
    for thing, names in makers.items():
        if name not in names:
            continue
        if thing == "page":
            page = Page.objects.get_or_create(kind="news", slug="bozza", title_it="Bozza", written_by=office)[0]
            return dict.fromkeys(names, page.pk)
        if thing == "image":
            words = {"alt_it": "Una piazza", "alt_en": "A square", "width": 400, "height": 300, "widths": [400]}
            image = Image.objects.get_or_create(digest="0" * 64, defaults={**words, "kept_by": office})[0]
            return dict.fromkeys(names, image.pk)
        if thing == "document":
            words = {"title_it": "Atto", "language": "it", "kind": "pdf", "size": 1, "kept_by": office}
            return dict.fromkeys(
                names, Document.objects.get_or_create(digest="0" * 64, slug="atto", defaults=words)[0].pk
            )
        found = Redirect.objects.get_or_create(old="a/", defaults={"new": "b/", "made_by": office})[0]
        return dict.fromkeys(names, found.pk)
    return {}
