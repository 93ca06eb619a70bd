"""The plan table: a whole edition in one picture, six columns of strategies with a square for every action.

Every page that answers with a set of actions (a search, a place, a fund, a status) shows the same picture and dims the
rest; who has learnt it once can read every page. Views build it with `plan_picture` and hand it to `{% plan_table %}`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from aumenta.plan.models import Action, Axis, Strategy

# Above this many actions the first sentences are left out, so that the page stays under its weight; titles stay.
MOST_WITH_SENTENCES = 300


@dataclass(frozen=True)
class Square:
    """One action. `lit` is None where nothing was asked, else whether it belongs to the answer."""

    code: str
    address: str
    action: Action
    lit: bool | None


@dataclass(frozen=True)
class PictureRow:
    """One strategy and its actions."""

    code: str
    address: str
    strategy: Strategy
    lit: bool | None
    squares: list[Square]


@dataclass(frozen=True)
class Column:
    """One axis and its strategies."""

    axis: Axis
    address: str
    rows: list[PictureRow]


@dataclass(frozen=True)
class PlanPicture:
    """The picture of an edition; `n_lit` of `n_actions` belong to the answer, where something was `asked`."""

    columns: list[Column]
    n_actions: int
    n_lit: int
    asked: bool

    @property
    def with_sentences(self) -> bool:
        """Whether each square carries the first sentence of its sheet besides the title."""
        return self.n_actions <= MOST_WITH_SENTENCES


def plan_picture(axes: Iterable[Axis], *, at: str, highlighted: Collection[str] | None = None) -> PlanPicture:
    """The picture of an edition from its tree (`aumenta.plan.queries.tree`), without another query.

    `at` is the address of the edition, such as «/it/2021-2023/»: axes, strategies and actions are under `assi/`,
    `strategie/` and `azioni/` with their code. `highlighted` holds the codes that answer, of actions («2.2.2») or of
    whole strategies («2.2»); None shows the plan with nothing dimmed.
    """
    lit = None if highlighted is None else frozenset(highlighted)
    columns = [
        Column(
            axis=axis,
            address=f"{at}assi/{axis.number}/",
            rows=[_row(axis, strategy, at, lit) for strategy in axis.strategies.all()],
        )
        for axis in axes
    ]
    squares = [square for column in columns for row in column.rows for square in row.squares]
    return PlanPicture(
        columns=columns,
        n_actions=len(squares),
        n_lit=sum(1 for square in squares if square.lit),
        asked=lit is not None,
    )


def _row(axis: Axis, strategy: Strategy, at: str, lit: frozenset[str] | None) -> PictureRow:
    code = f"{axis.number}.{strategy.number}"
    whole = lit is not None and code in lit
    squares = [
        Square(
            code=f"{code}.{action.number}",
            address=f"{at}azioni/{code}.{action.number}/",
            action=action,
            lit=None if lit is None else whole or f"{code}.{action.number}" in lit,
        )
        for action in strategy.actions.all()
    ]
    return PictureRow(
        code=code,
        address=f"{at}strategie/{code}/",
        strategy=strategy,
        lit=None if lit is None else whole or any(square.lit for square in squares),
        squares=squares,
    )
