"""`aumenta tally FILE.json [--json]`: count a vote by the rule of its body.

FILE holds `rule` (`quorum`, `majority`, `abstentions`, `tie`), `members`, and `votes` by id or `counts`. The JSON has
`outcome` (`passes`, `fails`, `no_quorum`, `not_computable`), every number behind it and `why`, one sentence.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from aumenta.analyst.frame import InputError, about, answer, json_option
from aumenta.analyst.language import _
from aumenta.core.tally.ballot import Option, read_ballot
from aumenta.core.tally.count import Outcome, Reason, Result, count
from aumenta.core.tally.rule import RuleFault, TallyError, read_rule
from aumenta.core.words_of_libraries import in_the_readers_words

HELP = _("Count a vote by the rule of its body: quorum, majority, abstentions, ties; residents where the rule asks.")

WHY = {
    Reason.MAJORITY_MET: _("{for} in favour, {majority} needed"),
    Reason.CHAIR_DECIDED_FOR: _("{for} in favour and as many against: the vote of the chair, in favour, decides"),
    Reason.MAJORITY_NOT_MET: _("{for} in favour, {majority} needed"),
    Reason.RESIDENTS_NOT_MET: _(
        "{for} municipalities in favour are enough, their {residents} residents are not: {residents_needed} are needed"
    ),
    Reason.NEITHER_MET: _(
        "{for} municipalities in favour of the {majority} needed, with {residents} residents of the {residents_needed}"
        " needed"
    ),
    Reason.TIE: _("{for} in favour and as many against: by this rule a tie fails"),
    Reason.CHAIR_DECIDED_AGAINST: _("{for} in favour and as many against: the vote of the chair, against, decides"),
    Reason.TOO_FEW_PRESENT: _("{present} present, and the quorum is {quorum}"),
    Reason.COUNTS_DO_NOT_ADD_UP: _("the votes add up to {sum} and the present are {present}"),
    Reason.MORE_PRESENT_THAN_MEMBERS: _("{present} present, and the members are {members}"),
    Reason.MEMBERS_DIFFER: _("the counts speak of {members} members and the list of another number"),
    Reason.MEMBERS_UNKNOWN: _("the rule needs the number of members, and it is not there"),
    Reason.CHAIR_UNKNOWN: _("the quorum leaves out the chair, and no member is marked as chair"),
    Reason.CHAIR_PRESENCE_UNKNOWN: _(
        "{present} present are just the quorum, which leaves out the chair: say whether the chair is one of them"
    ),
    Reason.CHAIR_VOTE_UNKNOWN: _("{for} in favour and as many against: the chair decides, and that vote is not known"),
    Reason.RESIDENTS_UNKNOWN: _("the rule needs the residents of every municipality; missing: {missing}"),
    Reason.NAMES_NEEDED_FOR_RESIDENTS: _("the rule needs to know which municipalities voted in favour, not how many"),
}

OUTCOMES = {
    Outcome.PASSES: _("passes"),
    Outcome.FAILS: _("fails"),
    Outcome.NO_QUORUM: _("no quorum"),
    Outcome.NOT_COMPUTABLE: _("can't be computed"),
}
FAULTS = {
    RuleFault.NOT_A_RECORD: _("“{key}” has another shape than expected: {value}"),
    RuleFault.UNKNOWN_KEY: _("“{key}” has no “{value}”"),
    RuleFault.UNKNOWN_VALUE: _("“{value}” is no possible value of “{key}”"),
    RuleFault.NOT_A_SHARE: _('“{key}” must be a share above 0 and up to 1, such as "1/3", not {value}'),
    RuleFault.MORE_THAN_ALL: _("“{key}”: nobody can reach more than all"),
    RuleFault.NOT_A_COUNT: _("“{key}” must be a whole number from 0 on, not {value}"),
    RuleFault.NOT_A_YES_OR_NO: _("“{key}” must be true or false, not {value}"),
    RuleFault.MEMBER_WITHOUT_ID: _("“{key}” has no id"),
    RuleFault.MEMBER_TWICE: _("the member “{value}” is there twice"),
    RuleFault.CHAIR_TWICE: _("more than one member is marked as chair: {value}"),
    RuleFault.VOTE_TWICE: _("the vote of “{value}” is there twice"),
    RuleFault.NOT_A_MEMBER: _("“{value}” votes and is not among the members"),
    RuleFault.NOTHING_VOTED: _("there are neither “votes” nor “counts”"),
    RuleFault.VOTES_AND_COUNTS: _("there are both “votes” and “counts”: leave one"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how to answer."""
    parser.add_argument("file", type=Path, help=_("JSON with rule, members and votes or counts"))
    json_option(parser)


def run(options: argparse.Namespace) -> None:
    """Count and print."""
    with about(options.file):
        try:
            record = read(options.file)
            result = count(read_rule(record["rule"]), read_ballot(record))
        except TallyError as problem:
            raise InputError(FAULTS[problem.fault].format(key=problem.key, value=problem.value)) from None
    answer(as_json(result), options, lambda shown: f"{OUTCOMES[shown['outcome']]}: {shown['why']}")


def read(path: Path) -> dict[str, Any]:
    """The record of a file; a key written twice (a name voting twice) is not silently the last one."""
    try:
        record = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
    except TallyError:
        raise
    except (ValueError, RecursionError) as problem:
        sentence = _("this is not JSON")
        raise InputError(f"{sentence} ({in_the_readers_words(str(problem), _)})") from None
    if not isinstance(record, dict) or "rule" not in record:
        raise TallyError(RuleFault.NOT_A_RECORD, "rule", record.get("rule") if isinstance(record, dict) else record)
    return record


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for key, value in pairs:
        if key in record:
            raise TallyError(RuleFault.VOTE_TWICE, key, key)
        record[key] = value
    return record


def as_json(result: Result) -> dict[str, Any]:
    """Every number of the result, and the reason as a sentence in the console's language."""
    of = {option.value: result.counts.of.get(option, 0) for option in Option if option is not Option.ABSENT}
    quorum, majority, residents = result.quorum, result.majority, result.residents
    return {
        "outcome": result.outcome.value,
        "present": result.present,
        "voters": result.voters,
        **of,
        "quorum": {"needed": quorum.needed, "met": quorum.met},
        "majority": {"needed": majority.needed, "reached": majority.reached, "met": majority.met},
        "residents": None
        if residents is None
        else {
            "needed": residents.needed,
            "reached": residents.reached,
            "share": residents.share,
            "met": residents.met,
        },
        "why": _why(result, of),
    }


def _why(result: Result, of: dict[str, int]) -> str:
    residents = result.residents
    sentence = WHY[result.reason].format(
        **of,
        present=result.present,
        sum=result.counts.sum,
        members=result.counts.members,
        quorum=result.quorum.needed,
        majority=result.majority.needed,
        residents=residents.reached if residents else None,
        residents_needed=residents.needed if residents else None,
        missing=", ".join(result.missing) or _("those of every municipality"),
    )
    return sentence[0].upper() + sentence[1:] + "."
