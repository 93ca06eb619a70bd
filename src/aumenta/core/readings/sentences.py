"""What a person reads of a fault in a file of readings. English here; the Italian in `core/locale`."""

from collections.abc import Callable
from typing import Final

from aumenta.core.catalog import gettext_noop
from aumenta.core.tables.findings import Finding
from aumenta.core.tables.sentences import SENTENCES as OF_TABLES
from aumenta.core.tables.sentences import placed

SENTENCES: Final[dict[str, str]] = {
    # The file as a whole.
    "not_readings": gettext_noop(
        "This %(kind)s file holds no readings: send SDMX-CSV, SDMX-ML data, SDMX-JSON, JSON-stat, or our table."
    ),
    "xml_doctype": gettext_noop("The XML declares a document type, which no statistical file needs: take it out."),
    "xml_damaged": gettext_noop("The XML breaks off or is not well formed: download the file again."),
    "json_damaged": gettext_noop("The JSON breaks off or is not well formed: download the file again."),
    "part_missing": gettext_noop("The part “%(part)s” is missing, or is not what the format says."),
    "no_dataset": gettext_noop("This JSON-stat is no dataset (class “%(kind)s”): download one dataset."),
    "size_differs": gettext_noop("“%(name)s” should have %(said)s entries and has %(found)s: download the file again."),
    "key_unknown": gettext_noop("The key “%(shown)s” does not fit the dimensions that the file declares."),
    "too_many_observations": gettext_noop("There are more than %(most)s observations: divide the file."),
    "no_observations": gettext_noop("The file is well formed but holds no observation."),
    "structure_missing": gettext_noop(
        "Some series have %(names)s and others don't, so it can't be known which of them tell series apart: send the "
        "structure of the data (DSD) too."
    ),
    "structure_without_dsd": gettext_noop("The structure file names no dimensions: send the data structure (DSD)."),
    "no_time_dimension": gettext_noop("No column or dimension is the time (TIME_PERIOD). There are: %(there)s."),
    "no_place_dimension": gettext_noop("No column or dimension is the place (REF_AREA, geo). There are: %(there)s."),
    # One observation.
    "indicator_missing": gettext_noop("The indicator is missing: write its code."),
    "place_missing": gettext_noop("The place is missing: write its ISTAT code, such as 001272."),
    "period_missing": gettext_noop("The period is missing: write a year, such as 2023."),
    "period_unreadable": gettext_noop(
        "“%(shown)s” is no period: write 2023, 2023-S1, 2023-Q3, 2023-05 or, for several years, 2019/2021."
    ),
    "period_future": gettext_noop("“%(shown)s” is still to come: a reading says what was measured."),
    "period_too_early": gettext_noop("“%(shown)s” is before %(earliest)s: is it a year?"),
    "flag_unknown": gettext_noop(
        "“%(shown)s” is no flag: write b (break), d (definition differs), e (estimated), p (provisional), r (revised), "
        "u (low reliability), c (suppressed), z (not applicable) or m (missing)."
    ),
    "flag_twice": gettext_noop("The flag “%(shown)s” gives two reasons for a value that is not there: leave one."),
    "value_and_absence": gettext_noop(
        "There is a value (%(shown)s) and a flag that says there is none (%(flag)s): take one of them out."
    ),
    "half_a_ratio": gettext_noop("Numerator and denominator go together: write both or neither."),
    "denominator_not_positive": gettext_noop("The denominator is %(shown)s: it must be above zero."),
    # An observation beside what is known.
    "indicator_unknown": gettext_noop(
        "No card has the code or the series key “%(shown)s”: write the card first, or its key on the card."
    ),
    "place_unknown": gettext_noop("“%(shown)s” is no place we know: write its code, such as 001272."),
    "place_ambiguous": gettext_noop("“%(shown)s” may be several places: write its code."),
    "place_lost_zeros": gettext_noop(
        "The code “%(shown)s” has lost its leading zeros: write %(whole)s and keep the column as text."
    ),
    "place_gone": gettext_noop(
        "%(shown)s is %(name)s, a municipality that is no more; its successor is %(successor)s: send figures by the "
        "municipalities of today."
    ),
    "reading_twice": gettext_noop("%(indicator)s, %(place)s, %(period)s stands in the file twice: leave it once."),
    "value_beyond_limit": gettext_noop("The value %(shown)s is beyond %(limit)s, the limit on the indicator's card."),
    "ratio_differs": gettext_noop(
        "The value is %(shown)s, but numerator over denominator gives %(worked_out)s: mend one of them."
    ),
    "percent_as_fraction": gettext_noop(
        "All values of %(indicator)s are 1 or less and its unit is percent: if they are fractions, multiply by 100."
    ),
    "note_too_long": gettext_noop("The note has more than %(most)s characters."),
}


def say_where(finding: Finding, translate: Callable[[str], str]) -> str:
    """The finding as a sentence that begins with its row and column, whether it is of the table or of the readings."""
    sentence = SENTENCES.get(finding.code) or OF_TABLES[finding.code]
    return placed(finding, translate(sentence) % finding.details, translate)
