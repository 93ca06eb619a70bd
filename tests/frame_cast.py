"""What tests of an edition's frame share: an office that changes it, and a dated version that was sealed by mistake."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from unittest.mock import patch

from django.utils import timezone

from aumenta.people.models import User
from aumenta.plan.models import Action, Axis, Edition, Strategy
from aumenta.review.editions.freeze import freeze
from aumenta.review.frame.decide_change import approve_change, submit_change
from aumenta.review.frame.propose_change import propose_change, propose_to_put_back
from aumenta.review.models import FrameProposal, Release, RemovedSheet
from tests.cast import a_small_plan, somebody
from tests.refusals_met import office

Kind = FrameProposal.Kind
PLACES = {"move_axis": {"code": "7"}, "move_strategy": {"code": "1.5"}, "move_action": {"code": "1.1.8"}}
NEW = {"title_it": "Nome nuovo", "purpose_it": "<p>Perché sì.</p>", "introduction_it": "<p>C'era una volta.</p>"}


class Office:
    """A public edition with an editor of its first axis, and two who decide."""

    def __init__(self) -> None:
        self.edition = a_small_plan()
        self.axis = self.edition.axes.get(number=1)
        self.strategy = self.axis.strategies.get()
        self.action = Action.objects.of(self.edition).with_code("1.1.2").get()
        self.editor = somebody("editor", axes=(self.axis,))
        self.judge = somebody("approver")

    def about(self, kind: str) -> Edition | Axis | Strategy | Action:
        """What a change of this kind is about."""
        if kind == Kind.DROP_AXIS:
            return Axis.objects.get_or_create(edition=self.edition, number=3, defaults={"title_it": "Vuoto"})[0]
        if kind == Kind.DROP_STRATEGY:
            return Strategy.objects.get_or_create(axis=self.axis, number=2, defaults={"title_it": "Vuota"})[0]
        name = kind.removesuffix("_text")
        things: dict[str, Edition | Axis | Strategy | Action] = {
            "axis": self.axis,
            "strategy": self.strategy,
            "new_axis": self.edition,
            "new_strategy": self.axis,
            "new_action": self.strategy,
            "drop_action": self.action,
            "move_axis": self.axis,
            "move_strategy": self.strategy,
            "move_action": self.action,
        }
        return things[name]

    def opened(self, kind: str, by: User | None = None, **content: str) -> FrameProposal:
        """A draft, of an administrator where an editor may not."""
        writer = by or (somebody("administrator") if "axis" in kind and kind != Kind.AXIS_TEXT else self.editor)
        if kind.startswith("back_"):
            return propose_to_put_back(person=writer, removed=self.removed(kind.removeprefix("back_")))
        words = {**NEW, **PLACES.get(kind, {}), **content}
        return propose_change(
            person=writer, kind=kind, about=self.about(kind), content=words, reason="Deciso in Giunta"
        )

    def removed(self, kind: str = "action") -> RemovedSheet:
        """Action 1.1.2, or the empty strategy 1.2 or axis 3, taken out."""
        if not RemovedSheet.objects.filter(kind=kind).exists():
            self.approved(f"drop_{kind}")
        return RemovedSheet.objects.get(kind=kind)

    def sent(self, kind: str, **content: str) -> FrameProposal:
        made = self.opened(kind, None, **content)
        return submit_change(person=made.author, change=made, revision=made.revision)

    def approved(self, kind: str, **content: str) -> FrameProposal:
        made = self.sent(kind, **content)
        return approve_change(person=self.judge, change=made, revision=made.revision)


def sealed(edition: Edition | None = None) -> Release:
    """A dated version of the edition, sealed now."""
    edition = edition or Edition.objects.first() or a_small_plan()
    return freeze(person=office(), edition=edition, title_it="Per errore", dated=date(2022, 12, 22))


@contextmanager
def a_day_later() -> Iterator[None]:
    """More than a day has passed: when something was sealed the database itself lets nobody change."""
    now = timezone.now() + timedelta(hours=25)
    with patch("aumenta.review.editions.correct_release.timezone.now", lambda: now):
        yield
