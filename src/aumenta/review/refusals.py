"""Why a verb refused, and the sentence that tells the person what to do about it."""

from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.people.rules import NotAllowedError


class RefusedError(Exception):
    """A verb did nothing, for a reason that has a code; the subject of the reason is in `params`."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}" if params else code)

    def own_sentence(self) -> str:
        """The sentence of a refusal that brings its own; empty for those of this room, which are below."""
        return ""


class StaleBaseError(RefusedError):
    """The sheet got newer versions than the one she started from: `versions`, oldest first."""

    def __init__(self, versions: list[Any]) -> None:
        super().__init__("stale_base", versions=versions)
        self.versions = versions


class StaleRevisionError(RefusedError):
    """The draft was saved by somebody else meanwhile: `proposal` as it is now, last saved by `who`."""

    def __init__(self, proposal: Any) -> None:
        super().__init__("stale_revision", proposal=proposal, who=_who_saved(proposal))
        self.proposal = proposal


def _who_saved(proposal: Any) -> Any:
    """Who saved the draft last: somebody who wrote in it, or its author."""
    last = proposal.contributions.select_related("person").order_by("-last_at").first()
    return last.person if last and last.last_at >= proposal.saved_at else proposal.author


class ProblemsError(RefusedError):
    """The content can't be a sheet: `problems` as plan.sheet_content gives them."""

    def __init__(self, problems: list[tuple[str, str, str]]) -> None:
        super().__init__("problems", problems=problems)
        self.problems = problems


def refusal_sentence(error: RefusedError | NotAllowedError) -> str:
    """What happened and what to do, in the reader's language."""
    if isinstance(error, NotAllowedError):
        return _("You may not do this. If you think you should, ask an administrator of the plan.")
    if own := error.own_sentence():
        return own
    if isinstance(error, StaleBaseError):
        return _stale_base(error)
    if isinstance(error, StaleRevisionError):
        return _(
            "%(who)s saved this draft at %(time)s, after you opened it. Nothing of yours was written over it: compare "
            "the two texts below and save again."
        ) % {"who": error.params["who"], "time": _time(error.proposal.saved_at)}
    if isinstance(error, ProblemsError):
        return ngettext(
            "One thing must be put right before the proposal can be sent.",
            "%(count)d things must be put right before the proposal can be sent.",
            len(error.problems),
        ) % {"count": len(error.problems)}
    return _simple(error)


def _stale_base(error: StaleBaseError) -> str:
    newest = error.versions[-1]
    who = newest.author or newest.approved_by
    if who is None:
        return _(
            "The sheet was changed on %(when)s by an import. Compare your text with the new one, then send again."
        ) % {"when": _time(newest.made_at)}
    return _(
        "The sheet changed while you were working: %(who)s changed %(fields)s, approved on %(when)s. Compare your text "
        "with the new one, then send again."
    ) % {"who": who, "fields": _changed_fields(error), "when": _time(newest.made_at)}


def _changed_fields(error: StaleBaseError) -> str:
    from aumenta.review.sentences import field_names  # sentences need the models, which need no refusals

    return field_names(error.params.get("fields", []))


def _time(moment: Any) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")


def _simple(error: RefusedError) -> str:
    params = {key: str(value) for key, value in error.params.items()}
    sentences = {
        "already_open": _(
            "%(who)s already has a proposal open on this sheet. Write in that one, or wait until it is decided."
        ),
        "frozen": _("The edition %(edition)s is frozen: reopen it for its update before changing its sheets."),
        "not_frozen": _("The edition %(edition)s is not frozen."),
        "not_writable": _("This proposal is %(state)s: its text can't be changed any more."),
        "not_submitted": _("This proposal is %(state)s: there is nothing to decide."),
        "not_open": _("This proposal is %(state)s: it can't be withdrawn."),
        "changed_since_seen": _("The proposal was changed after you opened it: read it again before deciding."),
        "own_proposal": _("You wrote in this proposal: somebody else has to decide on it."),
        "nothing_changed": _("The proposal says the same as the sheet: there is nothing to send."),
        "reason_required": _("Write why you send it back: its author needs to know what to change."),
        "comment_required": _("The comment is empty: write it, then send it."),
        "waiting": _("%(count)s proposals wait for a decision: decide on them before freezing the edition."),
        "label_taken": _("There is already an edition %(label)s: choose other years."),
        "bad_label": _("Write two years with a hyphen, such as 2027-2029; the first comes first."),
        "not_in_preparation": _("The edition %(edition)s is public: its sheets can't be added or taken out any more."),
        "already_public": _("The edition %(edition)s is public already."),
        "empty_edition": _("The edition %(edition)s has no sheets yet: there is nothing to publish."),
        "open_proposal": _("A proposal is open on this sheet: decide on it first."),
        "title_required": _("Write a title in Italian."),
        "bad_email": _("«%(email)s» is not an e-mail address."),
        "email_taken": _("There is already an account with the address %(email)s."),
        "name_required": _("Write the name in Italian."),
        "organisation_taken": _("There is already an organisation called «%(name)s»."),
        "bad_municipality_code": _("«%(words)s» is not the code of a municipality: it has six figures."),
        "unknown_language": _("There is no language «%(language)s»."),
        "unknown_role": _("There is no role «%(role)s»."),
        "organisation_required": _("Choose the organisation the referent answers for."),
        "last_administrator": _("She is the last administrator: give somebody else the role first."),
        "sheet_gone": _("Sheet %(code_of_sheet)s is not in the plan any more: its versions can only be read."),
        "drop_reason_required": _("Write why the sheet is taken out: it stays in the history."),
        "unknown_kind": _("Choose how it goes on: kept, reworded, split or merged."),
        "unknown_code": _("Nothing has the code «%(words)s» there: check it in the list of sheets."),
        "no_wording": _("Write the wording: letters or figures are needed."),
        "alias_taken": _("«%(printed)s» means «%(meant)s» already."),
        "words_required": _("Write the words to look for."),
        "same_edition": _("Something goes on from an edition to a later one: choose an earlier one as the origin."),
    }
    return sentences.get(error.code, _("This can't be done now (%(code)s).")) % {"code": error.code, **params}
