"""What the database would refuse is told in a sentence: no reader meets the name of a constraint."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import BaseConstraint, CheckConstraint, Model, UniqueConstraint
from django.utils.translation import override

from aumenta.governance.models import OwnDuty

BY_NOBODY = {
    "asked_for_a_round_once": "the calendar alone writes it",
    "correction_has_a_reason": "the verb refuses before, in a sentence of its own",
    "goalposts_stand_apart": "worked out, never typed",
    "indicator_direction_is_known": "chosen from a list",
    "measured_place_is_what_it_says": "made from the territory",
    "own_duty_says_what": "the field asks for it",
    "progress_decided_has_its_moment": "the verb sets it",
    "progress_is_approved_by_another": "the verb refuses before, in a sentence of its own",
    "progress_of_an_action_waits_once": "the verb replaces the one that waits",
    "progress_sent_back_says_why": "the verb refuses before, in a sentence of its own",
    "project_tie_decided_has_its_moment": "the verb sets it",
    "reading_marks_are_known": "chosen from a list",
    "status_or_a_reason_why_not": "worked out, never typed",
    "yearly_report_frozen_is_whole": "the verb sets it",
    "yearly_report_published_has_its_moment": "the verb sets it",
}
"""Constraints that no form and no file can break, and why."""


def constraints() -> Iterator[BaseConstraint]:
    """Those that Django would tell by their names: checks, and unique ones under a condition."""
    models: list[type[Model]] = [*apps.get_app_config("monitoring").get_models(), OwnDuty]
    for model in models:
        for one in model._meta.constraints:
            named = isinstance(one, CheckConstraint) or (
                isinstance(one, UniqueConstraint) and one.condition is not None
            )
            if named and not one.name.startswith("askedmailattempt"):
                yield one


def test_every_constraint_that_somebody_can_break_has_its_sentence_in_both_languages() -> None:
    default = BaseConstraint.default_violation_error_message
    without = {one.name for one in constraints() if one.violation_error_message == default}
    assert without == set(BY_NOBODY)
    for one in constraints():
        if one.name not in BY_NOBODY:
            said = set()
            for language in ("it", "en"):
                with override(language):
                    said.add(str(one.violation_error_message))
            assert len(said) == 2, f"{one.name} has no Italian"


@pytest.mark.parametrize("name", sorted(BY_NOBODY))
def test_what_is_left_out_is_there(name: str) -> None:
    assert name in {one.name for one in constraints()}
