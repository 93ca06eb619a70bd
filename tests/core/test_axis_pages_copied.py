"""Pages of the axes as they come when somebody copies them: broken anew at any width, with what a site puts between a
heading and its first words, with sentences that name other actions and strategies."""

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from aumenta.core.extraction import PlanDocument
from aumenta.core.extraction.layout import known_layouts
from aumenta.core.extraction.reading import plan_from_text
from tests.core.axis_pages import Axis, adopted_text, earlier_text, invented_axes

REFERENCES = ("con la Strategia 2.4 e l’Azione 3.1.2", "secondo la Strategia 1.1", "come l’Azione 5.2.1, con essa")


def naming_others() -> tuple[Axis, ...]:
    """The invented plan, whose titles are longer than a line and whose sentences name others again and again."""
    axes = []
    for axis in invented_axes():
        strategies = []
        for strategy in axis.strategies:
            actions = tuple(
                replace(one, text=f"{one.text.rstrip('.')}, {REFERENCES[n % 3]} e {REFERENCES[(n + 1) % 3]} lavora.")
                for n, one in enumerate(strategy.actions)
            )
            title = f"{strategy.title} tra Torino, Susa, Ivrea, Chivasso, Pinerolo e Carmagnola"
            strategies.append(replace(strategy, title=title, actions=actions))
        axes.append(replace(axis, strategies=tuple(strategies)))
    return tuple(axes)


PLAN = naming_others()


def read(text: str) -> PlanDocument:
    return plan_from_text(text, known_layouts())


def check(document: PlanDocument, *, titles: bool, plan: Sequence[Axis] = PLAN) -> None:
    assert [(one.number, one.title, one.purpose) for one in document.axes] == [
        (axis.number, axis.title, axis.aim) for axis in plan
    ]
    assert [(one.code, one.title, one.purpose) for one in document.strategies] == [
        (s.code, s.title, s.aim) for axis in plan for s in axis.strategies
    ]
    printed = [(a.code, a.text) for axis in plan for s in axis.strategies for a in s.actions]
    assert [(one.code, one.description) for one in document.actions] == printed
    if titles:
        assert [one.title for one in document.actions] == [
            a.title for axis in PLAN for s in axis.strategies for a in s.actions
        ]


def broken(text: str, width: int) -> str:
    """Every line broken anew, with blank lines between paragraphs."""
    lines = [textwrap.fill(line, width, break_on_hyphens=False) for line in text.split("\n")]
    return "\n\n".join(line for line in lines if line.strip())


@pytest.mark.parametrize("width", [58, 66, 72, 80, 100])
@pytest.mark.parametrize(("make", "titles"), [(adopted_text, False), (earlier_text, True)])
def test_a_copy_broken_at_any_width_is_the_same_plan(make: Callable[[Axis], str], titles: bool, width: int) -> None:
    check(read("\n\n".join(broken(make(axis), width) for axis in PLAN)), titles=titles)


def test_titles_and_texts_are_told_apart_without_a_blank_line_between_them() -> None:
    plan = "\n".join(
        "\n".join(textwrap.fill(line, 110, break_on_hyphens=False) for line in earlier_text(axis).split("\n"))
        for axis in PLAN
    )
    found = read(plan)
    printed = [(a.code, a.title, a.text) for axis in PLAN for s in axis.strategies for a in s.actions]
    assert [(one.code, one.title, one.description) for one in found.actions] == printed


@pytest.mark.parametrize("width", [84, 90, 96])
def test_the_short_end_of_a_broken_title_belongs_to_it_without_a_blank_line(width: int) -> None:
    """As a PDF has it, where a title is broken before a capital."""
    lines = [line for axis in PLAN for line in adopted_text(axis).split("\n") if line.strip()]
    check(read("\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in lines)), titles=False)


FURNITURE = {
    "a date": "Ultima modifica: giovedì 12 settembre 2024",
    "a date of its own": "Giovedì, 12 Settembre 2024 10:31",
    "ways to share": "Condividi\nFacebook\nX\nInvia per e-mail\nStampa",
    "ways to share, in one line": "Condividi Facebook WhatsApp Telegram",
    "facts of the page": "Scritto da Redazione\nPubblicato il 3 marzo 2025\nVisite: 812\nTempo di lettura: 3 min",
    "a button": "Ascolta",
}


@pytest.mark.parametrize("furniture", FURNITURE)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_a_site_puts_under_a_heading_is_no_aim_and_hides_none(furniture: str, gap: str) -> None:
    pages = []
    for axis in PLAN:
        heading, rest = adopted_text(axis).split("\n", 1)
        pages.append(heading + gap + FURNITURE[furniture].replace("\n", gap) + gap + rest)
    check(read("\n\n".join(pages)), titles=False)


def test_a_short_end_of_an_aim_under_a_date_belongs_to_the_aim() -> None:
    axis = PLAN[0]
    text = adopted_text(axis).split("\n")
    text[1:3] = ["Ultima modifica: 12 settembre 2024", "L’asse vuole acque pulite e", "canali vivi.", text[2]]
    found = read("\n".join(text))
    assert found.axes[0].purpose == "L’asse vuole acque pulite e canali vivi."
    assert [one.code for one in found.strategies] == [one.code for one in axis.strategies]


@pytest.mark.parametrize("ending", ["\n\f\n", "\n\f"])
def test_a_sentence_goes_on_overleaf(ending: str) -> None:
    """As a PDF has it: each tenth line is the first of a page, in the middle of a sentence or not."""
    text = "\n".join(
        "\n".join(textwrap.fill(line, 90, break_on_hyphens=False) for line in adopted_text(axis).split("\n"))
        for axis in PLAN
    )
    lines = text.split("\n")
    pages = ["\n".join(lines[start : start + 10]) for start in range(0, len(lines), 10)]
    printed = [(a.code, a.text) for axis in PLAN for s in axis.strategies for a in s.actions]
    assert [(one.code, one.description) for one in read(ending.join(pages)).actions] == printed


def test_of_two_readings_the_one_whose_labels_are_nowhere_gives_way() -> None:
    """A document broken so that the pages' reading loses an action, and the sheets' finds all without a single row."""
    text = "\n".join(earlier_text(axis) for axis in PLAN)
    gone = text.replace("azione 1.1.2 ", "azione 1.1.2bis ", 1)
    assert len(read(gone).actions) >= 112
    assert all(one.description for one in read(gone).actions)


@pytest.mark.parametrize("width", [40, 55, 62, 78])
def test_a_line_about_a_file_is_left_out_whole_where_it_was_broken(width: int) -> None:
    pages = []
    for axis in PLAN:
        text = adopted_text(axis).split("\n")
        file = f"Puoi scaricare la scheda dell’Asse {axis.number} - {axis.title} (pdf 845 KB)"
        text[2] = f"\n{textwrap.fill(file, width)}\n"
        pages.append("\n".join(text))
    check(read("\n\n".join(pages)), titles=False)


@pytest.mark.parametrize(
    "sign",
    [
        "\uf0b7\t",
        "\uf0a7 ",
        "\uf0d8\t",
        "\uf076\t",
        "o\t",
        "o  ",
        "o ",
        "§\t",
        "§  ",
        "§ ",
        "➢ ",
        "✓ ",
        "▪\u00a0",
        "●\t",
        "■ ",
        "○   ",
        "• ",
    ],
)
def test_any_bullet_of_a_word_processor_opens_an_action(sign: str) -> None:
    """As lists come out of Word: bullets of fonts of signs, then a tab."""
    pasted = [re.sub("(?m)^[ \t•*·-]*(?=Azione )", sign, adopted_text(axis)) for axis in PLAN]
    assert all(f"{sign}Azione " in page for page in pasted)
    check(read("\n\n".join(pasted)), titles=False)


@pytest.mark.parametrize("number", ["n. ", "n.", "n° ", "n ", "nr. "])
@pytest.mark.parametrize("word", ["Asse", "Strategia", "Azione"])
def test_a_heading_may_say_that_its_code_is_a_number(word: str, number: str) -> None:
    pages = [re.sub(rf"(?m)^([ •]*{word}) (?=\d)", rf"\1 {number}", adopted_text(axis)) for axis in PLAN]
    assert all(f"{word} {number}" in page for page in pages)
    check(read("\n\n".join(pages)), titles=False)


IN_BRACKETS = (
    "(cfr. Asse 3 - Acqua) in accordo con la Regione",
    "(v. Strategia 1.2 Nuove reti di valle) in accordo con tutti",
    "(si veda, tra i progetti avviati, Azione 2.1.1 - Nuove reti) e oltre",
    "come all’art. Asse 3 - Acqua del piano",
)


@pytest.mark.parametrize("words", IN_BRACKETS)
@pytest.mark.parametrize("where", ["text", "aim"])
@pytest.mark.parametrize("width", [58, 61, 66, 72, 80])
def test_what_looks_like_a_heading_inside_a_bracket_or_after_cfr_goes_on_wherever_the_line_is_broken(
    words: str, where: str, width: int
) -> None:
    def with_words(text: str) -> str:
        return f"{text.rstrip('.')} {words}."

    plan = []
    for axis in PLAN:
        strategies = tuple(
            replace(one, actions=tuple(replace(action, text=with_words(action.text)) for action in one.actions))
            if where == "text"
            else replace(one, aim=with_words(one.aim))
            for one in axis.strategies
        )
        plan.append(replace(axis, strategies=strategies))
    heading = re.search("(?:Asse|Strategia|Azione) [0-9.]+", words)
    assert heading is not None
    text = "\n\n".join(broken(adopted_text(axis), width) for axis in plan)
    assert f"\n{heading[0]}" in text or where == "aim"
    check(read(text), titles=False, plan=plan)


def test_a_word_of_one_letter_before_a_reference_is_no_bullet() -> None:
    text = adopted_text(PLAN[0]).replace("con la Strategia 2.4", "con questa\no Strategia 2.4")
    found = read("\n\n".join([text, *map(adopted_text, PLAN[1:])]))
    assert len(found.strategies) == 25
    assert any("con questa o Strategia 2.4 e l’Azione" in action.description for action in found.actions)
