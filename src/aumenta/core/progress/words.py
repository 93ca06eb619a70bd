"""What the statuses of the rules are called. English here; `core/locale` holds the Italian."""

from typing import Final

from aumenta.core.catalog import gettext_noop

STATUS_NAMES: Final[dict[str, str]] = {
    "target_achieved": gettext_noop("target reached"),
    "substantial_progress": gettext_noop("substantial progress"),
    "moderate_progress": gettext_noop("moderate progress"),
    "limited_progress": gettext_noop("limited progress"),
    "deterioration": gettext_noop("worsening"),
    "clear_improvement": gettext_noop("clear improvement"),
    "slight_improvement": gettext_noop("slight improvement"),
    "stable": gettext_noop("stable"),
    "slight_worsening": gettext_noop("slight worsening"),
    "clear_worsening": gettext_noop("clear worsening"),
    "significant_progress": gettext_noop("significant progress"),
    "insufficient_progress": gettext_noop("insufficient progress"),
    "movement_away": gettext_noop("movement away from the target"),
    "on_track": gettext_noop("on track"),
    "moderate": gettext_noop("moderate course"),
    "limited": gettext_noop("limited course"),
    "sun": gettext_noop("sun: the target will be reached"),
    "slightly_cloudy": gettext_noop("slightly cloudy: the target will be missed by little"),
    "cloud": gettext_noop("cloud: the target will be missed"),
    "thunderstorm": gettext_noop("thunderstorm: the course leads away from the target"),
    "not_available": gettext_noop("not assessable"),
}
