"""The sync protocol's promise, on random schedules: nothing lost, nothing doubled, one state everywhere.

The default run is small. The full bar (10,000 schedules over 66 devices) is run with
`AUMENTA_SCHEDULES=10000 pytest tests/core/test_tablelog_protocol.py`, which `make bench` also does.
"""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.tablelog_simulation import Centre, Event, Weather

SCHEDULES = int(os.environ.get("AUMENTA_SCHEDULES", "200"))
often = st.sampled_from([0.0, 0.1, 0.3, 0.6])
weathers = st.builds(
    Weather,
    drop=often,
    duplicate=often,
    delay=often,
    tab_kill=often,
    server_restart=often,
    skew_hours=st.sampled_from([0, 1, 24_000]),
)


@settings(max_examples=SCHEDULES, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), tables=st.sampled_from([3, 22, 33, 66]), weather=weathers)
def test_sixty_six_devices_on_bad_networks_lose_nothing_double_nothing_and_agree(seed, tables, weather):
    event = Event(seed=seed, devices=66, tables=tables, turns=2, weather=weather)
    event.play()
    event.check()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), weather=weathers)
def test_a_long_morning_at_one_table_with_three_devices_agrees_too(seed, weather):
    event = Event(seed=seed, devices=3, tables=1, turns=40, weather=weather)
    event.play()
    event.check()
    event.sample_for_wire()


class ForgetfulCentre(Centre):
    """A centre with the classic mistake: it confirms, and only then writes."""

    def take(self, operations, dies_before_commit):
        super().take(operations, dies_before_commit)
        return [operation.id for operation in operations]


def test_a_centre_that_confirms_before_it_writes_is_found_out():
    event = Event(seed=1, devices=66, tables=33, turns=4, weather=Weather(0.1, 0.1, 0.1, 0.1, 0.3, 1))
    event.centre = ForgetfulCentre()
    event.play()
    with pytest.raises(AssertionError, match="never reached the centre"):
        event.check()
