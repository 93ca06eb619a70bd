"""What every test may use."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _empty_shelf_of_pages() -> Iterator[None]:
    """No test sees a page that another one made: their databases count revisions from 1 again."""
    from aumenta.ui.caching import SHELF

    from aumenta.site.catalogue import KEPT

    SHELF.clear()
    KEPT.clear()
    yield
