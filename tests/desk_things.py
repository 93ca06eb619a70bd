"""What the desk's addresses are about: a sheet with a proposal that waits, an event, somebody's account."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from aumenta.contacts.models import Message
from aumenta.contacts.send_message import send_message
from aumenta.desk.urls import urlpatterns
from aumenta.people.models import User
from aumenta.plan.models import Action, Actor, ActorAlias, Chapter, Edition, SearchSynonym, Strategy
from aumenta.plan.sheet_content import read_content
from aumenta.review.models import FrameProposal, Proposal, Release, RemovedSheet
from aumenta.review.propose import propose
from aumenta.review.submit import submit
from aumenta.voices.contributions.attachments import SentFile
from aumenta.voices.models import Answer, Contribution, Talk
from aumenta.voices.talks.keep_talks import record_talk
from aumenta.voices.talks.transcripts import send_transcript
from tests.cast import somebody
from tests.desk_cast import media_numbers
from tests.events_cast import a_participant, a_small_event
from tests.governance_cast import value_of_governance
from tests.issues_cast import a_codebook
from tests.monitoring_cast import a_milestone, an_update, value_of_monitoring
from tests.papers_cast import a_paper, a_paper_part
from tests.surveys_cast import a_questionnaire, a_reply_from_paper
from tests.voices_cast import a_consultation, a_photo, admitted, an_answer, received

ROUTES = {str(pattern.name): pattern for pattern in urlpatterns}


@dataclass
class Things:
    """What an address is about: a sheet with a proposal that waits, somebody's account."""

    action: Action
    proposal: Proposal
    person: User
    kept: bool = True
    """Whether it is of a body that a secretary keeps."""

    @property
    def event(self) -> str:
        """The event that belongs to this thing, with a table in it."""
        return a_small_event(f"incontro-{slugify(self.action.code.replace('.', '-'))}").slug

    def address(self, name: str) -> str:
        """Where the route is for this thing; only what stands in its address is made."""
        return reverse(f"desk:{name}", kwargs={key: self.value(key, name) for key in ROUTES[name].pattern.converters})

    def value(self, key: str, name: str) -> str | int:
        """What stands at this place of the route's address."""
        if (made := value_of_governance(key, name, kept=self.kept)) is not None:
            return made
        if (made := value_of_monitoring(key, name)) is not None:
            return made
        match key:
            case "label":
                return self.action.strategy.axis.edition.label
            case "code":
                return (
                    self.action.strategy.code
                    if name in {"frame_add", "frame_text", "autosave_change"}
                    else self.action.code
                )
            case "kind":
                return "news" if name == "new_page" else "attori"
            case "mark":
                return "x"
            case "zone":
                return "tutte"
            case "slug":
                return "ascolto" if name == "process" else self.event
            case "file_format":
                return "csv"
            case "position" if name == "paper_part":
                return a_paper_part(self.action.strategy.axis.edition).pk
            case "position":
                return 1
            case "reply":
                return a_reply_from_paper(a_questionnaire(self.action.strategy.axis.edition)).pk
        assert key == "number", f"an address has a {key}: say which"
        return self.number(name)

    def number(self, name: str) -> int:
        """The number of what the route is about: a proposal unless it is named here."""
        match name:
            case "release":
                return a_release(self.action.strategy.axis.edition).number
            case "restore" | "event_table" | "event_venue":
                return 1
            case "person" | "change_person":
                return self.person.pk
            case "name":
                return a_wording().pk
            case "meant":
                return a_wording().actor.pk
            case "chapter":
                return a_chapter(self.action.strategy.axis.edition).position
            case "contribution":
                return a_contribution(self.action.strategy.axis.edition).pk
            case "talk" | "transcript":
                return a_talk(self.action.strategy.axis.edition).pk
            case (
                "questionnaire"
                | "questionnaire_questions"
                | "questionnaire_question"
                | "questionnaire_paper"
                | "questionnaire_paper_reply"
                | "questionnaire_invitations"
                | "questionnaire_replies"
            ):
                return a_questionnaire(self.action.strategy.axis.edition).pk
            case "paper" | "new_paper_part" | "paper_part":
                return a_paper(self.action.strategy.axis.edition).pk
            case "issue":
                return a_codebook(self.action.strategy.axis.edition)["1.1"].pk
            case "read_talk":
                return a_talk(self.action.strategy.axis.edition).pk
            case "read_contribution":
                return a_contribution(self.action.strategy.axis.edition).pk
            case "answer":
                return an_answer_there(self.action.strategy.axis.edition).pk
            case "consultation" | "answers" | "new_answer" | "publish_answers":
                return a_consultation(self.action.strategy.axis.edition).pk
            case "change_words" | "forget_words":
                return SearchSynonym.objects.get_or_create(written="pullman", meaning="autobus")[0].pk
            case "attachment" | "attachment_picture":
                return a_contribution_with_a_picture(self.action.strategy.axis.edition).pk
            case "change" | "write_change" | "move_change" | "decide_change" | "undo_change":
                return a_change(self.proposal.author, self.action).pk
            case "put_back":
                return a_removed_sheet(self.action.strategy).pk
            case "message_state":
                sent = Message.objects.first() or send_message(
                    name="Ada", email="ada@esempio.it", subject="plan", text="Ciao", language="it"
                )
                return sent.pk
            case "milestone":
                return a_milestone(self.action).pk
            case "progress_update":
                return an_update(self.action).pk
            case "event_person":
                return a_participant(self.event).pk
        return media_numbers(name).get(name, self.proposal.pk)


def a_contribution(edition: Edition) -> Contribution:
    """A text that somebody wrote about the edition."""
    found = Contribution.objects.filter(edition=edition).first()
    return found or Contribution.objects.create(
        edition=edition, text="Più treni la sera", received_on="2026-05-03", source="e-mail"
    )


def a_contribution_with_a_picture(edition: Edition) -> Contribution:
    """A contribution with which a picture came."""
    if found := Contribution.objects.filter(edition=edition, attachments__isnull=False).first():
        return found
    return received(a_consultation(edition), files=[SentFile("casa.jpg", a_photo())]).contribution


def a_talk(edition: Edition) -> Talk:
    """An interview, with a transcript that waits to be looked at."""
    if found := Talk.objects.filter(edition=edition).first():
        return found
    office = somebody("editor")
    facts = {"edition": edition, "kind": "interview", "title": "Colloquio"}
    made = record_talk(person=office, facts={**facts, "held_on": date(2026, 5, 3)})
    send_transcript(person=office, talk=made, name="x.txt", content=b"ADA: Bene\nUGO: Si\nADA: Ciao\nUGO: Ciao\n")
    return made


def an_answer_there(edition: Edition) -> Answer:
    """An answer to a contribution, written by somebody else."""
    if found := Answer.objects.filter(edition=edition).first():
        return found
    return an_answer(admitted(a_consultation(edition)), somebody("editor"))


def a_chapter(edition: Edition) -> Chapter:
    """A text of the edition outside its sheets."""
    return Chapter.objects.get_or_create(edition=edition, position=1, defaults={"title_it": "Premessa"})[0]


def a_release(edition: Edition) -> Release:
    """A dated version of the edition."""
    words = {"title_it": "Adozione", "dated": "2022-12-22", "structure": {"sheets": {}}, "content_hash": "x"}
    office = User.objects.get_or_create(email="ufficio@esempio.it")[0]
    return Release.objects.get_or_create(edition=edition, number=1, defaults={**words, "frozen_by": office})[0]


def a_wording() -> ActorAlias:
    """Another wording of some actor."""
    actor, _made = Actor.objects.get_or_create(slug="consorzi", name_it="Consorzi")
    return ActorAlias.objects.get_or_create(key="i consorzi", actor=actor, defaults={"printed": "I consorzi"})[0]


def a_change(author: User, action: Action) -> FrameProposal:
    """A new action that waits for a decision."""
    return FrameProposal.objects.get_or_create(
        author=author,
        edition=action.strategy.axis.edition,
        strategy=action.strategy,
        kind=FrameProposal.Kind.NEW_ACTION,
        defaults={
            "code": action.strategy.code,
            "content": {"title_it": "Più tetti verdi"},
            "state": "submitted",
            "submitted_at": timezone.now(),
        },
    )[0]


def a_removed_sheet(strategy: Strategy) -> RemovedSheet:
    """A sheet that was taken out of a strategy and can be put back."""
    words = {"code": f"{strategy.code}.98", "title_it": "Tolta per errore"}
    row = {"model": "plan.action", "pk": 9_000_000 + strategy.pk, "fields": {"strategy": strategy.pk, "number": 98}}
    return RemovedSheet.objects.get_or_create(
        edition=strategy.axis.edition, strategy=strategy, defaults={**words, "rows": [row]}
    )[0]


def a_proposal(author: User, action: Action) -> Proposal:
    content = {**read_content(action), "title_it": f"Nuovo titolo di {action.code}"}
    proposal = propose(person=author, action=action, content=content)
    return submit(person=author, proposal_id=proposal.pk, revision=proposal.revision)
