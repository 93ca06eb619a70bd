"""Pages and news for tests, written, released and corrected as at the desk."""

from aumenta.pages.models import Page
from aumenta.pages.publish_draft import publish_draft
from aumenta.pages.publish_page import publish_page
from aumenta.pages.write_page import PageContent, add_page, edit_page
from aumenta.people.models import User


def content(title: str = "Chi siamo", **other: object) -> PageContent:
    whole = {"summary_it": "Una frase.", "body_it": "<p>Un testo.</p>"} | other
    return PageContent(title_it=title, **whole)  # type: ignore[arg-type]


def a_page(person: User, title: str = "Chi siamo", kind: Page.Kind = Page.Kind.PAGE, **other: object) -> Page:
    return add_page(person=person, kind=kind, content=content(title, **other))


def released(person: User, title: str = "Chi siamo", **other: object) -> Page:
    page = a_page(person, title, **other)  # type: ignore[arg-type]
    return publish_page(person=person, page_id=page.pk, revision=page.revision)


def corrected(person: User, page: Page, **other: object) -> Page:
    """What is public is written beside and published."""
    title = str(other.pop("title", page.title_it))
    page = edit_page(person=person, page_id=page.pk, revision=page.revision, content=content(title, **other))
    return publish_draft(person=person, page_id=page.pk, revision=page.revision)
