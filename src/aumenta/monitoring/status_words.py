"""What a status is called and the sentence that explains it, in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aumenta.core.progress.words import STATUS_NAMES as NAMES
from aumenta.monitoring.models import Indicator, Status
from aumenta.people.reader import in_language

STATUS_NAMES: Final[Mapping[str, Any]] = {status: _(name) for status, name in NAMES.items()}
GOOD: Final = {
    *("target_achieved", "substantial_progress", "clear_improvement", "significant_progress", "on_track", "sun"),
    *("moderate_progress", "slight_improvement", "slightly_cloudy", "moderate"),
}
BAD: Final = {"deterioration", "clear_worsening", "slight_worsening", "movement_away", "thunderstorm"}
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
    "current_prices": _("it is money at current prices, and inflation alone makes it grow"),
    "no_direction": _("neither more nor less of it is better: it describes the context"),
}


THRESHOLDS: Final[Mapping[str, Any]] = {
    "without_target": _("yearly growth without a target"),
    "with_target": _("share of the growth needed for the target"),
    "limit_power": _("exponent of the nearness to the limit"),
    "zero_counts": _("a zero counts as"),
    "yearly_growth": _("yearly growth"),
    "share_of_needed_growth": _("share of the growth needed for the target"),
    "share_of_distance": _("share of the distance to the target"),
    "miss": _("by how much the target is missed"),
    "years": _("years looked at"),
    "points": _("readings needed"),
}


def threshold_words(thresholds: Mapping[str, Any]) -> str:
    """The thresholds a status was said with, in words."""

    def written(value: Any) -> str:
        if isinstance(value, list):
            return " / ".join(f"{number_format(round(100 * one, 2), use_l10n=True)}%" for one in value)
        return str(number_format(value, use_l10n=True))

    return "; ".join(f"{THRESHOLDS[name]}: {written(value)}" for name, value in thresholds.items())


def input_words(inputs: Mapping[str, Any], indicator: Indicator) -> str:
    """From what a status was worked out, in words: base, last reading, target, limit."""
    words = []
    if inputs.get("base_value") is not None:
        base, last = _number(inputs["base_value"], indicator), _number(inputs["current_value"], indicator)
        words.append(gettext("base %(value)s (%(year)s)") % {"value": base, "year": inputs["base_year"]})
        words.append(gettext("last reading %(value)s (%(year)s)") % {"value": last, "year": inputs["current_year"]})
    if inputs.get("target") is not None:
        target = _number(inputs["target"], indicator)
        words.append(gettext("target %(value)s by %(year)s") % {"value": target, "year": inputs["target_year"]})
    if inputs.get("limit") is not None:
        words.append(gettext("limit %(value)s") % {"value": _number(inputs["limit"], indicator)})
    return "; ".join(words)


def status_name(status: str) -> str:
    """The status in words."""
    return str(STATUS_NAMES[status])


def kind_of(status: str) -> str:
    """The kind of tag a status is shown as; the word always stands in it."""
    if status in GOOD:
        return "good"
    return "bad" if status in BAD else "neutral" if status == "not_available" else "warning"


def sentence(indicator: Indicator, rule: str, status: str, reason: str, inputs: Mapping[str, Any]) -> str:
    """Why the status is what it is, in the active language: rule, years, values, target."""
    if reason:
        return gettext("Not assessable with the rule %(rule)s: %(reason)s.") % {
            "rule": rule,
            "reason": str(REASONS[reason]),
        }
    # «da 82,5 (2015) a 83,8 anni (2024)», «da 31,1% (2018) a 36,4% (2024)»: the unit stands by its figure.
    percent = "%" if indicator.unit == "%" else ""
    words = {
        "rule": rule,
        "status": status_name(status),
        "base": _number(inputs["base_value"], indicator) + percent,
        "base_year": inputs["base_year"],
        "current": _number(inputs["current_value"], indicator) + (percent or f" {indicator.unit}"),
        "current_year": inputs["current_year"],
        "better": gettext("more is better") if indicator.direction > 0 else gettext("less is better"),
    }
    if inputs.get("target") is None:
        return (
            gettext(
                "%(status)s: from %(base)s (%(base_year)s) to %(current)s (%(current_year)s); %(better)s; "
                "no target; rule %(rule)s."
            )
            % words
        )
    words |= {"target": _number(inputs["target"], indicator) + percent, "target_year": inputs["target_year"]}
    return (
        gettext(
            "%(status)s: from %(base)s (%(base_year)s) to %(current)s (%(current_year)s); %(better)s; "
            "target %(target)s by %(target_year)s; rule %(rule)s."
        )
        % words
    )


class Explained(NamedTuple):
    """A status with all that it was said from, in words."""

    status: Status
    name: str
    sentence: str
    thresholds: str
    inputs: str
    own: bool


def explained(statuses: Iterable[Status], indicator: Indicator) -> list[Explained]:
    """How each status came about; `own` is that of the rule which the card names."""
    return [
        Explained(
            one,
            status_name(one.status),
            in_language(one.sentence_it, one.sentence_en),
            threshold_words(one.thresholds),
            input_words(one.inputs, indicator),
            one.rule == indicator.rule,
        )
        for one in statuses
    ]


def _number(value: float, indicator: Indicator) -> str:
    return number_format(round(value, indicator.decimals), indicator.decimals, use_l10n=True)
