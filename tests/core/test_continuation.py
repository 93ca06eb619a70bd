"""How parts of one edition go on in the next, proposed from their texts."""

from hypothesis import given
from hypothesis import strategies as st

from aumenta.core.continuation import PlanPart, propose

TITLES = st.lists(
    st.sampled_from("rete boschi treni scuole salute giovani lavoro energia acque digitale".split()),
    min_size=1,
    max_size=5,
    unique=True,
).map(" ".join)


@st.composite
def editions(draw: st.DrawFn) -> list[PlanPart]:
    titles = draw(st.lists(TITLES, max_size=8))
    return [PlanPart(f"1.{n}", title) for n, title in enumerate(titles, start=1)]


OLD = [
    PlanPart("1.1", "Rendere semplice la pubblica amministrazione"),
    PlanPart("1.2", "Far crescere i boschi di montagna", "Legno, filiere e cura dei versanti."),
    PlanPart("2.1", "Portare i treni in ogni valle"),
]


def kinds(newer: list[PlanPart]) -> dict[tuple[str, str], str]:
    return {(p.older, p.newer): p.kind for p in propose(OLD, newer)}


def test_the_same_title_is_kept_whatever_its_case_and_signs() -> None:
    assert kinds([PlanPart("3.4", "Rendere semplice la Pubblica Amministrazione.")]) == {("1.1", "3.4"): "kept"}


def test_a_changed_title_is_reworded() -> None:
    newer = [PlanPart("1.1", "Rendere semplice e vicina la pubblica amministrazione")]
    assert kinds(newer) == {("1.1", "1.1"): "reworded"}


def test_one_strategy_that_becomes_two_is_split() -> None:
    newer = [
        PlanPart("1.1", "Far crescere i boschi di montagna"),
        PlanPart("1.2", "Cura dei versanti e filiere del legno dei boschi di montagna"),
    ]
    assert kinds(newer) == {("1.2", "1.1"): "split", ("1.2", "1.2"): "split"}


def test_what_has_nothing_in_common_is_not_tied() -> None:
    assert kinds([PlanPart("1.1", "Una biblioteca per quartiere")]) == {}


def test_an_edition_without_parts_continues_nothing() -> None:
    assert propose([], OLD) == []
    assert propose(OLD, []) == []


def test_of_two_titles_with_the_same_words_the_one_in_the_same_order_goes_on() -> None:
    parts = [PlanPart("1.1", "rete boschi treni scuole"), PlanPart("1.2", "rete boschi scuole treni")]
    assert {(p.older, p.newer, p.kind) for p in propose(parts, parts)} == {
        ("1.1", "1.1", "kept"),
        ("1.2", "1.2", "kept"),
    }


@given(editions(), editions())
def test_every_proposal_names_parts_that_exist_and_says_a_kind_that_its_neighbours_bear_out(
    older: list[PlanPart], newer: list[PlanPart]
) -> None:
    found = propose(older, newer)
    assert {p.older for p in found} <= {part.code for part in older}
    assert {p.newer for p in found} <= {part.code for part in newer}
    assert len({(p.older, p.newer) for p in found}) == len(found)
    for p in found:
        siblings = sum(q.older == p.older for q in found)
        sources = sum(q.newer == p.newer for q in found)
        assert 0 < p.likeness <= 1.0001
        assert (p.kind == "split") == (siblings > 1)
        assert (p.kind == "merged") == (siblings == 1 and sources > 1)


@given(editions())
def test_an_edition_compared_with_itself_keeps_every_part_with_a_title_of_its_own(parts: list[PlanPart]) -> None:
    if len({part.title for part in parts}) == len(parts):
        found = {(p.older, p.newer) for p in propose(parts, parts)}
        assert {(part.code, part.code) for part in parts} <= found
