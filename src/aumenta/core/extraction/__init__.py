"""From a published plan (text or PDF) to its data, and back and forth in JSON."""

from aumenta.core.extraction.document import (
    ActionSheet,
    AlignmentEntry,
    AxisEntry,
    Chapter,
    ExtractionError,
    OtherRow,
    PlanDocument,
    Problem,
    StrategyEntry,
)
from aumenta.core.extraction.reading import ReadPlan, read_contents, read_plan

__all__ = [
    "ActionSheet",
    "AlignmentEntry",
    "AxisEntry",
    "Chapter",
    "ExtractionError",
    "OtherRow",
    "PlanDocument",
    "Problem",
    "ReadPlan",
    "StrategyEntry",
    "read_contents",
    "read_plan",
]
