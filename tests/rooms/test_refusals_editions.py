"""Every way in which what the office does with editions, their texts and their file of sheets is refused: each met."""

from datetime import date

import pytest
from django.urls import reverse

from aumenta.core.extraction import PlanDocument, StrategyEntry
from aumenta.plan.change_names import add_alias
from aumenta.plan.models import Action, Actor, Chapter, Edition
from aumenta.plan.sheet_content import read_content
from aumenta.plan.write_sheet import write_sheet
from aumenta.review.editions import chapters
from aumenta.review.editions.chapters import chapter_mark, drop_chapter, write_chapter
from aumenta.review.editions.freeze import freeze
from aumenta.review.editions.load_edition import load_edition
from aumenta.review.editions.rename import remove_edition, rename_edition
from aumenta.review.make_demo_accounts import make_demo_accounts
from aumenta.review.propose import propose
from aumenta.review.spreadsheet import read_spreadsheet, write_spreadsheet
from aumenta.review.spreadsheet.reading import MOST_ROWS
from aumenta.voices.record_contributions import record_contribution
from tests.cast import a_small_plan
from tests.refusals_met import Read, Refusals, office, page_after

pytestmark = pytest.mark.django_db
REFUSALS = Refusals()
DAY = date(2022, 12, 22)
DOCUMENT = PlanDocument(title="Un piano inventato", strategies=(StrategyEntry("1.1", 1, "Usare i tetti"),))


def written(edition: Edition, title: str = "Premessa", **fields: object) -> Chapter:
    """A text of the edition."""
    given = {"kind": "guide", "position": 1, **fields}
    return write_chapter(person=office(), edition=edition, title_it=title, **given)  # type: ignore[arg-type]


@REFUSALS.get("chapter_gone")
def a_text_is_saved_that_another_has_taken_out() -> object:
    edition = a_small_plan()
    chapter = written(edition)
    drop_chapter(person=office(), chapter=Chapter.objects.get())
    return written(edition, "Altro", chapter=chapter, seen=chapter_mark(chapter))


@REFUSALS.get("chapter_changed")
def a_text_is_saved_that_another_has_saved() -> object:
    edition = a_small_plan()
    chapter = written(edition)
    seen = chapter_mark(chapter)
    written(edition, "Introduzione", chapter=chapter, seen=seen)
    return written(edition, "Altro", chapter=chapter, seen=seen)


@REFUSALS.get("chapter_too_long")
def a_text_is_longer_than_a_book() -> object:
    return written(a_small_plan(), text_it=f"<p>{'x' * chapters.LONGEST}</p>")


@REFUSALS.get("chapter_invalid")
def a_text_is_of_no_known_kind() -> object:
    return written(a_small_plan(), kind="romanzo")


@REFUSALS.get("too_many_chapters")
def an_edition_gets_a_201st_text() -> object:
    edition = a_small_plan()
    Chapter.objects.bulk_create(
        Chapter(edition=edition, position=n, kind="guide", title_it=f"Testo {n}") for n in range(1, chapters.MOST + 1)
    )
    return written(edition)


@REFUSALS.get("bad_act_address")
def an_act_is_at_no_address() -> object:
    return freeze(
        person=office(), edition=a_small_plan(), title_it="Adozione", dated=DAY, act_address="javascript:alert(1)"
    )


@REFUSALS.get("words_too_long")
def an_edition_is_called_by_a_paragraph() -> object:
    edition = a_small_plan()
    return rename_edition(person=office(), edition=edition, label=edition.label, title_it="parola " * 100)


@REFUSALS.get("years_are_public")
def a_public_edition_gets_other_years() -> object:
    return rename_edition(person=office(), edition=a_small_plan(), label="2022-2024", title_it="Esempia")


@REFUSALS.get("edition_has_work")
def an_edition_is_removed_in_which_somebody_wrote() -> object:
    edition = a_small_plan(state="preparation")
    action = Action.objects.of(edition)[0]
    propose(person=office(), action=action, content={**read_content(action), "title_it": "Mio"})
    return remove_edition(person=office(), edition=edition)


@REFUSALS.get("edition_in_use")
def an_edition_is_removed_about_which_a_letter_came() -> object:
    edition = a_small_plan(state="preparation")
    record_contribution(person=office(), edition=edition, text="Più alberi.", received_on=DAY, source="lettera")
    return remove_edition(person=office(), edition=edition)


@REFUSALS.get("unknown_code")
def a_sheet_is_taken_out_that_there_is_not() -> object:
    edition = a_small_plan(state="preparation")
    sent = {"drop-code": "9.9.9", "drop-reason": "Assorbita"}
    return page_after(reverse("desk:drop_sheet", args=[edition.label]), sent)


@REFUSALS.get("sheets_are_public")
def a_document_is_loaded_over_sheets_that_people_read() -> object:
    return load_edition(person=office(), document=DOCUMENT, label=a_small_plan().label)


@REFUSALS.get("would_be_public")
def a_document_is_loaded_into_a_public_edition_without_a_tick() -> object:
    edition = a_small_plan()
    edition.axes.all().delete()
    return load_edition(person=office(), document=DOCUMENT, label=edition.label)


@REFUSALS.get("demo_accounts_in_production")
def accounts_with_a_known_password_are_made_where_debug_is_off() -> object:
    return make_demo_accounts()


def told(**cells: str) -> str:
    """What is told of a file with one row, of sheet 1.1.1, that says this in some columns."""
    if not Edition.objects.exists():
        a_small_plan()
    lines = (";".join(["edizione", "codice", *cells]), ";".join(["2021-2023", "1.1.1", *cells.values()]))
    (row,) = read_spreadsheet("\n".join(lines).encode(), person=office()).rows
    return " ".join(row.problems)


@REFUSALS.get("misspelt_column")
def a_column_has_nearly_the_name_of_one() -> object:
    return told(titlo="Nuovo")


@REFUSALS.get("unknown_actor")
def a_cell_names_an_actor_that_nobody_knows() -> object:
    return Read(told(attori="Comunni"), "Nessun attore si chiama «Comunni». Intendevi «Comuni»?")


@REFUSALS.get("several_meant")
def a_cell_names_what_two_actors_are_called() -> object:
    a_small_plan()
    for slug in ("comuni", "universita"):
        meant = Actor.objects.get(slug=slug)
        add_alias(person=office(), printed="Enti pubblici", meant=meant, besides=True)
    return Read(told(attori="Enti pubblici"))


@REFUSALS.get("no_item")
def a_cell_names_a_framework_and_nothing_of_it() -> object:
    return Read(told(allineamenti="PNRR"))


@REFUSALS.get("unknown_item")
def a_cell_names_an_item_of_no_framework() -> object:
    return Read(told(allineamenti="M9C9"), "Nessun quadro di riferimento ha la voce «M9C9».")


@REFUSALS.get("too_many_sheets")
def a_file_has_more_rows_than_any_plan() -> object:
    rows = "".join(f"2021-2023;1.1.{n}\n" for n in range(1, MOST_ROWS + 2))
    return read_spreadsheet(f"edizione;codice\n{rows}".encode(), person=office())


@REFUSALS.get("text_too_long_for_a_cell")
def a_description_is_longer_than_a_cell() -> object:
    action = Action.objects.of(a_small_plan())[0]
    write_sheet(action=action, content={**read_content(action), "description_it": f"<p>{'x' * 40_000}</p>"})
    return write_spreadsheet([action])


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_somebody_is_refused_and_told_why(code: str) -> None:
    REFUSALS.check(code)
