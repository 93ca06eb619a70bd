"""What every test may use."""

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_italian() -> None:
    """A command that spoke English must not leave the next test in English."""
    translation.activate("it")


@pytest.fixture(autouse=True)
def _empty_shelf_of_pages() -> None:
    """No test sees a page that another one made: their databases count revisions from 1 again."""
    from aumenta.plan.connections import forget_connections
    from aumenta.site.catalogue import KEPT
    from aumenta.ui.caching import SHELF

    SHELF.clear()
    KEPT.clear()
    forget_connections()


def pytest_configure() -> None:
    """Passwords in tests need not withstand anybody: the real hash costs a third of a second each."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# How long one example takes says how busy the machine is: speed is measured by `make bench`.
hypothesis.settings.register_profile("aumenta", deadline=None)
hypothesis.settings.load_profile("aumenta")
