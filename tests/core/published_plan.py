"""The published plan of Turin, where somebody has put it beside the checkout; elsewhere its tests are skipped."""

from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[3] / "shared" / "sources"
PLAN = next(iter(SOURCES.glob("004_*.txt")), None)

needs_plan = pytest.mark.skipif(PLAN is None, reason="the published plan isn't here (../shared/sources/004_*.txt)")
