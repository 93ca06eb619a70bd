"""Who reads, withdraws and decides proposals, and who works on editions as a whole."""

from aumenta.people.models import Role, User
from aumenta.people.rules import Person, has_role, is_administrator, is_approver, is_signed_in
from aumenta.plan.models import Action, Axis, Edition, Strategy
from aumenta.plan.rules import may_propose_on
from aumenta.review.models import FrameProposal, Proposal


def wrote_in(person: User, proposal: Proposal) -> bool:
    """Whether any word of the proposal is hers: she can't decide on it."""
    return proposal.author_id == person.pk or proposal.editors.filter(person=person).exists()


def may_read_proposal(person: Person, proposal: Proposal) -> bool:
    """Approvers, its writers, and whoever may propose on the same sheet."""
    if not is_signed_in(person):
        return False
    if is_approver(person) or proposal.author_id == person.pk:
        return True
    return proposal.action is not None and may_propose_on(person, proposal.action)


def may_withdraw(person: Person, proposal: Proposal) -> bool:
    """Its author, or an administrator when the author is away."""
    return is_signed_in(person) and (proposal.author_id == person.pk or is_administrator(person))


def may_decide(person: Person, proposal: Proposal) -> bool:
    """An approver who wrote nothing in it."""
    return is_signed_in(person) and is_approver(person) and not wrote_in(person, proposal)


def may_read_log(person: Person) -> bool:
    """The whole activity log, with names."""
    return is_approver(person)


def may_manage_editions(person: Person) -> bool:
    """Open, freeze, reopen and publish editions; add and take out sheets."""
    return is_administrator(person)


def may_confirm_proposed(person: Person) -> bool:
    """Say that what was proposed from the text of a document (titles, alignments) is right."""
    return is_approver(person)


def may_see_editions(person: Person) -> bool:
    """The desk's pages of editions: whoever writes whole axes of them."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR)


def axes_continued_by(person: Person, edition: Edition) -> set[int]:
    """The axes of an edition for whose strategies and actions she says what they go on from: all for administrators and
    approvers, her own for an editor."""
    axes = edition.axes.all()
    if not is_approver(person):
        if not (is_signed_in(person) and has_role(person, Role.EDITOR)):
            return set()
        axes = axes.filter(charges__person=person)
    return set(axes.values_list("pk", flat=True))


def may_continue(person: Person, axis: Axis) -> bool:
    """Whether she says what the strategies and actions of an axis go on from."""
    return axis.pk in axes_continued_by(person, axis.edition)


def may_change_frame(person: Person, kind: str, about: Edition | Axis | Strategy | Action) -> bool:
    """Whether she may propose this change to the frame: administrators and approvers any, an editor within her axes.

    An axis is added, renumbered or taken out by administrators and approvers alone.
    """
    if isinstance(about, Edition) or kind in (FrameProposal.Kind.DROP_AXIS, FrameProposal.Kind.MOVE_AXIS):
        return is_approver(person)
    strategy = about.strategy if isinstance(about, Action) else about
    return may_continue(person, strategy.axis if isinstance(strategy, Strategy) else strategy)


def may_move_to(person: Person, edition: Edition, code: str) -> bool:
    """Whether she may propose that something be moved to this code: an editor within her axes."""
    if is_approver(person):
        return True
    hers = edition.axes.filter(pk__in=axes_continued_by(person, edition))
    return code.partition(".")[0] in {axis.code for axis in hers}


def adds_at_once(person: Person, edition: Edition) -> bool:
    """Whether she adds an action without a proposal: an administrator, while nobody reads the edition."""
    return may_manage_editions(person) and not edition.is_public


def may_read_change(person: Person, change: FrameProposal) -> bool:
    """Whoever sees editions at the desk: approvers every change, an editor hers and those of her axes."""
    if not is_signed_in(person) or not may_see_editions(person):
        return False
    if is_approver(person) or change.author_id == person.pk:
        return True
    thing = change.action or change.strategy or change.axis
    return thing is not None and may_change_frame(person, change.kind, thing)


def may_write_change(person: Person, change: FrameProposal) -> bool:
    """Its author alone: so whoever decides wrote no word of it."""
    return is_signed_in(person) and may_see_editions(person) and change.author_id == person.pk


def may_withdraw_change(person: Person, change: FrameProposal) -> bool:
    """Its author, or an administrator when the author is away."""
    return is_signed_in(person) and (change.author_id == person.pk or is_administrator(person))


def may_decide_change(person: Person, change: FrameProposal) -> bool:
    """An approver who did not write it."""
    return is_signed_in(person) and is_approver(person) and change.author_id != person.pk
