"""The next edition has a copy of every table that belongs to the one before, field by field: asked of the models."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import NOT_PROVIDED, Model
from django.db.models.fields.related import ForeignKey

from aumenta.people.models import Organisation
from aumenta.plan.models import (
    Action,
    ActionPlace,
    Alignment,
    AlignmentProposal,
    Axis,
    AxisEditor,
    Chapter,
    Edition,
    FrameworkItem,
    Responsibility,
    SheetRow,
    Strategy,
    StrategyAlignment,
)
from aumenta.plan.propose_alignments import propose_alignments
from aumenta.review.editions.decide_alignments import decide_alignments
from aumenta.review.editions.open_edition import open_edition
from tests.cast import a_plan, a_small_plan, somebody

pytestmark = pytest.mark.django_db
PARENTS: tuple[type[Model], ...] = (Edition, Axis, Strategy, Action)
OWN = {
    "plan.edition": "went on from that edition: the copy says so of itself",
    "plan.actioncontinuation": "ties it to the edition before: written anew, and tested",
    "plan.strategycontinuation": "ties it to the edition before: written anew, and tested",
    "review.version": "what was approved in that edition; the copy's first is recorded",
    "review.proposal": "a change of that edition's sheets",
    "review.frameproposal": "a change of that edition's axes, strategies and actions",
    "review.removedsheet": "what was taken out of that edition",
    "plan.formercode": "a code that something of that edition had",
    "review.presence": "who has a form open now",
    "review.release": "a dated version of that edition",
    "review.headings": "what the edition was called at a time; the copy's first is recorded",
    "events.event": "was held about that edition",
    "events.eventstrategy": "stood on the posters of an event about that edition",
    "monitoring.goalposts": "was fixed with that edition",
    "monitoring.implementation": "who carries the actions of that edition out",
    "monitoring.milestone": "what actions of that edition were to reach",
    "monitoring.progress": "how far actions of that edition came",
    "monitoring.round": "asked about actions of that edition",
    "monitoring.yearlyreport": "told of a year of that edition",
    "monitoring.reporttext": "told of a year of a strategy of that edition",
    "monitoring.projecttie": "projects of actions of that edition",
    "governance.act": "adopted or changed that edition",
    "voices.answer": "answered what was said about that edition",
    "governance.tie": "how somebody judged its sheets; the next one says what it took over",
    "governance.tieproposal": "was read in the words of its sheets",
    "surveys.questionnaire": "asked about that edition",
    "themes.issue": "grew from what was said about that edition",
    "themes.paper": "was written about that edition",
    "themes.issuematrix": "counts what was said about that edition",
    "themes.issuestep": "is the history of that edition's issues",
    "themes.issueaction": "answers an issue of that edition",
    "voices.talk": "was held about that edition",
    "voices.consultation": "asked about that edition",
    "voices.contribution": "was written about that edition",
}
"""Tables that belong to one edition alone, and why."""


def tables() -> Iterator[tuple[type[Model], ForeignKey]]:
    """Every table with a key to an edition, an axis, a strategy or an action, and that key."""
    for parent in PARENTS:
        for relation in parent._meta.related_objects:
            key = relation.field
            if isinstance(key, ForeignKey) and not relation.related_model._meta.auto_created:
                yield relation.related_model, key


def path_to_edition(model: type[Model], key: ForeignKey) -> str:
    """The look-up from a row to its edition."""
    steps = {Edition: "", Axis: "__edition", Strategy: "__axis__edition", Action: "__strategy__axis__edition"}
    return f"{key.name}{steps[key.related_model]}"


def rows_of(model: type[Model], key: ForeignKey, edition: Edition) -> list[list[object]]:
    """What the rows of an edition say, without their keys and without what they are part of."""
    names = [f.attname for f in model._meta.concrete_fields if not f.primary_key and f.name != key.name]
    parents = {Edition: [], Axis: ["number"], Strategy: ["axis__number", "number"]}
    where = parents.get(key.related_model, ["strategy__axis__number", "strategy__number", "number"])
    looked = [*(f"{key.name}__{name}" for name in where), *names]
    rows = model._default_manager.filter(**{path_to_edition(model, key): edition}).values_list(*looked)
    return sorted(([*row] for row in rows), key=repr)


@pytest.fixture
def full() -> Edition:
    """An edition in which every table has a row, and no field of a text is empty."""
    edition = a_plan(axes=2, strategies=4, actions=8)
    editor, organisation = somebody("editor"), Organisation.objects.create(slug="comune", name_it="Comune")
    goal, states = FrameworkItem.objects.get(framework__code="sdg", code="6"), AlignmentProposal.State.values
    for axis in edition.axes.all():
        AxisEditor.objects.create(axis=axis, person=editor)
    for n, action in enumerate(Action.objects.of(edition)):
        SheetRow.objects.create(action=action, position=1, label="Tempi", text_it=f"{n} anni", text_en=f"{n} years")
        ActionPlace.objects.create(action=action, reach="whole", state="confirmed", found_words="tutto il territorio")
        Responsibility.objects.create(action=action, organisation=organisation)
        AlignmentProposal.objects.create(action=action, item=goal, state=states[n % 3], found_words="acqua; fiumi")
    StrategyAlignment.objects.get_or_create(
        strategy=Strategy.objects.of(edition)[0], item=FrameworkItem.objects.all()[0]
    )
    Chapter.objects.create(edition=edition, position=1, kind="vision", title_it="Visione", title_en="Vision")
    for model in (Axis, Strategy, Action):
        for field in model._meta.concrete_fields:
            if field.get_internal_type() in {"TextField", "CharField"}:
                model._default_manager.filter(**{field.name: ""}).update(**{field.name: f"<p>{field.name[:20]}</p>"})
            elif field.get_internal_type() == "BooleanField":
                model._default_manager.update(**{field.name: True})
            else:
                assert field.primary_key or field.is_relation or field.default is NOT_PROVIDED, field
    return edition


def test_every_table_of_an_edition_is_copied_whole_or_said_to_be_its_own(full: Edition) -> None:
    new = open_edition(person=somebody("administrator"), source=full, label="2024-2026", title_it="Nuova")
    copied = set()
    for model, key in tables():
        name = model._meta.label_lower
        if name in OWN:
            continue
        before = rows_of(model, key, full)
        assert before, f"{name} has a row to be copied"
        assert rows_of(model, key, new) == before, name
        copied.add(name)
    assert {"plan.axis", "plan.strategy", "plan.action", "plan.actionplace", "plan.sheetrow"} <= copied
    assert not set(OWN) - {model._meta.label_lower for model, _key in tables()}, "named without need"


def test_every_copy_goes_on_from_what_it_was_copied_from(full: Edition) -> None:
    new = open_edition(person=somebody("administrator"), source=full, label="2024-2026", title_it="Nuova")
    managers: tuple[Any, ...] = (Action.objects, Strategy.objects)
    for things in managers:
        before = {one.code: one.pk for one in things.of(full)}
        copies = list(things.of(new))
        assert {copy.code for copy in copies} == set(before)
        for copy in copies:
            (tie,) = copy.continues.all()
            assert (tie.older_id, tie.kind, tie.confirmed) == (before[copy.code], "kept", True)
    assert new.opened_from == full
    assert new.state == Edition.State.PREPARATION
    assert not new.is_public


def test_a_goal_that_the_office_declined_is_not_proposed_again_in_the_next_edition() -> None:
    edition, administrator = a_small_plan(), somebody("administrator")
    Action.objects.of(edition).update(title_it="Comunità energetiche", description_it="<p>Con il fotovoltaico.</p>")
    propose_alignments(edition=edition)
    first, *others = [one.pk for one in AlignmentProposal.objects.order_by("pk")]
    decide_alignments(person=administrator, edition=edition, confirmed=[first], declined=others[:1])
    new = open_edition(person=administrator, source=edition, label="2024-2026", title_it="Nuova")
    assert propose_alignments(edition=new).added == 0
    copied = AlignmentProposal.objects.filter(action__strategy__axis__edition=new).order_by("pk")
    assert [one.state for one in copied] == ["confirmed", "declined", "proposed", "proposed"]
    assert Alignment.objects.filter(item__framework__code="sdg", action__strategy__axis__edition=new).count() == 1
