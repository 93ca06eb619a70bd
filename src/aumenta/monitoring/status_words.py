"""What a status is called and the sentence that explains it, in the reader's language."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aumenta.monitoring.models import Indicator

STATUS_NAMES: Final[Mapping[str, Any]] = {
    "target_achieved": _("target reached"),
    "substantial_progress": _("substantial progress"),
    "moderate_progress": _("moderate progress"),
    "limited_progress": _("limited progress"),
    "deterioration": _("worsening"),
    "clear_improvement": _("clear improvement"),
    "slight_improvement": _("slight improvement"),
    "stable": _("stable"),
    "slight_worsening": _("slight worsening"),
    "clear_worsening": _("clear worsening"),
    "significant_progress": _("significant progress"),
    "insufficient_progress": _("insufficient progress"),
    "movement_away": _("movement away from the target"),
    "on_track": _("on track"),
    "moderate": _("moderate course"),
    "limited": _("limited course"),
    "sun": _("sun: the target will be reached"),
    "slightly_cloudy": _("slightly cloudy: the target will be missed by little"),
    "cloud": _("cloud: the target will be missed"),
    "thunderstorm": _("thunderstorm: the course leads away from the target"),
    "not_available": _("not assessable"),
}
REASONS: Final[Mapping[str, Any]] = {
    "no_series": _("there are no readings yet"),
    "one_point": _("there is a single reading, and a course needs two"),
    "sign_change": _("the values have both signs"),
    "zero_base": _("the base is zero, and growth from zero has no meaning"),
    "no_target": _("this rule needs a target, and none was set"),
    "too_few_points": _("this rule needs four readings in the last five years"),
    "target_is_base": _("the target is the base itself"),
    "target_year_passed": _("the year of the target is not after the base"),
    "break_in_series": _("the series has a break between the base and the last reading"),
    "definition_changed": _("the definition changed between the base and the last reading"),
    "suppressed": _("the last reading is suppressed"),
    "low_reliability": _("the base or the last reading is not reliable"),
    "no_direction": _("neither more nor less of it is better: it describes the context"),
}


def status_name(status: str) -> str:
    """The status in words."""
    return str(STATUS_NAMES[status])


def sentence(indicator: Indicator, rule: str, status: str, reason: str, inputs: Mapping[str, Any]) -> str:
    """Why the status is what it is, in the active language: rule, years, values, target."""
    if reason:
        return gettext("Not assessable with the rule %(rule)s: %(reason)s.") % {
            "rule": rule,
            "reason": str(REASONS[reason]),
        }
    words = {
        "rule": rule,
        "status": status_name(status),
        "base": _number(inputs["base_value"], indicator),
        "base_year": inputs["base_year"],
        "current": _number(inputs["current_value"], indicator),
        "current_year": inputs["current_year"],
        "unit": indicator.unit,
        "better": gettext("more is better") if indicator.direction > 0 else gettext("less is better"),
    }
    if inputs.get("target") is None:
        return (
            gettext(
                "%(status)s: from %(base)s (%(base_year)s) to %(current)s (%(current_year)s) %(unit)s; %(better)s; "
                "no target; rule %(rule)s."
            )
            % words
        )
    words |= {"target": _number(inputs["target"], indicator), "target_year": inputs["target_year"]}
    return (
        gettext(
            "%(status)s: from %(base)s (%(base_year)s) to %(current)s (%(current_year)s) %(unit)s; %(better)s; "
            "target %(target)s by %(target_year)s; rule %(rule)s."
        )
        % words
    )


def _number(value: float, indicator: Indicator) -> str:
    return number_format(round(value, indicator.decimals), indicator.decimals, use_l10n=True)
