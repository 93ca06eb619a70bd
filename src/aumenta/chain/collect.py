"""Collects the chain of an edition from the rooms: each reader asks the one query that says what everybody may read."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q

from aumenta.chain.graph import Chain, Node, Tie
from aumenta.governance.adoption import acts_of
from aumenta.monitoring.models import Indicator
from aumenta.plan.models import ActionContinuation, Edition, Strategy
from aumenta.results.models import Snapshot
from aumenta.themes.models import Coding, Issue
from aumenta.voices.models import Answer, Claim, Contribution, Passage

Found = Iterable[Node | Tie]
REACHED: Final = (Answer.Outcome.TAKEN_UP, Answer.Outcome.PARTLY, Answer.Outcome.ALREADY)
"""Outcomes whose words stand in a sheet."""


def chain_of(edition: Edition) -> Chain:
    """The chain of an edition that everybody may read; a fixed number of queries, whatever was said.

    Raises ValueError where the edition is not public.
    """
    if not edition.is_public:
        raise ValueError("the edition is not public")
    nodes: dict[str, Node] = {}
    ties: dict[Tie, None] = {}
    for read in (_frame, _earlier, _points, _issues, _passages, _tables, _acts, _indicators):
        for one in read(edition):
            if isinstance(one, Node):
                nodes.setdefault(one.key, one)
            else:
                ties[one] = None
    # A tie to what is not there (a sheet that was taken out since) leads nowhere.
    kept = tuple(tie for tie in ties if tie.before in nodes and tie.after in nodes)
    return Chain(edition.label, nodes, kept)


def strategy_key(label: str, code: str) -> str:
    """The key of a strategy."""
    return f"strategy/{label}/{code}"


def action_key(label: str, code: str) -> str:
    """The key of a sheet."""
    return f"action/{label}/{code}"


def _frame(edition: Edition) -> Found:
    """The edition, its strategies and their sheets; a row for each sheet, and one for a strategy without any."""
    label = edition.label
    yield Node(f"edition/{label}", "edition", edition.title_it, edition.title_en, about={"label": label})
    rows = Strategy.objects.of(edition).order_by("axis__number", "number", "actions__number")
    for axis, axis_it, axis_en, number, title_it, title_en, action, action_it, action_en in rows.values_list(
        *("axis__number", "axis__title_it", "axis__title_en", "number", "title_it", "title_en"),
        *("actions__number", "actions__title_it", "actions__title_en"),
    ):
        strategy = f"{axis}.{number}"
        yield Node(
            strategy_key(label, strategy), "strategy", title_it, title_en, about={"label": label, "code": strategy}
        )
        if action is None:
            continue
        key = action_key(label, f"{strategy}.{action}")
        told = {"label": label, "code": f"{strategy}.{action}", "axis": axis, "axis_it": axis_it, "axis_en": axis_en}
        yield Node(key, "action", action_it, action_en, about=told)
        yield Tie(strategy_key(label, strategy), "has", key)
        yield Tie(key, "part_of", f"edition/{label}")


def _earlier(edition: Edition) -> Found:
    """The sheets of earlier editions that go on in those of this one."""
    rows = ActionContinuation.objects.filter(
        newer__strategy__axis__edition=edition, older__strategy__axis__edition__state="public"
    ).select_related("older__strategy__axis__edition", "newer__strategy__axis")
    for row in rows:
        older, label = row.older, row.older.strategy.axis.edition.label
        key = f"earlier/{label}/{older.code}"
        about = {"label": label, "code": older.code}
        yield Node(key, "earlier", older.title_it, older.title_en, state=row.kind, about=about)
        yield Tie(key, "goes_on_in", action_key(edition.label, row.newer.code))


def _points(edition: Edition) -> Found:
    """The points of contributions that anybody may read, with their published answers and the sheets these name. An
    answer may name a sheet of a later edition: there it is told too."""
    here = Q(contribution__edition=edition) | Q(answer__version__edition=edition, answer__state=Answer.State.PUBLISHED)
    rows = Claim.objects.filter(here, contribution__in=Contribution.objects.shown()).select_related(
        "contribution__consultation", "answer__version__edition", "answer__version__action__strategy__axis"
    )
    for claim in rows.order_by("contribution", "position"):
        of = claim.contribution
        key = point_key(claim)
        yield Node(
            key,
            "point",
            claim.label,
            claim.label,
            words=claim.words,
            day=of.received_on,
            due=of.answer_due,
            invented=of.consultation.invented if of.consultation else False,
            about={"year": of.year, "number": of.number},
        )
        if of.strategy_code and of.edition_id == edition.pk:
            yield Tie(key, "concerns", strategy_key(edition.label, of.strategy_code))
        answer = claim.answer
        if answer is None or answer.state != Answer.State.PUBLISHED:
            continue
        yield Node(
            f"answer/{answer.pk}",
            "answer",
            claim.label,
            claim.label,
            words=answer.text,
            state=answer.outcome,
            day=answer.published_at.date() if answer.published_at else None,
            about={"year": of.year, "number": of.number, "passed_to": answer.passed_to, "sheet_words": answer.words},
        )
        yield Tie(key, "answered_by", f"answer/{answer.pk}")
        if answer.outcome in REACHED and (sheet := answer.sheet) and sheet.action:
            yield Tie(f"answer/{answer.pk}", answer.outcome, action_key(sheet.edition.label, sheet.action.code))


def point_key(claim: Claim) -> str:
    """The key of a point; one for each, as a contribution may have several."""
    return f"point/{claim.contribution.label.replace('/', '-')}/{claim.position}"


def _issues(edition: Edition) -> Found:
    """The issues in use with the actions that answer them; a row for each action of an issue."""
    label = edition.label
    rows = Issue.objects.in_use().issues().filter(edition=edition, parent__active=True)
    action = "answers__action__"
    for pk, title_it, title_en, state, heading, place, axis, strategy, number in rows.order_by(
        "parent__position", "position", "answers__pk"
    ).values_list(
        *("pk", "title_it", "title_en", "state", "parent__position", "position"),
        *(f"{action}strategy__axis__number", f"{action}strategy__number", f"{action}number"),
    ):
        about = {"label": label, "heading": heading, "place": place}
        yield Node(f"issue/{pk}", "issue", title_it, title_en, state=state, about=about)
        if number is not None:
            yield Tie(f"issue/{pk}", "answered_by", action_key(label, f"{axis}.{strategy}.{number}"))


def _passages(edition: Edition) -> Found:
    """The passages whose words anybody may read, and the issues they were given to."""
    rows = Passage.objects.quotable().filter(Q(statement__talk__edition=edition) | Q(contribution__edition=edition))
    codings = Coding.objects.filter(
        issue__edition=edition, issue__active=True, issue__parent__active=True, passage__in=rows.order_by()
    )
    named: dict[int, Issue] = {}
    for coding in codings.select_related("issue__parent").order_by("pk"):
        named.setdefault(coding.passage_id, coding.issue)
        yield Tie(f"passage/{coding.passage_id}", "names", f"issue/{coding.issue_id}")
    for one in rows.select_related("statement__talk", "contribution__consultation").order_by("pk"):
        talk, written = (one.statement.talk if one.statement else None), one.contribution
        yield Node(
            f"passage/{one.pk}",
            "passage",
            words=one.words,
            state=talk.kind if talk else "written",
            day=talk.held_on if talk else written.received_on if written else None,
            invented=talk.invented
            if talk
            else bool(written and written.consultation and written.consultation.invented),
            about=_where(edition, named.get(one.pk), written),
        )


def _where(edition: Edition, issue: Issue | None, written: Contribution | None) -> dict[str, Any]:
    """Where the words of a passage are read: with the issue they were given to, else with the contribution."""
    if issue and issue.parent:
        return {"label": edition.label, "heading": issue.parent.position, "place": issue.position}
    return {"year": written.year, "number": written.number} if written else {}


def _tables(edition: Edition) -> Found:
    """What was said at the tables of events whose results are published, as it was published."""
    public = Snapshot.objects.filter(event__edition=edition, event__results_published_at__isnull=False)
    shown = public.exclude(published_at=None).exclude(event__published_at=None).select_related("event")
    for snapshot in shown.order_by("event__starts_at"):
        state, slug, label = snapshot.read(), snapshot.event.slug, edition.label
        day = snapshot.event.starts_at.date()
        same: dict[str, Any] = {"day": day, "invented": state.invented}
        themes = {source: {"number": theme.id} for theme in state.themes for source in theme.sources}
        for said in state.observations:
            key = f"observation/{slug}/{said.id}"
            about = {"slug": slug, **themes.get(said.id, {})}
            yield Node(key, "observation", words=said.text, about=about, **same)
            if said.strategy:
                yield Tie(key, "concerns", strategy_key(label, said.strategy))
        for theme in state.themes:
            about = {"slug": slug, "number": theme.id}
            yield Node(f"theme/{slug}/{theme.id}", "theme", theme.name, about=about, **same)
            for source in theme.sources:
                yield Tie(f"observation/{slug}/{source}", "grouped_in", f"theme/{slug}/{theme.id}")
            for code in theme.strategies:
                yield Tie(f"theme/{slug}/{theme.id}", "concerns", strategy_key(label, code))


def _acts(edition: Edition) -> Found:
    for act in acts_of(edition):
        key, about = f"act/{act.slug}", {"slug": act.slug}
        yield Node(key, "act", act.object_it, act.object_en, state=act.state, day=act.day, about=about)
        yield Tie(f"edition/{edition.label}", "adopted_by", key)


def _indicators(edition: Edition) -> Found:
    """What is measured of actions and of strategies, as far as everybody may read it; a row for each pair of them."""
    label = edition.label
    action, strategy = "actions__strategy__axis__", "strategies__axis__"
    about_it = Q(**{f"{action}edition": edition}) | Q(**{f"{strategy}edition": edition})
    rows = Indicator.objects.filter(about_it, public=True).order_by("code")
    for code, name_it, name_en, of_action, *in_action, of_strategy, axis, number in rows.values_list(
        *("code", "name_it", "name_en", f"{action}edition", f"{action}number", "actions__strategy__number"),
        *("actions__number", f"{strategy}edition", f"{strategy}number", "strategies__number"),
    ):
        key = f"indicator/{code}"
        yield Node(key, "indicator", name_it, name_en, about={"code": code, "label": label})
        if of_action == edition.pk:
            yield Tie(action_key(label, ".".join(map(str, in_action))), "measured_by", key)
        if of_strategy == edition.pk:
            yield Tie(strategy_key(label, f"{axis}.{number}"), "measured_by", key)
