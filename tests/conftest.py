"""What every test may use."""

from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings


@pytest.fixture(autouse=True)
def _empty_shelf_of_pages() -> Iterator[None]:
    """No test sees a page that another one made: their databases count revisions from 1 again."""
    from aumenta.ui.caching import SHELF

    from aumenta.site.catalogue import KEPT

    SHELF.clear()
    KEPT.clear()
    yield


def pytest_configure() -> None:
    """Passwords in tests need not withstand anybody: the real hash costs a third of a second each."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
