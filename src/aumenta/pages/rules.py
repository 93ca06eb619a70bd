"""Who lets pages be read. Who writes them is asked of `people.rules.manages_pages`: what is public is never written
over, but written beside and published."""

from aumenta.people.rules import Person, is_approver


def may_publish_pages(person: Person) -> bool:
    """Publish a page or what was changed of it, withdraw it, and say that an address moved."""
    return is_approver(person)
