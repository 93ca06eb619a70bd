"""Every way in which names and the import of a plan are refused, each met once."""

from dataclasses import replace

import pytest

from aumenta.core.extraction import ActionSheet, AlignmentEntry, AxisEntry, PlanDocument, StrategyEntry
from aumenta.plan.change_names import add_alias, rename_meant
from aumenta.plan.import_plan import import_plan
from aumenta.plan.models import Actor
from aumenta.review.names.merge import merge_names
from tests.cast import a_small_plan
from tests.refusals_met import Refusals, office

pytestmark = pytest.mark.django_db
REFUSALS = Refusals()
SHEET = ActionSheet(code="1.1.1", strategy="1.1", title="Orti sui tetti", description="Coltivare i tetti piani.")
DOCUMENT = PlanDocument(
    title="Un piano inventato",
    axes=(AxisEntry(1, "Tetti"),),
    strategies=(StrategyEntry("1.1", 1, "Usare i tetti"),),
    actions=(SHEET,),
)


def actor(slug: str = "comuni") -> Actor:
    """One of the actors of a small plan, which is made where there is none."""
    if not Actor.objects.exists():
        a_small_plan()
    return Actor.objects.get(slug=slug)


@REFUSALS.get("wording_too_long")
def a_wording_is_a_page_long() -> object:
    return add_alias(person=office(), printed="Comuni e altri " * 60, meant=actor())


@REFUSALS.get("alias_means_other")
def a_wording_gets_a_second_meaning_in_silence() -> object:
    add_alias(person=office(), printed="Enti locali", meant=actor())
    return add_alias(person=office(), printed="Enti locali", meant=actor("universita"))


@REFUSALS.get("name_is_another")
def an_actor_is_given_the_name_of_another() -> object:
    return rename_meant(person=office(), meant=actor(), name_it="Università")


@REFUSALS.get("merge_with_itself")
def an_actor_is_merged_with_itself() -> object:
    return merge_names(person=office(), gone=actor(), kept=actor())


@REFUSALS.get("not_an_edition")
def a_plan_is_loaded_as_one_year() -> object:
    return import_plan(document=DOCUMENT, label="2030")


@REFUSALS.get("no_strategies")
def a_document_without_strategies_is_loaded() -> object:
    return import_plan(document=PlanDocument(title="Il regolamento degli orti"), label="2030-2032")


@REFUSALS.get("other_years")
def a_plan_is_loaded_as_other_years_than_it_prints() -> object:
    return import_plan(document=replace(DOCUMENT, title="Un piano inventato 2027-2029"), label="2030-2032")


@REFUSALS.get("known_plan")
def a_plan_is_loaded_a_second_time_as_later_years() -> object:
    import_plan(document=DOCUMENT, label="2027-2029")
    return import_plan(document=DOCUMENT, label="2030-2032")


@REFUSALS.get("wrong_edition")
def another_plan_is_loaded_into_an_edition() -> object:
    import_plan(document=DOCUMENT, label="2027-2029")
    other = replace(DOCUMENT, strategies=(StrategyEntry("1.1", 1, "Volare"),))
    return import_plan(document=other, label="2027-2029")


@REFUSALS.get("unknown_framework")
def a_sheet_is_aligned_to_a_framework_that_nobody_has_described() -> object:
    aligned = replace(SHEET, alignments=(AlignmentEntry("regional_funds", "FR1"),))
    return import_plan(document=replace(DOCUMENT, actions=(aligned,)), label="2030-2032")


@REFUSALS.get("too_long")
def a_paragraph_is_read_as_a_title() -> object:
    return import_plan(document=replace(DOCUMENT, actions=(replace(SHEET, title="orto " * 200),)), label="2030-2032")


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_somebody_is_refused_and_told_why(code: str) -> None:
    REFUSALS.check(code)
