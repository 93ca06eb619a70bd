"""Sets on which weights and confidence of suggestions were chosen: none holds the statements they are judged by.

Projects of the recovery plan, German contributions about cycling, objectives of the European cohesion policy, the
sustainable development goals, and the sheets of the strategic plan against its own short texts. Each is references
(what is compared with), questions with the groups that are right, and the codes left out for each question.
"""

import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

import aumenta
from aumenta.core.synthesis.encoders import Encoder
from aumenta.core.synthesis.suggest import PlanIndex, Reference
from aumenta.core.synthesis.vectors import Cache
from benchmarks.machine import SOURCES

DATA = SOURCES.parent / "data"
BUNDLED = Path(aumenta.__file__ or "").parent / "plan" / "data" / "torino"

LANGUAGES = ("it", "en")


class Questions(NamedTuple):
    """Texts to place: `right` are the groups that count as found, `left_out` the codes not to be used for each."""

    name: str
    references: list[Reference]
    texts: list[str]
    right: list[set[str]]
    left_out: list[set[str]] | None
    family: str = ""
    """Sets of one family share texts: whoever is fitted on one of them has seen something of the others."""


def table(path: Path) -> list[dict[str, str]]:
    """A CSV file with a heading, as text."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def bundled_edition() -> list[Reference]:
    """The texts of 2021-2023 as a fresh installation has them: titles and short summaries, Italian and English."""
    document = table(BUNDLED / "summaries.csv")
    strategies = [row for row in table(BUNDLED / "strategies.csv") if row["edition"] == "2021-2023"]
    titles = _italian_titles()
    result = []
    for language in LANGUAGES:
        for row in strategies:
            text = f"{row[f'title_{language}']} {row[f'purpose_{language}']}"
            result.append(Reference(row["code"], row["code"], text))
        for row in document:
            title = titles[row["code"]] if language == "it" else row["title_en"]
            result.append(Reference(row["code"], _strategy(row["code"]), f"{title} {row[f'summary_{language}']}"))
    return result


def other_sets(strategies: Sequence[Reference], actions: Sequence[Reference]) -> list[Questions]:
    """All the sets; `strategies` and `actions` are the plan's texts as the published document has them."""
    written = [*strategies, *actions]
    summaries = table(BUNDLED / "summaries.csv")
    codes, groups = [{row["code"]} for row in summaries], [{_strategy(row["code"])} for row in summaries]
    own, of = [{one.code} for one in actions], [{one.group} for one in actions]
    titles, edition = [one.text.split(". ")[0] for one in actions], bundled_edition()
    english = [f"{row['title_en']}. {row['summary_en']}" for row in summaries]
    of_the_plan = [
        Questions("sheets", written, [one.text for one in actions], of, own),
        Questions("sheets in English", written, english, groups, codes),
        Questions("titles of sheets", written, titles, of, own),
        Questions("sheets / short", edition, [one.text for one in actions], of, own),
        Questions("summaries / short", edition, [row["summary_it"] for row in summaries], groups, codes),
        Questions("English / short", edition, [row["summary_en"] for row in summaries], groups, codes),
        Questions("titles / short", edition, titles, of, own),
    ]
    families = {
        "the plan": of_the_plan,
        "recovery plan": _recovery_projects(),
        "cycling": [_cycling(0, 3), _cycling(1, 12)],
        "cohesion": _cohesion(),
        "goals": _goals(),
    }
    return [one._replace(family=family) for family, sets in families.items() for one in sets]


def own_statements(strategies: Sequence[Reference], actions: Sequence[Reference]) -> list[Questions]:
    """Statements written and placed by us, before any was ever ranked, in 2021-2023 and among the 27 titles proposed
    for 2024-2026, where no action helps: against the sheets, the short texts, and the titles in both languages."""
    rows = table(Path(__file__).with_name("own_statements.csv"))
    titles = [row for row in table(BUNDLED / "strategies.csv") if row["edition"] == "2024-2026"]
    proposed = [
        Reference(row["code"], row["code"], row[f"title_{language}"]) for row in titles for language in LANGUAGES
    ]
    texts = [row["text"] for row in rows]
    earlier, later = (
        [set(row[column].split("|")) for row in rows] for column in ("strategies_2021_2023", "strategies_2024_2026")
    )
    return [
        Questions("own statements", [*strategies, *actions], texts, earlier, None),
        Questions("own / short", bundled_edition(), texts, earlier, None),
        Questions("own / titles of 2024-2026", proposed, texts, later, None),
    ]


def _strategy(code: str) -> str:
    return code.rsplit(".", 1)[0]


def _italian_titles() -> dict[str, str]:
    plan = json.loads((BUNDLED / "plan-2021-2023.json").read_text(encoding="utf-8"))
    return {action["code"]: action["title"] for action in _actions(plan)}


def _actions(plan: object) -> Iterable[dict[str, str]]:
    if isinstance(plan, dict):
        if re.fullmatch(r"\d\.\d\.\d+", str(plan.get("code", ""))) and "title" in plan:
            yield plan
        for value in plan.values():
            yield from _actions(value)
    elif isinstance(plan, list):
        for value in plan:
            yield from _actions(value)


def _recovery_projects() -> list[Questions]:
    """Titles of projects against measures and components; summaries against other summaries of the same measure."""
    projects = table(DATA / "pnrr" / "pnrr_projects_torino_validated_2023-02.csv")
    measure = {row["Codice Univoco Submisura"]: row for row in projects}
    component = {code: row["Componente"] for code, row in measure.items()}
    references = [Reference(code, component[code], row["Descrizione Submisura"]) for code, row in measure.items()]
    known = set(component.values())
    components = table(DATA / "taxonomies" / "pnrr_components.csv")
    references += [Reference(row["code"], row["code"], row["name_it"]) for row in components if row["code"] in known]
    chosen = _some(projects, lambda row: row["Titolo progetto"].strip(), 10)
    titles = Questions(
        "projects' titles", references, [text for _, text in chosen], [{component[code]} for code, _ in chosen], None
    )
    chosen = _some(projects, lambda row: row["Sintesi progetto"].replace("*", ". "), 6)
    often = [code for code, _ in chosen]
    summaries = [
        Reference(f"{code}#{number}", code, text) for number, (code, text) in enumerate(chosen) if often.count(code) > 1
    ]
    return [titles, _against_each_other("projects' summaries", summaries)]


def _some(
    projects: Sequence[dict[str, str]], text_of: Callable[[dict[str, str]], str], most: int
) -> list[tuple[str, str]]:
    """At most `most` different texts of each measure, always the same ones."""
    texts: dict[str, str] = {}
    for row in projects:
        texts.setdefault(text_of(row), row["Codice Univoco Submisura"])
    by_measure: defaultdict[str, list[str]] = defaultdict(list)
    for text, code in texts.items():
        by_measure[code].append(text)
    draw = random.Random(1)
    return [(code, text) for code, own in by_measure.items() for text in draw.sample(own, min(most, len(own)))]


def _against_each_other(name: str, references: list[Reference]) -> Questions:
    return Questions(
        name,
        references,
        [one.text for one in references],
        [{one.group} for one in references],
        [{one.code} for one in references],
    )


def _cycling(seed: int, known: int) -> Questions:
    """`known` contributions of each class to learn from, up to 50 to place."""
    by_class: defaultdict[str, list[str]] = defaultdict(list)
    for row in table(DATA / "synthesis" / "cycling_dialogues_de.csv"):
        by_class[row["label"]].append(f"{row['title']}. {row['text']}")
    draw = random.Random(seed)
    references, texts, right = [], [], []
    for label, own in sorted(by_class.items()):
        some = draw.sample(own, min(len(own), 60))
        references += [Reference(f"{label}{number}", label, text) for number, text in enumerate(some[:known])]
        texts += some[known:50]
        right += [{label}] * len(some[known:50])
    return Questions(f"cycling, {known} known", references, texts, right, None)


def _cohesion() -> list[Questions]:
    rows = [
        r for r in table(DATA / "taxonomies" / "eu_cohesion_specific_objectives.csv") if r["name_it"] and r["name_en"]
    ]
    references = [Reference(row["code"], row["policy_objective"], row["name_it"]) for row in rows]
    italian = _against_each_other("EU objectives", references)
    return [italian, italian._replace(name="EU objectives in English", texts=[row["name_en"] for row in rows])]


def _goals() -> list[Questions]:
    """English names of progress measures against Italian titles of goals, then against each other too."""
    goals = table(DATA / "taxonomies" / "sdg_goals.csv")
    titles = [Reference(f"g{row['code']}", row["code"], row["title_it_opensdg"]) for row in goals]
    measures: dict[tuple[str, str], None] = {}
    for line in (DATA / "indicators" / "statcan_progress_components.yml").read_text(encoding="utf-8").splitlines():
        found = re.match(r"^  '?(\d+)-\w+-\w+ / (.*?)'?:\s*$", line)
        if found and len(found[2]) > 15:
            measures[found[1], found[2]] = None
    named = [Reference(f"c{number}", goal, text) for number, (goal, text) in enumerate(measures)]
    alone = _against_each_other("measures / goals", named)
    return [
        alone._replace(references=titles, left_out=None),
        alone._replace(name="measures / all", references=[*titles, *named]),
    ]


def print_other_sets(
    strategies: Sequence[Reference], actions: Sequence[Reference], encoder: Encoder, cache: Cache
) -> None:
    """For each set: first and three, the surer half by two measures, and what the badge is worth there."""
    print("  set                        texts  first  three | surer half: confidence, lead | badge: right, share")
    means = []
    for one in [*other_sets(strategies, actions), *own_statements(strategies, actions)]:
        plan = PlanIndex(one.references, encoder, cache)
        given = plan.suggest(one.texts, excluded=one.left_out)
        # A text with nothing to read ("2.1") has no answer, right or wrong.
        pairs = [(answer, right) for answer, right in zip(given, one.right, strict=True) if answer.ranked]
        answers = [answer for answer, _ in pairs]
        hits = np.array([a.ranked[0].group in right for a, right in pairs])
        three = [bool({m.group for m in a.ranked[:3]} & right) for a, right in pairs]
        halves = [
            hits[np.argsort(-measure, kind="stable")[: len(hits) // 2]].mean()
            for measure in (
                np.array([a.confidence for a in answers]),
                np.array([a.ranked[0].score - a.ranked[1].score for a in answers]),
            )
        ]
        badge = np.array([a.confident for a in answers])
        worth = f"{hits[badge].mean():.3f}" if badge.any() else "-    "
        if one.family:
            means.append((hits.mean(), np.mean(three), *halves))
        print(
            f"  {one.name:26} {len(hits):5}  {hits.mean():.3f}  {np.mean(three):.3f} |"
            f" {halves[0]:.3f} {halves[1]:.3f} | {worth} {badge.mean():.2f}",
            flush=True,
        )
    print("  mean of the fifteen              ", " ".join(f" {value:.3f}" for value in np.mean(means, axis=0)))
