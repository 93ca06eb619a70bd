"""Files of readings, whoever made them: our own template, SDMX-CSV, SDMX-ML, SDMX-JSON, JSON-stat; one way to read all.

`read_readings` tells the format by the content and gives observations one at a time, so that a large file is never
kept whole; a row that will not do is given as a finding in its place, and the rest is read on.
"""

from aumenta.core.readings.apart import readings_read_apart
from aumenta.core.readings.observation import ABSENCES, MARKS, Observation, write_flags
from aumenta.core.readings.periods import Period, read_period
from aumenta.core.readings.reading import LIMITS, ReadingsFile, read_readings
from aumenta.core.readings.template import HEADINGS, unmistakable

__all__ = [
    "ABSENCES",
    "HEADINGS",
    "LIMITS",
    "MARKS",
    "Observation",
    "Period",
    "ReadingsFile",
    "read_period",
    "read_readings",
    "readings_read_apart",
    "unmistakable",
    "write_flags",
]
