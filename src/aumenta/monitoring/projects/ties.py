"""Which actions a project carries out: proposed from component, place and words, decided by an editor."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.search.words import is_stop_word, plain_word, spellings_of, stem
from aumenta.core.text import plain_text
from aumenta.monitoring.activity import PROJECT_TIE_DECIDED, PROJECT_TIES_PROPOSED
from aumenta.monitoring.models import Project, ProjectTie
from aumenta.monitoring.rules import may_keep_projects
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.plan.models import Action, Alignment, Edition
from aumenta.plan.places import ties_of
from aumenta.territory.models import Territory

MOST: Final = 3
"""So many proposals for a project at most."""
RAREST: Final = 12
"""A word that stands in more actions than this tells nothing."""


@dataclass(frozen=True)
class _Candidate:
    action: int
    words: frozenset[str]
    places: frozenset[str]


@transaction.atomic
def propose_ties(*, person: User | None, edition: Edition, territory: Territory) -> int:
    """Propose actions of an edition for every project without a decided tie: same component of the programme and at
    least two telling words in common, more where it lies in places the action names. A proposal is marked as such and
    counts for no sum. What was decided stays. Returns how many proposals there are.

    `person` is None where the system prepares itself. Raises NotAllowedError.
    """
    if person is not None:
        check_permission(may_keep_projects(person))
    by_component = _candidates(edition, territory)
    of_edition = ProjectTie.objects.filter(action__strategy__axis__edition=edition)
    decided = of_edition.exclude(state="proposed")
    known = set(decided.values_list("project_id", "action_id"))
    settled = set(decided.filter(state="confirmed").values_list("project_id", flat=True))
    of_edition.filter(state="proposed").delete()
    made: list[ProjectTie] = []
    for project in Project.objects.exclude(pk__in=settled).prefetch_related("municipalities"):
        found = _proposals(project, by_component.get(project.component, ()))
        made += [tie for tie in found if (tie.project_id, tie.action_id) not in known][:MOST]
    ProjectTie.objects.bulk_create(made, batch_size=500)
    log(code=PROJECT_TIES_PROPOSED, person=person, about=edition, subject=edition.label, detail=str(len(made)))
    touch()
    return len(made)


def _candidates(edition: Edition, territory: Territory) -> dict[str, list[_Candidate]]:
    """The actions of each component with their telling words and the places they name."""
    actions = {one.pk: one for one in Action.objects.filter(strategy__axis__edition=edition)}
    words = {key: _words(f"{one.title_it} {plain_text(one.description_it)}") for key, one in actions.items()}
    held = Counter(word for some in words.values() for word in some)
    telling = {key: frozenset(word for word in some if held[word] <= RAREST) for key, some in words.items()}
    places: dict[int, set[str]] = defaultdict(set)
    for tie in ties_of(edition, territory):
        if tie.reach in {"zone", "municipality"}:
            places[tie.action_pk] |= tie.codes
    found: dict[str, list[_Candidate]] = defaultdict(list)
    aligned = Alignment.objects.filter(action__in=actions, item__framework__code="pnrr")
    for action, code in aligned.values_list("action_id", "item__code").distinct():
        found[code].append(_Candidate(action, telling[action], frozenset(places[action])))
    return found


def _words(text: str) -> frozenset[str]:
    plain = {plain_word(spelling) for spelling in spellings_of(text)}
    return frozenset(stem(word, "it") for word in plain if len(word) > 3 and not is_stop_word(word, "it"))


def _proposals(project: Project, candidates: Iterable[_Candidate]) -> list[ProjectTie]:
    said = _words(f"{project.title} {project.summary} {project.measure_name}")
    here = {place.istat_code for place in project.municipalities.all()}
    found = []
    for one in candidates:
        common = sorted(said & one.words)
        if len(common) < 2:
            continue
        near = bool(here & one.places)
        score = len(common) + (1.0 if near else 0.0)
        why = {"component": project.component, "words": common[:6], "place": near}
        found.append(ProjectTie(project=project, action_id=one.action, why=why, score=score))
    return sorted(found, key=lambda tie: (-(tie.score or 0), tie.action_id))


@transaction.atomic
def decide_tie(*, person: User, project: Project, action: Action, confirmed: bool) -> ProjectTie:
    """Say that a project carries an action out, or that it does not: proposed or not. Raises NotAllowedError."""
    check_permission(may_keep_projects(person))
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    state = ProjectTie.State.CONFIRMED if confirmed else ProjectTie.State.DECLINED
    facts = {"state": state, "decided_by": person, "decided_at": timezone.now()}
    tie, _made = ProjectTie.objects.update_or_create(project=project, action=action, defaults=facts)
    subject = f"{project.cup or project.key} → {action.code}"
    log(code=PROJECT_TIE_DECIDED, person=person, about=tie, subject=subject, detail=str(state))
    touch()
    return tie


@dataclass(frozen=True)
class Matching:
    """How many projects are tied, have one proposal, several, or none: together they are all of them."""

    confirmed: int
    one: int
    ambiguous: int
    unmatched: int

    @property
    def total(self) -> int:
        """All projects."""
        return self.confirmed + self.one + self.ambiguous + self.unmatched


def matching(edition: Edition, projects: Collection[int] | None = None) -> Matching:
    """How far the projects are tied to an edition: two queries, one where the projects are known."""
    keys = set(projects) if projects is not None else set(Project.objects.values_list("pk", flat=True))
    ties = ProjectTie.objects.filter(action__strategy__axis__edition=edition).values_list("project_id", "state")
    states: dict[int, list[str]] = defaultdict(list)
    for project, state in ties:
        states[project].append(state)
    counts = {"confirmed": 0, "one": 0, "ambiguous": 0, "unmatched": 0}
    for key in keys:
        proposed = states[key].count("proposed")
        name = (
            "confirmed"
            if "confirmed" in states[key]
            else "unmatched"
            if not proposed
            else "one"
            if proposed == 1
            else "ambiguous"
        )
        counts[name] += 1
    return Matching(**counts)
