"""What is measured, what was measured, and what a rule says of it; how far actions and projects have come.

A reading keeps what its source said: value, flag, numerator and denominator. What follows from it (figures of zones,
inequality, composites) is worked out when asked for; a status is kept with the rule and the inputs it comes from.
"""

from aumenta.monitoring.models.implementation import (
    ActionState,
    Asked,
    AskedMailAttempt,
    Implementation,
    Milestone,
    MilestoneValue,
    Progress,
    Round,
)
from aumenta.monitoring.models.indicator import Indicator, MeasuredPlace
from aumenta.monitoring.models.objective import Objective
from aumenta.monitoring.models.project import Project, ProjectTie
from aumenta.monitoring.models.reading import Correction, Reading, SourceFile
from aumenta.monitoring.models.report import ReportText, YearlyReport
from aumenta.monitoring.models.status import Goalposts, Status

__all__ = [
    "ActionState",
    "Asked",
    "AskedMailAttempt",
    "Correction",
    "Goalposts",
    "Implementation",
    "Indicator",
    "MeasuredPlace",
    "Milestone",
    "MilestoneValue",
    "Objective",
    "Progress",
    "Project",
    "ProjectTie",
    "Reading",
    "ReportText",
    "Round",
    "SourceFile",
    "Status",
    "YearlyReport",
]
