"""Who may do what with indicators, readings, the progress of actions, projects."""

from aumenta.monitoring.models import Progress
from aumenta.people.models import Role
from aumenta.people.rules import Person, has_role, is_approver, writes_plan
from aumenta.plan.models import Action
from aumenta.plan.rules import may_propose_on, may_set_places


def may_keep_indicators(person: Person) -> bool:
    """Write cards of indicators, take readings in and correct them."""
    return has_role(person, Role.ADMINISTRATOR, Role.APPROVER, Role.EDITOR)


def may_publish_indicators(person: Person) -> bool:
    """Let everybody read an indicator, or nobody any more; freeze the goalposts of an edition."""
    return is_approver(person)


def may_set_vocabulary(person: Person) -> bool:
    """The office's words for how far actions have come, and the calendar on which it asks."""
    return is_approver(person)


def may_see_progress(person: Person) -> bool:
    """See at the desk how far actions have come: everybody who writes the plan; a referent her own."""
    return writes_plan(person)


def may_report_progress(person: Person, action: Action) -> bool:
    """Report how far this action has come: whoever may propose changes to its sheet."""
    return may_propose_on(person, action)


def may_set_implementation(person: Person, action: Action) -> bool:
    """Say which office carries it out and which milestones it is to reach: approvers, and editors of its axis."""
    return may_set_places(person, action)


def may_decide_progress(person: Person, progress: Progress) -> bool:
    """Approve an update or send it back: an approver, never who sent it."""
    return is_approver(person) and progress.sent_by_id != person.pk


def may_approve_progress(person: Person) -> bool:
    """Approve updates at all."""
    return is_approver(person)


def may_write_report(person: Person) -> bool:
    """Begin the yearly report and write its texts."""
    return may_keep_indicators(person)


def may_freeze_report(person: Person) -> bool:
    """Freeze the yearly report, open it again while it is not public, publish it."""
    return is_approver(person)


def may_keep_projects(person: Person) -> bool:
    """Take projects in, tie them to actions; keep the objectives of DUP and PIAO."""
    return may_keep_indicators(person)
