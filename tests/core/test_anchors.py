"""Passages are found by their words, and found again after a text was corrected; positions are code points."""

import random
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from aumenta.core.text.anchors import Span, from_line_ends, moved, words_at

SIGNS = st.sampled_from(["a", "b", " ", "è", "e\u0301", "😀", "👨\u200d👩\u200d👧", "\r\n", "\n", ".", "città "])
TEXTS = st.lists(SIGNS, min_size=1, max_size=60).map("".join)
WORDS = (
    "la sera dopo le venti dal paese non passa più un autobus verso la stazione e chi lavora di notte ci va in "
    "macchina perché il treno è già partito la strada è stretta e il ponte porta un solo camion alla volta così "
    "gli artigiani spendono di più e i ragazzi finiti gli studi restano in città dove trovano casa e lavoro"
).split()


def in_browser(text: str) -> str:
    """What a text area holds: one sign for each end of line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(TEXTS, st.data())
def test_what_a_browser_selects_is_what_is_marked(text, data):
    shown = in_browser(text)
    start = data.draw(st.integers(0, len(shown) - 1))
    end = data.draw(st.integers(start + 1, len(shown)))
    found = text[from_line_ends(text, start) : from_line_ends(text, end)]
    assert in_browser(found) == shown[start:end]


@given(TEXTS, st.data())
def test_words_copied_from_a_page_are_found_however_spaces_and_accents_are_written(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    if not words.strip():
        assert words_at(text, words) is None
        return
    found = words_at(text, " ".join(words.split()), near=start)
    assert found is not None
    assert text[found.start : found.end].split() == words.split()


def test_accents_of_one_or_two_signs_are_the_same_words():
    text = unicodedata.normalize("NFD", "La città è qui")
    assert words_at(text, "città è") == Span(3, 12)
    assert words_at("La città è qui", unicodedata.normalize("NFD", "città è")) == Span(3, 10)
    assert words_at("La città", "paese") is None


@settings(max_examples=50)
@given(TEXTS, TEXTS, st.data())
def test_a_passage_of_an_untouched_stretch_stays_itself(text, before, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert moved(text, text, Span(start, end)) == Span(start, end)


def test_after_five_per_cent_of_edits_19_passages_of_20_are_found_again():
    chance = random.Random(7)
    found = tried = 0
    for _text in range(60):
        words = [chance.choice(WORDS) for _n in range(400)]
        starts = [chance.randrange(0, 380) for _n in range(20)]
        spans = [(start, start + chance.randrange(4, 20)) for start in starts]
        changed: list[str] = []
        origin: list[int] = []
        for place, word in enumerate(words):
            if chance.random() >= 0.05:
                changed.append(word)
                origin.append(place)
            elif chance.random() < 0.5:
                changed += [chance.choice(WORDS), "anzi"]
                origin += [place, -1]
        before, after = " ".join(words), " ".join(changed)
        for first, last in spans:
            kept = [word for word, place in zip(changed, origin, strict=True) if first <= place < last]
            start = len(" ".join(words[:first])) + (first > 0)
            span = moved(before, after, Span(start, start + len(" ".join(words[first:last]))))
            tried += 1
            if span is None:
                continue
            got = after[span.start : span.end].split()
            same = sum(word in got for word in kept) / max(1, len(kept))
            found += same >= 0.8 and abs(len(got) - len(kept)) <= 4
    assert found / tried >= 0.95, f"{found} of {tried}"


def test_a_passage_of_which_nothing_is_left_is_lost():
    assert moved("Gli autobus la sera. Altro.", "Tutta un'altra cosa.", Span(0, 19)) is None
    assert moved("abc", "", Span(0, 3)) is None
    long = "Servirebbe una pensilina alla fermata"
    assert moved(f"{long}. Poi basta.", f"Prima di tutto altro. E poi: {long}", Span(0, len(long))) is not None
