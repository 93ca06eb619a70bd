"""Four other rules in use, to be compared with the first: each gives a value and a status, none a score.

istat-2019        v = sign d CAGR; above 5 % clear improvement, above 1 % slight, from -1 % stable, from -5 % slight
                  worsening, else clear worsening (the bands of Istat's well-being report)
eurostat-target   v = CAGR_o / CAGR_needed; from 95 % significant, from 60 % moderate, from 0 insufficient, else away
eustat-unsd       v = (y2 - y0) / (yT - y0) with y2 = yi (1 + CAGR)^(tT - ti), the value the course leads to;
                  from 0.95 on track, from 0.10 moderate, else limited (the Basque office, after the UN's)
destatis-weather  the mean yearly change of the last five years (four points at least) drawn on to the target year;
                  a miss of under 5 % of the target sun, up to 20 % slightly cloudy, more cloud; away from it
                  thunderstorm (the German sustainability report)
"""

from typing import Final

from aumenta.core.progress.series import Assessment, Reason, Series, ends, grown, growth, not_available

ISTAT_STATUSES: Final = (
    "clear_improvement",
    "slight_improvement",
    "stable",
    "slight_worsening",
    "clear_worsening",
    "not_available",
)
EUROSTAT_STATUSES: Final = (
    "significant_progress",
    "moderate_progress",
    "insufficient_progress",
    "movement_away",
    "not_available",
)
EUSTAT_STATUSES: Final = ("on_track", "moderate", "limited", "not_available")
WEATHER_STATUSES: Final = ("sun", "slightly_cloudy", "cloud", "thunderstorm", "not_available")
WEATHER_YEARS: Final = 5
WEATHER_POINTS: Final = 4


def istat(series: Series) -> Assessment:
    """The rule `istat-2019`."""
    observed = _observed(series)
    if isinstance(observed, Reason):
        return not_available(observed)
    value = series.direction * observed
    # From 1 to 5 % is open below and closed above, on both sides of zero.
    place = sum((value <= 0.05, value <= 0.01, value < -0.01, value <= -0.05))
    return Assessment(value, None, ISTAT_STATUSES[place])


def eurostat(series: Series) -> Assessment:
    """The rule `eurostat-target`."""
    observed, needed = _observed(series), _needed(series)
    for missing in (observed, needed):
        if isinstance(missing, Reason):
            return not_available(missing)
    if not needed:
        return not_available(Reason.TARGET_IS_BASE)
    value = float(observed) / float(needed)
    return Assessment(value, None, EUROSTAT_STATUSES[sum(value < threshold for threshold in (0.95, 0.6, 0))])


def eustat(series: Series) -> Assessment:
    """The rule `eustat-unsd`."""
    observed, known = _observed(series), ends(series)
    if isinstance(observed, Reason):
        return not_available(observed)
    if isinstance(known, Reason):
        return not_available(known)
    if series.target is None or series.target_year is None:
        return not_available(Reason.NO_TARGET)
    base, _base_year, current, current_year = known
    if series.target == base:
        return not_available(Reason.TARGET_IS_BASE)
    sign = -1 if base < 0 else 1
    led_to = grown(current, sign * observed, max(0.0, series.target_year - current_year))
    value = (led_to - base) / (series.target - base)
    return Assessment(value, None, EUSTAT_STATUSES[sum(value < threshold for threshold in (0.95, 0.1))])


def weather(series: Series) -> Assessment:
    """The rule `destatis-weather`; the value is the miss as a share of the target (0 where it is reached or passed)."""
    if series.target is None or series.target_year is None:
        return not_available(Reason.NO_TARGET)
    years = sorted(series.points)
    if not years:
        return not_available(Reason.NO_SERIES)
    window = [year for year in years if year >= years[-1] - WEATHER_YEARS]
    if len(window) < WEATHER_POINTS:
        return not_available(Reason.TOO_FEW_POINTS)
    first, last = window[0], window[-1]
    current = series.points[last]
    change = (current - series.points[first]) / (last - first)
    led_to = current + change * max(0.0, series.target_year - last)
    short = max(0.0, series.direction * (series.target - led_to))
    if not short:
        return Assessment(0.0, None, "sun")
    if series.direction * change < 0 and series.direction * (current - series.target) < 0:
        return Assessment(_share(short, series.target), None, "thunderstorm")
    value = _share(short, series.target)
    return Assessment(value, None, WEATHER_STATUSES[sum((value >= 0.05, value > 0.2))])


def _share(short: float, target: float) -> float:
    """The miss against the target; a target of nothing is missed altogether by anything."""
    return short / abs(target) if target else 1.0


def _observed(series: Series) -> float | Reason:
    """The yearly growth seen, its sign turned where values are negative."""
    known = ends(series)
    if isinstance(known, Reason):
        return known
    base, base_year, current, current_year = known
    if base == 0:
        return Reason.ZERO_BASE
    if current / base < 0:
        return Reason.SIGN_CHANGE
    return (-1 if base < 0 else 1) * growth(base, current, current_year - base_year)


def _needed(series: Series) -> float | Reason:
    """The yearly growth that would lead from the base to the target in time."""
    if series.target is None or series.target_year is None or series.base_value is None or series.base_year is None:
        return Reason.NO_TARGET
    if series.base_value == 0:
        return Reason.ZERO_BASE
    if series.target / series.base_value < 0:
        return Reason.SIGN_CHANGE
    if series.target_year <= series.base_year:
        return Reason.TARGET_YEAR_PASSED
    sign = -1 if series.base_value < 0 else 1
    return sign * growth(series.base_value, series.target, series.target_year - series.base_year)
