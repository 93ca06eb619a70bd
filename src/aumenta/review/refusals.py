"""Why a verb of the review refused: what its refusals bring along, and what a person reads."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from aumenta.people.dates import moment_in_words
from aumenta.people.models import User
from aumenta.people.reader import inside_quotes
from aumenta.people.refusals import RefusedError, Sentence
from aumenta.review.field_names import field_names
from aumenta.review.models import Proposal, Version


class StaleBaseError(RefusedError):
    """The sheet got newer versions than the one she started from: `versions`, oldest first."""

    def __init__(self, versions: list[Version]) -> None:
        super().__init__("stale_base", versions=versions)
        self.versions = versions


class StaleRevisionError(RefusedError):
    """The draft was saved by somebody else meanwhile: `proposal` as it is now, last saved by `who`."""

    def __init__(self, proposal: Proposal, reader: User) -> None:
        who = _who_saved(proposal)
        super().__init__("stale_revision", proposal=proposal, who=who)
        self.proposal = proposal
        self.own_window = who.pk == reader.pk


def _who_saved(proposal: Proposal) -> User:
    """Who saved the draft last: somebody who wrote in it, or its author."""
    last = proposal.editors.select_related("person").order_by("-last_at").first()
    return last.person if last and last.last_at >= proposal.saved_at else proposal.author


class ProblemsError(RefusedError):
    """The content can't be a sheet: `problems` as plan.sheet_content gives them."""

    def __init__(self, problems: list[tuple[str, str, str]]) -> None:
        super().__init__("problems", problems=problems)
        self.problems = problems


def _stale_base(error: StaleBaseError) -> str:
    newest = error.versions[-1]
    who = newest.author or newest.approved_by
    if who is None:
        return gettext(
            "The sheet was changed on %(when)s by an import. Compare your text with the new one, then send again."
        ) % {"when": moment_in_words(newest.made_at, "il")}
    return gettext(
        "The sheet changed while you were working: %(who)s changed %(fields)s, approved on %(when)s. Compare your text "
        "with the new one, then send again."
    ) % {"who": who, "fields": _changed_fields(error), "when": moment_in_words(newest.made_at, "del")}


def _changed_fields(error: StaleBaseError) -> str:
    return field_names(error.params.get("fields", []))


def _stale_revision(error: StaleRevisionError) -> str:
    if error.own_window:
        return gettext(
            "You saved this draft in another window at %(time)s. Nothing was written over it: compare the two texts "
            "below and save again."
        ) % {"time": moment_in_words(error.proposal.saved_at, "il")}
    return gettext(
        "%(who)s saved this draft at %(time)s, after you opened it. Nothing of yours was written over it: compare "
        "the two texts below and save again."
    ) % {"who": error.params["who"], "time": moment_in_words(error.proposal.saved_at, "il")}


def _problems(error: ProblemsError) -> str:
    return ngettext(
        "One thing must be put right before the proposal can be sent.",
        "%(count)d things must be put right before the proposal can be sent.",
        len(error.problems),
    ) % {"count": len(error.problems)}


def _with_near(sentence: str) -> Callable[[RefusedError], str]:
    """A sentence whose %(near)s asks whether one of the names in the refusal's `near` was meant."""

    def said(error: RefusedError) -> str:
        near = inside_quotes(error.params["near"])
        asked = " " + gettext("Did you mean “%(near)s”?") % {"near": near} if near else ""
        return gettext(sentence) % {**error.params, "near": asked}

    return said


SENTENCES: Final[Mapping[str, Sentence]] = {
    "stale_base": _stale_base,
    "stale_revision": _stale_revision,
    "problems": _problems,
    "already_open": _(
        "%(who)s already has a proposal open on this sheet. Write in that one, or wait until it is decided."
    ),
    "already_open_yours": _(
        "You have this sheet open in another window, where a draft was saved. Compare the two texts below and choose."
    ),
    "change_open": _("%(who)s has already proposed this: open that proposal, or wait until it is decided."),
    "change_open_yours": _("You are proposing this already, in another window: go on in that proposal."),
    "change_not_writable": _("This proposal is %(state)s: its text can't be changed any more."),
    "change_written_meanwhile": _(
        "You saved this proposal in another window after opening it here. Your text is in the fields below and was not "
        "saved: compare, then save again."
    ),
    "frame_changed": _(
        "The texts of “%(text)s” changed after you opened them, where you changed them too: read them, then propose "
        "anew."
    ),
    "frame_thing_gone": _("What this proposal is about is not in the plan any more: withdraw it."),
    "code_of_nothing": _(
        "“%(code_of)s” is no place of this edition: choose what it goes into and a number from 1 to 999."
    ),
    "code_taken": _("%(code_of)s is taken: choose a number that nothing has."),
    "code_was_given": _(
        "%(code_of)s was the code of something else, and old addresses lead there: choose a number that nothing ever "
        "had."
    ),
    "removed_too_long_ago": _(
        "%(code_of)s can't be put back: it was put back already, or taken out more than 90 days ago. Its texts are in "
        "the versions."
    ),
    "frame_not_empty": _("%(code_of)s is not empty: take out what it holds first."),
    "frame_text_too_long": _("“%(text)s…” has %(length)s characters and may have %(most)s: shorten it."),
    "frozen": _("The edition %(edition)s is frozen: reopen it for its update before changing its sheets."),
    "not_frozen": _("The edition %(edition)s is not frozen."),
    "not_writable": _("This proposal is %(state)s: its text can't be changed any more."),
    "taken_back": _(
        "The proposal on sheet %(code_of_sheet)s was taken back to be changed: decide on it once it is sent again."
    ),
    "not_submitted": _("This proposal is %(state)s: there is nothing to decide."),
    "not_approved": _("This proposal is %(state)s: there is no approval to take back."),
    "approved_too_long_ago": _(
        "It was approved more than %(days)s days ago: bring an earlier version back from the versions of the sheet."
    ),
    "written_since": _(
        "Sheet %(code_of_sheet)s was written in since then: bring an earlier version back from its versions instead."
    ),
    "undo_nothing": _("There is nothing here that one press could undo."),
    "not_open": _("This proposal is %(state)s: it can't be withdrawn."),
    "changed_since_seen": _("The proposal was changed after you opened it: read it again before deciding."),
    "own_proposal": _("You wrote in this proposal: somebody else has to decide on it."),
    "nothing_changed": _("The proposal says the same as the sheet: there is nothing to send."),
    "reason_required": _("Write why you send it back: its author needs to know what to change."),
    "reason_too_long": _("The reason has %(length)s characters and may have %(most)s: shorten it."),
    "comment_required": _("The comment is empty: write it, then send it."),
    "unknown_field": _("A sheet has no field “%(field)s”: comment on one of its fields, or on the whole."),
    "words_too_long": _("This text has %(length)s characters and may have %(most)s: shorten it."),
    "years_are_public": _("The edition %(edition)s is public: its years stand in its addresses and can't change."),
    "edition_has_work": _(
        "People wrote in the edition %(edition)s: it has %(count)s proposals. Have the open ones withdrawn; once one "
        "was approved the edition can only be renamed."
    ),
    "edition_in_use": _("The edition %(edition)s is still used by: %(what)s. It was not removed."),
    "release_gone": _("This dated version was taken away already."),
    "release_stays": _(
        "This dated version stays: a later one follows it, or everybody has been able to read and cite it for more "
        "than %(hours)s hours. Correct its title, date and act."
    ),
    "bad_act_address": _("“%(address)s” is not the address of a page: it begins with https://"),
    "waiting": _("%(count)s proposals wait for a decision: decide on them before freezing the edition."),
    "label_taken": _("There is already an edition %(label)s: choose other years."),
    "bad_label": _(
        "Write two years with a hyphen, such as 2027-2029; the first comes first, and from one to the other are thirty "
        "at most, between 1950 and 2150."
    ),
    "not_in_preparation": _("The edition %(edition)s is public: its sheets can't be added or taken out any more."),
    "already_public": _("The edition %(edition)s is public already."),
    "not_public": _("The edition %(edition)s is not public: nothing was changed."),
    "too_late_to_hide": _(
        "The edition %(edition)s has been public for more than %(hours)s hours, and people may have cited it: it "
        "stays. Say on its page that it is not in force, or correct its sheets by proposals."
    ),
    "sheets_are_public": _(
        "The sheets of the edition %(edition)s are public: they change by proposals. Load the document as the next "
        "edition, or propose the changes with the spreadsheet."
    ),
    "would_be_public": _(
        "The edition %(edition)s is public: what you load is read by everybody at once. Tick that you want this."
    ),
    "chapter_gone": _("Somebody took this text out meanwhile: copy yours from the fields and write it as a new one."),
    "chapter_changed": _(
        "Somebody changed this text after you opened it. Yours is in the fields below and was not saved: open the text "
        "in another window, compare, and save again from there."
    ),
    "chapter_too_long": _("The text has %(length)s characters and may have %(most)s: divide it."),
    "too_many_chapters": _("An edition has at most %(most)s texts."),
    "chapter_invalid": _("The text can't be saved: %(problem)s"),
    "empty_edition": _("The edition %(edition)s has no sheets yet: there is nothing to publish."),
    "open_proposal": _("A proposal is open on this sheet: decide on it first."),
    "day_to_come": _("%(day)s is still to come: write the day on which the act was adopted."),
    "title_required": _("Write a title in Italian."),
    "sheet_gone": _("Sheet %(code_of_sheet)s is not in the plan any more: its versions can only be read."),
    "drop_reason_required": _("Write why the sheet is taken out: it stays in the history."),
    "move_reason_required": _("Write why its code changes: it stays in the history."),
    "unknown_kind": _("Choose how it goes on: kept, reworded, split or merged."),
    "unknown_code": _("Nothing has the code “%(words)s” there: check it in the list of sheets."),
    "too_many_sheets": _("Too many rows: %(most)s at most."),
    "misspelt_column": _("The column “%(heading)s” is not known: if you mean “%(name)s”, write it so."),
    "text_too_long_for_a_cell": _(
        "A text of sheet %(code_of_sheet)s is longer than the %(most)s characters of a cell."
    ),
    "several_meant": _("“%(words)s” may be “%(several)s”: write which one."),
    "no_item": _("“%(words)s” names no item of a framework."),
    "unknown_item": _with_near(gettext_noop("No framework has an item “%(words)s”.%(near)s")),
    "unknown_actor": _with_near(
        gettext_noop("No actor is called “%(words)s”.%(near)s For a new one write “ | %(words)s”.")
    ),
    "demo_accounts_in_production": _("Demo accounts have known passwords: they are made only where DEBUG is on."),
    "words_required": _("Write the words to look for."),
    "same_edition": _("Something goes on from an edition to a later one: choose an earlier one as the origin."),
}
