"""The rule of a body as sentences that a member of it understands."""

from fractions import Fraction

from django.utils.translation import gettext as _

from aumenta.core.tally.rule import Abstentions, MajorityOf, QuorumOf, Rule, TieRule


def rule_words(rule: Rule) -> list[str]:
    """Quorum, majority, abstentions and ties, one sentence each."""
    return [_quorum(rule), _majority(rule), _abstentions(rule), _tie(rule)]


def share_words(share: Fraction) -> str:
    """«1/3», as rules write it."""
    return f"{share.numerator}/{share.denominator}"


def _quorum(rule: Rule) -> str:
    if rule.quorum.of is QuorumOf.NONE:
        return _("No number of members has to be present, as far as is known.")
    words = {"share": share_words(rule.quorum.share)}
    if rule.quorum.without_chair:
        return _("At least %(share)s of the members must be present, the chair left out.") % words
    return _("At least %(share)s of the members must be present.") % words


def _majority(rule: Rule) -> str:
    majority = rule.majority
    words = {"share": share_words(majority.share), "residents": share_words(majority.residents_share)}
    if majority.of is MajorityOf.MUNICIPALITIES_AND_RESIDENTS:
        return (
            _(
                "In favour must be at least %(share)s of all municipalities, and those must hold more than "
                "%(residents)s of all residents."
            )
            % words
        )
    sentences = {
        (MajorityOf.VOTERS, True): _("It passes with more than %(share)s of the voters in favour."),
        (MajorityOf.VOTERS, False): _("It passes with at least %(share)s of the voters in favour."),
        (MajorityOf.PRESENT, True): _("It passes with more than %(share)s of those present in favour."),
        (MajorityOf.PRESENT, False): _("It passes with at least %(share)s of those present in favour."),
        (MajorityOf.MEMBERS, True): _("It passes with more than %(share)s of all members in favour."),
        (MajorityOf.MEMBERS, False): _("It passes with at least %(share)s of all members in favour."),
    }
    return sentences[majority.of, majority.strictly_more] % words


def _abstentions(rule: Rule) -> str:
    if rule.abstentions is Abstentions.COUNTED:
        return _("Who abstains is counted among the voters.")
    return _("Who abstains is not counted among the voters.")


def _tie(rule: Rule) -> str:
    return _("With a tie it fails.") if rule.tie is TieRule.FAILS else _("With a tie the vote of the chair decides.")
