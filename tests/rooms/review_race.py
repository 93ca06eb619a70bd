"""Two editors and an approver race on one sheet, round after round, in threads with their own connections.

In a fourth of the rounds the second editor writes in the draft that the first one has open.

Run as a program with the settings of the database to race on (AUMENTA_DATABASE_URL or AUMENTA_DATA), and the first
round and the one after the last: it makes its own plan there, races and prints one line of JSON with what it counted.
Any broken promise is an exception. Rounds are told by their number, so several processes may share them.
"""

import json
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from typing import Any

import django

django.setup()

from django.conf import settings
from django.db import connection

from aumenta.people.models import User
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Action
from aumenta.plan.sheet_content import read_content
from aumenta.review.approve import approve
from aumenta.review.edit_draft import edit_draft
from aumenta.review.models import Proposal, Version
from aumenta.review.propose import propose
from aumenta.review.record import record_import
from aumenta.review.submit import submit, take_back
from aumenta.review.withdraw import withdraw
from tests.cast import a_small_plan, somebody


class Round:
    """One race: what everybody wanted to write, and what came of it."""

    def __init__(self, action: Action, base: int, seed: int) -> None:
        self.action_id, self.base, self.seed = action.pk, base, seed
        self.before = read_content(action)
        self.start = threading.Barrier(3)
        self.saved: list[str] = []
        # Every revision somebody was told is hers, as (proposal, revision, the text it has).
        self.revisions: list[tuple[int, int, str]] = []
        self.refused: list[tuple[str, str, str]] = []
        self.met: Counter[str] = Counter()
        self.faults: list[BaseException] = []
        self.approved: list[Version] = []
        self.gone = 0

    def content(self, text: str) -> dict[str, Any]:
        return {**self.before, "description_it": f"<p>{text}</p>"}

    def editor(self, person: User, name: str) -> None:
        """Propose, write once more, send; in some rounds take it back and send it again."""
        dice = random.Random(f"{self.seed}{name}")
        action = Action.objects.get(pk=self.action_id)
        self.start.wait()
        time.sleep(dice.random() * 0.004)
        self.write(person, name, action, dice)

    def write(self, person: User, name: str, action: Action, dice: random.Random) -> None:
        text = f"{name} {self.seed}"
        first, second = self.content(text), self.content(f"{text} bis")
        try:
            proposal = propose(person=person, action=action, content=first, base=self.base)
            self.note(proposal, f"<p>{text}</p>")
            # Time enough, in some rounds, for somebody else to write in between.
            time.sleep(dice.random() * 0.008)
            proposal = edit_draft(person=person, proposal_id=proposal.pk, revision=proposal.revision, content=second)
            self.note(proposal, f"<p>{text} bis</p>")
            time.sleep(dice.random() * 0.008)
            submit(person=person, proposal_id=proposal.pk, revision=proposal.revision)
            if dice.random() < 0.3:
                back = take_back(person=person, proposal_id=proposal.pk)
                self.note(back, f"<p>{text} bis</p>")
                submit(person=person, proposal_id=proposal.pk, revision=back.revision)
        except RefusedError as refusal:
            self.hear(person, text, refusal)

    def second_hand(self, person: User, name: str) -> None:
        """Write in the draft the other editor has open, as it is now, and send it in some rounds; too late, propose."""
        dice = random.Random(f"{self.seed}{name}")
        text = f"{name} {self.seed}"
        content = self.content(text)
        action = Action.objects.get(pk=self.action_id)
        opened = Proposal.objects.open().filter(action_id=self.action_id).values_list("pk", "revision")
        look = opened.query.sql_with_params()
        self.start.wait()
        wanted = dice.choice((1, 2))
        found = (0, 0)
        # Asked before looking: what the other has done when she is gone is seen by the last look.
        last_look = False
        while found[1] < wanted and not last_look:
            time.sleep(0.001)
            last_look = self.gone >= 1
            with connection.cursor() as cursor:
                found = cursor.execute(*look).fetchone() or (0, 0)
        proposal_id, revision = found
        if not proposal_id:
            self.write(person, name, action, dice)
            return
        self.met["second_hand"] += 1
        time.sleep(dice.random() * 0.004)
        try:
            proposal = edit_draft(person=person, proposal_id=proposal_id, revision=revision, content=content)
            self.note(proposal, f"<p>{text}</p>")
            self.met["second_hand_wrote"] += 1
            if dice.random() < 0.5:
                submit(person=person, proposal_id=proposal_id, revision=proposal.revision)
        except RefusedError as refusal:
            self.met[f"second_hand_{refusal.code}"] += 1
            self.hear(person, text, refusal)

    def note(self, proposal: Proposal, text: str) -> None:
        self.revisions.append((proposal.pk, proposal.revision, text))

    def hear(self, person: User, text: str, refusal: RefusedError) -> None:
        sentence = refusal_sentence(refusal)
        if refusal.code == "stale_revision":
            assert str(person) not in sentence, f"{person} is told that the text in her way is her own: {sentence}"
        self.refused.append((text, refusal.code, sentence))

    def approver(self, person: User) -> None:
        """Approve what waits, as soon as it waits, until the editors have gone home."""
        dice = random.Random(f"{self.seed}approver")
        self.start.wait()
        last_look = False
        # Looked at a thousand times a second: as plain SQL, so that looking leaves the editors the processor.
        waiting = Proposal.objects.submitted().filter(action_id=self.action_id).values("pk").query.sql_with_params()
        while not last_look:
            last_look = self.gone >= 2
            with connection.cursor() as cursor:
                somebody_waits = cursor.execute(*waiting).fetchone()
            if not somebody_waits:
                time.sleep(0.001)
                continue
            for proposal in Proposal.objects.submitted().filter(action_id=self.action_id):
                time.sleep(dice.random() * 0.002)
                try:
                    version = approve(person=person, proposal_id=proposal.pk, revision=proposal.revision)
                    self.approved.append(version)
                except RefusedError as refusal:
                    self.hear(person, "", refusal)
            time.sleep(0.001)

    def run(self, what: Callable[..., None], *arguments: Any) -> None:
        try:
            what(*arguments)
        except BaseException as fault:  # a lock error or a crash must not pass for a refusal
            self.faults.append(fault)
            self.start.abort()
        finally:
            self.gone += 1

    def race(self, threads: Executor, anna: User, bruno: User, carla: User) -> None:
        """Let the three of them at the sheet, each in a thread; threads keep their connections, as a server's do."""
        second = self.second_hand if self.seed % 4 == 0 else self.editor
        begun = [
            threads.submit(self.run, self.editor, anna, "Anna"),
            threads.submit(self.run, second, bruno, "Bruno"),
            threads.submit(self.run, self.approver, carla),
        ]
        wait(begun)
        if self.faults:
            raise self.faults[0]

    def check(self) -> None:
        """One winner at a time, a sentence for each of the others, every saved text still there."""
        action = Action.objects.get(pk=self.action_id)
        latest = Version.objects.latest_of(action)
        assert latest is not None
        assert read_content(action) == latest.content
        assert Proposal.objects.open().filter(action=action).count() <= 1
        assert all(len(sentence) > 20 for _, _, sentence in self.refused)
        self.check_revisions(action)
        assert lost(action, self.saved) == set()
        written = {text.removeprefix("<p>").removesuffix("</p>").removesuffix(" bis") for _, _, text in self.revisions}
        told = {text for text, _, _ in self.refused}
        assert {f"Anna {self.seed}", f"Bruno {self.seed}"} <= written | told, "somebody was neither saved nor told"
        assert latest.number - self.base == len(self.approved)

    def check_revisions(self, action: Action) -> None:
        """Each revision of a proposal was given to one saving only, and the last of them is the text that is kept.

        A text of Anna's may give way to one of Bruno's, but only to one he wrote over the revision that has hers.
        """
        given: dict[int, dict[int, str]] = {}
        for proposal_id, revision, text in self.revisions:
            texts = given.setdefault(proposal_id, {})
            assert revision not in texts, f"two savings were told they are revision {revision}"
            texts[revision] = text
        for proposal in Proposal.objects.filter(action=action, pk__in=given):
            texts = given.pop(proposal.pk)
            assert sorted(texts) == list(range(1, proposal.revision + 1)), "a revision nobody was told of"
            assert proposal.content["description_it"] == texts[proposal.revision]
            self.saved.append(texts[proposal.revision])
            authors = {text[3:].split()[0] for text in texts.values()}
            self.met["two_in_one_draft"] += len(authors) == 2
        assert not given, "a proposal has gone"


def lost(action: Action, saved: list[str]) -> set[str]:
    """Those of the saved texts that no proposal on the sheet has any more."""
    kept = Proposal.objects.filter(action=action, content__description_it__in=saved)
    return set(saved) - set(kept.values_list("content__description_it", flat=True))


def main(first: int, end: int) -> None:
    """Race the rounds from `first` to before `end` and print what happened."""
    # Nobody reads the log of queries, and writing it quotes each of them a second time.
    settings.DEBUG = False
    edition = a_small_plan()
    axis = edition.axes.get(number=1)
    anna, bruno = somebody("editor", axes=(axis,)), somebody("editor", axes=(axis,))
    carla = somebody("approver")
    record_import(edition=edition)
    action = Action.objects.of(edition).first()
    assert action is not None
    counted: Counter[str] = Counter()
    saved: list[str] = []
    threads = ThreadPoolExecutor(3)
    for seed in range(first, end):
        for proposal in Proposal.objects.open():
            withdraw(person=proposal.author, proposal_id=proposal.pk)
        latest = Version.objects.latest_of(action)
        assert latest is not None
        race = Round(action, latest.number, seed)
        race.race(threads, anna, bruno, carla)
        race.check()
        counted.update(code for _, code, _ in race.refused)
        counted["approved"] += len(race.approved)
        counted.update(race.met)
        saved += race.saved
    threads.shutdown()
    # What a later round lost of an earlier one.
    assert lost(action, saved) == set()
    print(json.dumps({"vendor": connection.vendor, "rounds": end - first, **counted}))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
