"""Who writes pages and who lets them be read."""

from aumenta.pages.models import Page
from aumenta.people.rules import Person, is_approver, manages_pages


def may_edit_page(person: Person, page: Page) -> bool:
    """Editors write what nobody reads yet; what is released is changed by those who release."""
    return is_approver(person) or (manages_pages(person) and page.state != Page.State.RELEASED)


def may_release_pages(person: Person) -> bool:
    """Publish, withdraw, and say that an address moved."""
    return is_approver(person)
