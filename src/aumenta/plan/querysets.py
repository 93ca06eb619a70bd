"""Which rows of the plan: filters and orders that hang on the models themselves."""

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    # For the type checker only: the models import this module.
    from aumenta.plan.models import Action, Edition, Strategy  # noqa: F401


def _numbers(code: str, how_many: int) -> list[int] | None:
    parts = code.split(".")
    if len(parts) != how_many or not all(p.isascii() and p.isdigit() and len(p) <= 4 for p in parts):
        return None
    return [int(part) for part in parts]


class EditionQuerySet(QuerySet["Edition"]):
    """Editions of the plan."""

    def public(self) -> Self:
        """Those that everybody may read."""
        return self.filter(state="public")

    def current(self) -> "Edition | None":
        """The public edition a reader is shown first: the latest one that has actions, else the latest."""
        latest_first = self.public().order_by("-first_year")
        with_actions = latest_first.filter(axes__strategies__actions__isnull=False)
        return with_actions.first() or latest_first.first()


class StrategyQuerySet(QuerySet["Strategy"]):
    """Strategies, in the order of their codes."""

    def of(self, edition: "Edition") -> Self:
        """Those of one edition, with their axes."""
        return self.filter(axis__edition=edition).select_related("axis").order_by("axis__number", "number")

    def with_code(self, code: str) -> Self:
        """The one with this code, such as «2.2»; none where the code is not two numbers."""
        numbers = _numbers(code, 2)
        if numbers is None:
            return self.none()
        return self.filter(axis__number=numbers[0], number=numbers[1])


class ActionQuerySet(QuerySet["Action"]):
    """Actions, in the order of their codes."""

    def of(self, edition: "Edition") -> Self:
        """Those of one edition, with their strategies and axes."""
        return (
            self.filter(strategy__axis__edition=edition)
            .select_related("strategy__axis")
            .order_by("strategy__axis__number", "strategy__number", "number")
        )

    def with_code(self, code: str) -> Self:
        """The one with this code, such as «2.2.2»; none where the code is not three numbers."""
        numbers = _numbers(code, 3)
        if numbers is None:
            return self.none()
        return self.filter(strategy__axis__number=numbers[0], strategy__number=numbers[1], number=numbers[2])
