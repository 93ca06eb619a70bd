"""Two and three people on one sheet, in several windows, with a network that comes and goes, pressing everything.

The browser is modelled (frontend/js/shared/saving.js is held to the same rules by its own tests); the desk is the real
one. What somebody typed is in the draft, in a refused comparison, or in the copy her browser keeps, until somebody who
had it before her eyes changed it.
"""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from aumenta.plan.models import Action
from aumenta.review.models import Proposal
from tests.cast import a_small_plan, somebody
from tests.desk_cast import address, fields_of

pytestmark = pytest.mark.django_db

FIELDS = ("title_it", "summary_it", "reason")
POSITION = ("proposal", "revision", "base", "marks")
WHO = st.integers(0, 3)
NETWORK = st.sampled_from(["up", "up", "up", "down", "answer lost"])


class Window:
    """One window of one person: her form, what it was drawn from, and the copy her browser keeps of it."""

    def __init__(self, client: Client, action: Action) -> None:
        self.client, self.action = client, action
        self.copy: dict[str, str] | None = None
        self.shown: dict[str, Any] | None = None
        self.sent: dict[str, str] | None = None
        self.read()

    def read(self) -> None:
        """Load the page; a form whose proposal waits for a decision is not there."""
        self.form = fields_of(self.client, self.action)
        self.copy, self.shown, self.sent = None, None, None
        self.saved = dict(self.form)

    def type(self, field: str, words: str) -> None:
        if self.form:
            self.form[field] = words
            self.copy = dict(self.form)

    def save(self, network: str, name: str = "autosave", **more: str) -> bool:
        """One saving, as the script does it: what was never answered goes first, just as it was."""
        if not self.form or self.shown or (self.form == self.saved and name == "autosave"):
            return False
        posted = self.sent or dict(self.form)
        if network == "down":
            return False
        answer = self.client.post(address("autosave", self.action), {**posted, **self.position()})
        if network == "answer lost":
            self.sent = posted
            return False
        again, self.sent = self.sent is not None, None
        if answer.status_code == 409:
            if not again:
                self.shown = answer.json()
            return False
        assert answer.status_code == 200
        self.form |= {key: str(value) for key, value in answer.json().items() if key in POSITION}
        if all(self.form[field] == posted[field] for field in FIELDS):
            self.copy, self.saved = None, dict(self.form)
        return True

    def position(self) -> dict[str, str]:
        return {name: self.form[name] for name in POSITION}

    def keep_mine(self) -> None:
        """«Keep my text»: she has seen the other's."""
        if self.shown and "seen" in self.shown:
            self.form |= {name: str(self.shown[name]) for name in POSITION if name in self.shown}
            self.shown = None
            self.save("up")

    def send(self) -> None:
        if self.form and not self.copy and not self.shown:
            answer = self.client.post(address("sheet", self.action), {**self.form, "submit": "1"}, follow=True)
            assert answer.status_code in (200, 409)
            self.read()


class Morning(RuleBasedStateMachine):
    """Three people, the first with two windows."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.action = Action.objects.select_related("strategy__axis__edition").get(number=1, strategy__axis__number=1)
        self.windows = []
        for person in (
            somebody("editor", axes=(self.action.strategy.axis,)),
            somebody("approver"),
            somebody("approver"),
        ):
            client = Client()
            client.force_login(person)
            self.windows += [Window(client, self.action) for _n in range(1 if self.windows else 2)]
        self.number = 0
        # The last words of each window in each field, until it is known that they may be gone.
        self.words: dict[tuple[int, str], str] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @rule(who=WHO, field=st.sampled_from(FIELDS))
    def types(self, who: int, field: str) -> None:
        """Every word is another, so that it is known whose it is."""
        if not self.windows[who].form:
            return
        self.number += 1
        before = self.windows[who].form[field]
        self.windows[who].type(field, f"Parole {self.number}")
        self.words[who, field] = f"Parole {self.number}"
        # She writes over what she sees: whoever wrote that has been read.
        for key, words in list(self.words.items()):
            if words == before and key[1] == field:
                del self.words[key]

    @rule(who=WHO, network=NETWORK)
    def saves(self, who: int, network: str) -> None:
        self.windows[who].save(network)

    @rule(who=WHO, field=st.sampled_from(("summary_it", "summary_it", "title_it")))
    def types_and_waits_for_the_saving(self, who: int, field: str) -> None:
        """What mostly happens: of typing and saving apart hardly ever two meet in one field."""
        self.types(who=who, field=field)
        self.windows[who].save("up")

    @rule(who=WHO)
    def decides_for_hers(self, who: int) -> None:
        if shown := self.windows[who].shown:
            # What she was shown may go; the comparison names it.
            told = " ".join(shown["changes"])
            for key, words in list(self.words.items()):
                if words in told and self.windows[who].form[key[1]] != words:
                    del self.words[key]
        self.windows[who].keep_mine()

    @rule(who=WHO)
    def decides_for_theirs(self, who: int) -> None:
        if self.windows[who].shown:
            self.windows[who].read()
            self.words = {key: words for key, words in self.words.items() if key[0] != who}

    @rule(who=WHO)
    def loads_the_page_anew(self, who: int) -> None:
        """Her browser offers the copy of what was not saved; she takes it up."""
        window = self.windows[who]
        copy, sent = window.copy, window.sent
        window.read()
        if copy and window.form:
            window.form, window.copy, window.sent = dict(copy), copy, sent
        elif copy:
            window.copy = copy

    @rule(who=WHO)
    def sends(self, who: int) -> None:
        self.windows[who].send()

    @rule(who=WHO)
    def takes_back(self, who: int) -> None:
        if proposal := Proposal.objects.filter(state="submitted").first():
            self.windows[who].client.post(f"/it/scrivania/proposte/{proposal.pk}/riprendi/")
            if not self.windows[who].copy:
                self.windows[who].read()

    @invariant()
    def nothing_that_was_typed_is_lost(self) -> None:
        draft = Proposal.objects.first()
        for (who, field), words in self.words.items():
            window = self.windows[who]
            held = {"reason": draft.reason, **draft.content}.get(field) if draft else None
            compared = window.shown is not None and window.form.get(field) == words
            kept = window.copy is not None and window.copy.get(field) == words
            assert held == words or compared or kept, f"«{words}», typed into {field} by {who}, is nowhere"


def test_whatever_people_press_in_whatever_order_what_somebody_typed_is_somewhere() -> None:
    a_small_plan()
    run_state_machine_as_test(
        Morning,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
