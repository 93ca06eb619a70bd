"""How well ties find what belongs together, by weights, and what they cost for 111 and 1,110 actions.

The plan puts actions that belong together into one strategy. So the share of actions whose strongest tie, and of whose
four strongest ties, stay in their own strategy says how much each family of likenesses knows.
"""

import time
from collections.abc import Mapping
from dataclasses import replace

from aumenta.core.connections import Family, Member, find_ties
from aumenta.core.connections.ties import WEIGHTS
from aumenta.core.extraction import PlanDocument, read_plan
from benchmarks.machine import SOURCES, machine


def members(document: PlanDocument) -> list[Member]:
    """The sheets of a document as points."""
    return [
        Member(
            sheet.code,
            f"{sheet.title} {sheet.description} {' '.join(sheet.examples)}",
            frozenset(sheet.actors),
            frozenset((*sheet.own_instruments, *sheet.higher_instruments)),
            frozenset(f"{a.framework}:{a.code}" for a in sheet.alignments),
        )
        for sheet in document.actions
    ]


def stay_at_home(rows: list[Member], weights: Mapping[Family, float], each: int) -> float:
    """Share of the `each` strongest ties of every action whose other end is in the same strategy."""
    ties = find_ties(rows, each=len(rows), threshold=0.0001, weights=weights)
    found: dict[str, list[str]] = {row.code: [] for row in rows}
    for tie in ties:
        for mine, other in ((tie.first, tie.second), (tie.second, tie.first)):
            if len(found[mine]) < each:
                found[mine].append(other)
    pairs = [(mine, other) for mine, others in found.items() for other in others]
    return sum(a.rsplit(".", 1)[0] == b.rsplit(".", 1)[0] for a, b in pairs) / len(pairs)


def main() -> None:
    """Print the comparison and the times."""
    print(machine())
    path = SOURCES / "004_167a4bfbea5f3c6b.txt"
    if not path.exists():
        print("The published plan is not beside the repository: nothing to measure.")
        return
    rows = members(read_plan(path))
    single = {family: {other: float(other is family) for other in Family} for family in Family}
    text_first = {Family.TEXT: 0.4, Family.OBJECTIVES: 0.25, Family.INSTRUMENTS: 0.2, Family.ACTORS: 0.15}
    for name, weights in {
        **{f"only {f.value}": w for f, w in single.items()},
        "text first": text_first,
        "equal (ours)": WEIGHTS,
    }.items():
        nearest, four = stay_at_home(rows, weights, 1), stay_at_home(rows, weights, 4)
        print(f"{name:18} nearest {nearest:.2f}   four nearest {four:.2f}")
    tenfold = [replace(row, code=f"{row.code}-{n}", text=f"{row.text} parola{n}") for n in range(10) for row in rows]
    for crowd in (rows, tenfold):
        start = time.process_time()
        ties = find_ties(crowd)
        print(f"{len(crowd):5} actions: {len(ties)} ties in {time.process_time() - start:.2f} s of CPU")


if __name__ == "__main__":
    main()
