"""Drafts of acts as OpenDocument texts, filled from what is entered: the notice that convenes a session, the proposed
resolution, the opinion of a body, the minutes. They are beginnings for who writes, and say so."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.core.odt import CENTRED, NOTE, SIGNATURE, Block, Heading, Items, Paragraph, Table, odt
from aumenta.governance.adoption import adopted_text
from aumenta.governance.composition import composition
from aumenta.governance.models import Act, Opinion, Session, Vote
from aumenta.governance.polls.words import outcome_words, why_words
from aumenta.governance.rule_words import rule_words
from aumenta.people.dates import day_in_words
from aumenta.people.reader import reader_language


def convening(session: Session) -> bytes:
    """The notice that convenes a session."""
    return _file(_("Notice of convocation"), _convening(session))


def proposal(act: Act) -> bytes:
    """The proposed resolution."""
    return _file(_("Proposed resolution"), _proposal(act))


def opinion_of(opinion: Opinion) -> bytes:
    """The opinion of a body on an act."""
    return _file(_("Opinion"), _opinion(opinion))


def minutes_of(session: Session) -> bytes:
    """The minutes of a session: attendance, votes with their names and results."""
    return _file(_("Minutes"), _minutes(session))


def _file(title: str, blocks: Iterable[Block]) -> bytes:
    return odt(blocks, title=title, language=reader_language())


def _day(day: date | None, article: str = "") -> str:
    return day_in_words(day, article) if day else "________"


def _draft(invented: bool) -> Iterable[Block]:
    yield Paragraph(_("Draft filled from the data of Aumenta: to be checked and completed before it is signed."), NOTE)
    if invented:
        yield Paragraph(_("Invented, to try out."), NOTE)


def _convening(session: Session) -> Iterable[Block]:
    yield Paragraph(session.body.territory.full_name, CENTRED)
    yield Heading(_("Notice of convocation"), 1)
    yield from _draft(session.invented)
    words = {
        "body": session.body,
        "day": _day(session.held_on),
        "hour": f"{session.begins:%H:%M}" if session.begins else "__:__",
    }
    yield Paragraph(_("%(body)s is convened on %(day)s at %(hour)s.") % words)
    yield Paragraph(_("Place: %(place)s") % {"place": session.place or "________"})
    yield Paragraph(_("How: %(mode)s") % {"mode": session.get_mode_display()})
    yield Heading(_("Order of the day"))
    yield Items(session.agenda_list or ["________"], numbered=True)
    rule = session.body.rules.filter(matter="any").first() or session.body.rules.first()
    if rule is not None:
        yield Heading(_("How the body decides"))
        yield Items([*rule_words(rule.rule), rule.citation])
    yield Paragraph(_day(session.convened_on))
    yield Paragraph(session.chair or "________", SIGNATURE)


def _proposal(act: Act) -> Iterable[Block]:
    yield Paragraph(act.body.territory.full_name, CENTRED)
    yield Paragraph(str(act.body), CENTRED)
    yield Heading(_("Proposed resolution"), 1)
    yield from _draft(act.invented)
    yield Heading(_("Object"))
    yield Paragraph(act.object_it)
    yield Heading(_("Premises"))
    for opinion in act.opinions.select_related("body").prefetch_related("conditions"):
        yield Paragraph(_opinion_words(opinion))
        for one in opinion.conditions.all():
            yield Items([f"{one.words} – {one.get_answer_display() or '________'}: {one.because}".rstrip(": ")])
        if opinion.departing:
            yield Paragraph(_("Why the act departs from it: %(why)s") % {"why": opinion.departing})
    for hearing in act.hearings.all():
        yield Paragraph(_("Heard on %(day)s: %(who)s") % {"day": _day(hearing.held_on, "del"), "who": hearing.who})
    yield from _text(act)
    yield Heading(_("The body decides"))
    yield Items(act.point_list or ["________"], numbered=True)
    yield Heading(_("Annexes"))
    rows = [(one.number, one.title, one.digest) for one in act.annexes.all()]
    yield Table((_("No."), _("Title"), "SHA-256"), rows) if rows else Paragraph(_("None."))
    yield Paragraph("________", SIGNATURE)


def _text(act: Act) -> Iterable[Block]:
    found = adopted_text(act)
    text = act.texts.order_by("-number").first()
    if text is None:
        return
    yield Heading(_("Text"))
    if text.release is not None:
        yield Paragraph(
            _("Edition %(edition)s of the plan, dated version “%(title)s” of %(day)s.")
            % {
                "edition": text.release.edition.label,
                "title": text.release.title_it,
                "day": _day(text.release.dated, "del"),
            }
        )
    else:
        for line in text.words.splitlines():
            yield Paragraph(line)
    yield Paragraph(f"SHA-256 {found.digest if found else text.digest}", NOTE)


def _opinion_words(opinion: Opinion) -> str:
    words = {"body": opinion.body, "day": _day(opinion.given_on), "asked": _day(opinion.asked_on, "il")}
    if opinion.given_on is None:
        return _("%(body)s: opinion asked on %(asked)s.") % words
    return _("%(body)s: %(outcome)s, on %(day)s.") % {**words, "outcome": opinion.get_outcome_display()}


def _opinion(opinion: Opinion) -> Iterable[Block]:
    yield Paragraph(opinion.body.territory.full_name, CENTRED)
    yield Paragraph(str(opinion.body), CENTRED)
    yield Heading(_("Opinion"), 1)
    yield from _draft(opinion.act.invented)
    yield Heading(_("On"))
    yield Paragraph(f"{opinion.act.body}: {opinion.act.object_it}")
    kind = _("binding opinion") if opinion.binding else _("mandatory opinion")
    yield Paragraph(
        _("%(kind)s, asked on %(asked)s, due on %(due)s.")
        % {"kind": kind.capitalize(), "asked": _day(opinion.asked_on, "il"), "due": _day(opinion.due_on)}
    )
    text = opinion.text or opinion.act.texts.order_by("-number").first()
    if text is not None:
        yield Paragraph(f"SHA-256 {text.digest}", NOTE)
    yield Heading(_("The body is of the opinion"))
    yield Paragraph(opinion.get_outcome_display() if opinion.outcome else "________")
    if opinion.words:
        yield Paragraph(opinion.words)
    yield Heading(_("Conditions and observations"))
    found = [one.words for one in opinion.conditions.all()]
    yield Items(found, numbered=True) if found else Paragraph("________")
    for vote in opinion.polls.exclude(closed_at=None):
        yield from _vote(vote)
    yield Paragraph("________", SIGNATURE)


def _minutes(session: Session) -> Iterable[Block]:
    yield Paragraph(session.body.territory.full_name, CENTRED)
    yield Heading(_("Minutes of %(session)s") % {"session": session}, 1)
    yield from _draft(session.invented)
    facts = (
        (_("Held on"), _day(session.held_on)),
        (_("Begins at"), f"{session.begins:%H:%M}" if session.begins else "__:__"),
        (_("Place"), session.place or "________"),
        (_("Chaired by"), session.chair or "________"),
        (_("Secretary"), session.secretary or "________"),
    )
    yield Table((_("What"), ""), facts)
    yield Heading(_("Who is there"))
    yield from _attendance(session)
    if session.agenda_list:
        yield Heading(_("Order of the day"))
        yield Items(session.agenda_list, numbered=True)
    for vote in session.polls.exclude(closed_at=None).select_related("act"):
        yield Heading(str(vote.act or vote))
        yield from _vote(vote)
    yield Paragraph(session.secretary or "________", SIGNATURE)


def _attendance(session: Session) -> Iterable[Block]:
    found = composition(session.body, session.held_on)
    names = {seat.id: seat.name for seat in found.seats} if session.body.is_of_municipalities else {}
    stays = list(session.attendances.order_by("name"))
    rows = []
    for one in stays:
        state = _("excused") if one.excused else _("without a vote") if not one.votes else _("there")
        hours = (
            " – ".join(f"{hour:%H:%M}" if hour else "…" for hour in (one.arrived_at, one.left_at))
            if (one.arrived_at or one.left_at)
            else ""
        )
        rows.append((names.get(one.seat, ""), one.name, state, hours))
    if not rows:
        yield Paragraph(_("Attendance was not entered."))
        return
    here = len({one.seat for one in stays if one.votes and not one.excused})
    yield Paragraph(
        ngettext("%(n)s of %(all)s present.", "%(n)s of %(all)s present.", here) % {"n": here, "all": len(found.seats)}
    )
    yield Table((_("Municipality"), _("Name"), _("State"), _("Hours")), rows)


def _vote(vote: Vote) -> Iterable[Block]:
    yield Paragraph(_("Vote: %(question)s (%(method)s).") % {"question": vote, "method": vote.get_method_display()})
    result = vote.result or {}
    if result:
        numbers = ("present", "voters", "for", "against", "abstained", "not_voting")
        heads = (_("present"), _("voters"), _("for"), _("against"), _("abstained"), _("present, not voting"))
        yield Table(heads, [[result.get(key, "") for key in numbers]])
        yield Paragraph(f"{outcome_words(result).capitalize()}. {why_words(result)}")
    groups: dict[str, list[str]] = {}
    for ballot in vote.ballots.exclude(option="for"):
        groups.setdefault(str(ballot.get_option_display()), []).append(ballot.name)
    yield Items([f"{option}: {', '.join(names)}" for option, names in groups.items()])
