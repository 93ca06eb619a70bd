"""Where the database can't be reached the site says so and when to come again; any other fault stays a fault."""

import pytest
from django.db import InterfaceError, OperationalError, connection

from aumenta.config import outage
from tests.faults import answered


@pytest.mark.parametrize("fault", [OperationalError("connection refused"), InterfaceError("connection is closed")])
def test_a_database_that_is_away_is_503_with_a_time_and_a_sentence(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outage, "_is_away", lambda: True)
    status, again, page = answered(fault)
    assert (status, again) == (503, str(outage.COME_AGAIN))
    assert "torna tra poco" in page
    assert "back shortly" in page
    assert "<script" not in page


def test_a_fault_of_ours_is_500_though_the_database_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "_is_away", lambda: False)
    assert answered(OperationalError("no such table"))[:2] == (500, "")


def test_a_fault_of_another_kind_asks_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage, "_is_away", lambda: pytest.fail("asked"))
    assert answered(ValueError("x"))[:2] == (500, "")


@pytest.mark.django_db
def test_it_is_asked_whether_a_connection_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "close", lambda: None)
    assert not outage._is_away()
    monkeypatch.setattr(connection, "ensure_connection", refused)
    assert outage._is_away()
