"""Printing any invented plan with random line ends, footers and broken words, and reading it, gives it back."""

import random
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aumenta.core.extraction import ActionSheet, AlignmentEntry, AxisEntry, ExtractionError, PlanDocument, StrategyEntry
from aumenta.core.extraction.json_format import document_from_json
from aumenta.core.extraction.layout import known_layouts
from aumenta.core.extraction.reading import plan_from_text
from tests.core.plan_printing import Printer

# Words of two syllables and more, none of which can't end a line and none of which begins like a label.
WORDS = (
    "acqua bosco canale duna erba fiume grano isola lago mulino neve onda ponte quercia riva sasso terra uva valle "
    "zolla navigazione manutenzione passerella tramonto inverno comunità perché più l’acqua dell'onda"
).split()
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=15).map(" ".join)
few_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


sentences = words.map(lambda text: f"{capital(text)}.")
titles = few_words.map(capital)
names = st.one_of(
    titles,
    st.tuples(titles, few_words, few_words).map(lambda parts: f"{parts[0]} (es.: {parts[1]}, {parts[2]} etc.)"),
    st.tuples(titles, few_words).map(lambda parts: f"{parts[0]}, della {parts[1]}"),
)
lists = st.lists(titles, max_size=4).map(tuple)
goals = st.lists(st.integers(1, 8), max_size=4, unique=True).map(lambda numbers: tuple(sorted(numbers)))


@st.composite
def alignments(draw: st.DrawFn) -> tuple[AlignmentEntry, ...]:
    components = st.builds("{}.{}".format, st.integers(1, 6), st.integers(1, 5))
    primary = [AlignmentEntry("pnrr", code) for code in draw(st.lists(components, max_size=3))]
    possible = [
        AlignmentEntry("pnrr", code, "possible_integration")
        for code in draw(st.lists(st.one_of(components, st.sampled_from("123456")), max_size=3))
    ]
    # Items of one mission stand together; a mission alone comes before another mission.
    ordered = sorted({tie.code: tie for tie in possible}.values(), key=lambda tie: (tie.code[0], len(tie.code)))
    missions = {tie.code[0] for tie in ordered if len(tie.code) > 1}
    possible = [tie for tie in ordered if len(tie.code) > 1 or tie.code not in missions]
    codes = ["OP1", "OP5", "OSa1", "OSe2", "OS7 FSE+", "OS10 FSE+"]
    cohesion = [AlignmentEntry("eu_cohesion", code) for code in draw(st.lists(st.sampled_from(codes), max_size=4))]
    programmes = [AlignmentEntry("eu_programme", name) for name in draw(st.lists(titles, max_size=3))]
    return (*primary, *possible, *cohesion, *programmes)


@st.composite
def plans(draw: st.DrawFn) -> PlanDocument:
    axes, strategies, actions = [], [], []
    for axis in range(1, draw(st.integers(1, 2)) + 1):
        axes.append(AxisEntry(axis, draw(titles), draw(sentences)))
        for number in range(1, draw(st.integers(1, 2)) + 1):
            code = f"{axis}.{number}"
            strategies.append(StrategyEntry(code, axis, draw(titles), draw(sentences), draw(goals)))
            for place in range(1, draw(st.integers(1, 2)) + 1):
                examples = draw(st.lists(few_words, max_size=2).map(tuple))
                sheet = ActionSheet(
                    code=f"{code}.{place}",
                    strategy=code,
                    title=draw(titles),
                    description=draw(sentences),
                    examples=examples,
                    actors=draw(st.lists(names, min_size=1, max_size=5).map(tuple)),
                    alignments=draw(alignments()),
                    own_instruments=draw(lists),
                    higher_instruments=draw(lists),
                    links=tuple(f"https://{axis}{number}{place}{n}.example/a" for n, _ in enumerate(examples)),
                )
                actions.append(sheet)
    title = "Torino metropoli aumentata: Piano Strategico Metropolitano 2021-2023"
    return PlanDocument(title, tuple(axes), tuple(strategies), tuple(actions))


def bare(document: PlanDocument) -> PlanDocument:
    return replace(document, actions=tuple(replace(each, lines=(0, 0)) for each in document.actions), problems=())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), width=st.integers(30, 90), seed=st.integers(0, 2**32), footers=st.booleans())
def test_what_was_printed_is_read_back(plan: PlanDocument, width: int, seed: int, footers: bool) -> None:
    printer = Printer(width=width, chance=random.Random(seed), footers=footers, hyphens=True)
    # Every word stands whole somewhere, as it does in a long document: that tells a printer's hyphen.
    text = " ".join(WORDS) + "\n\n" + printer.print(plan)
    read = plan_from_text(text, known_layouts())
    assert bare(read) == plan
    assert {problem.kind for problem in read.problems} <= {"outside_sheets", "axis_text", "row_missing"}
    lines = text.split("\n")
    for action in read.actions:
        assert lines[action.lines[0] - 1].startswith(f"azione {action.code}")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), share=st.floats(0, 1), seed=st.integers(0, 2**32))
def test_any_part_of_a_plan_is_read_or_refused_but_never_breaks(plan: PlanDocument, share: float, seed: int) -> None:
    """Whole sheets before the cut are read as they were printed."""
    text = Printer(chance=random.Random(seed), footers=True).print(plan)
    part = text[: round(len(text) * share)]
    try:
        read = plan_from_text(part, known_layouts(), partial=True)
    except ExtractionError as error:
        if error.code != "no_sheets":
            raise
        return
    for before, after in zip(plan.actions, read.actions[:-1], strict=False):
        assert after.title == before.title
        assert after.actors == before.actors


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    plain = f"strategia 1.1 X\nazione 1.1.1 Y\ndescrizione {text}\nattori {text}\npriorità PNRR {text}\n"
    read = plan_from_text(plain, known_layouts(), partial=True)
    assert read.actions[0].code == "1.1.1"
    # A NUL, which no database keeps, becomes the sign for what can't be read.
    assert document_from_json(read.to_json()).to_json() == read.to_json().replace("\\u0000", "\ufffd")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans())
def test_json_gives_back_the_same_plan(plan: PlanDocument) -> None:
    assert document_from_json(plan.to_json()) == plan
    assert document_from_json(plan.to_json(indent=None).encode()) == plan
