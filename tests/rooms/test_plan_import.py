"""Importing a plan document: all or nothing, once, under names that meet."""

import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override

from aumenta.activity.models import ActivityEntry
from aumenta.core.extraction import (
    ActionSheet,
    AlignmentEntry,
    AxisEntry,
    Chapter,
    OtherRow,
    PlanDocument,
    StrategyEntry,
)
from aumenta.core.extraction.layout import layout_from_text
from aumenta.core.extraction.reading import plan_from_text
from aumenta.people.refusals import RefusedError
from aumenta.plan.import_plan import import_plan, paragraphs
from aumenta.plan.load_bundle import load_bundles
from aumenta.plan.load_frameworks import load_frameworks
from aumenta.plan.models import (
    Action,
    ActorAlias,
    Alignment,
    Axis,
    Edition,
    Framework,
    FrameworkItem,
    Involvement,
    Strategy,
    StrategyContinuation,
)
from aumenta.plan.sheet_content import content_problems, content_with, normal_content, read_content, read_contents
from aumenta.plan.write_sheet import write_sheet
from aumenta.review.editions.import_edition import import_edition
from aumenta.review.models import Version
from aumenta.review.record import record_version
from tests.cast import somebody
from tests.core.plan_printing import invented_plan

pytestmark = pytest.mark.django_db

SHEET = ActionSheet(
    code="1.1.1",
    strategy="1.1",
    title="Orti sui tetti",
    description="Coltivare i tetti piani.\n\nCon l'aiuto di <chi> abita sotto.",
    examples=("Un orto già avviato",),
    actors=("CMTo", "Centri di ricerca e TT", "Un attore mai sentito"),
    alignments=(
        AlignmentEntry("pnrr", "2.2"),
        AlignmentEntry("eu_cohesion", "OSa1", "possible_integration"),
        AlignmentEntry("eu_programme", "Horizon EU"),
    ),
    own_instruments=("Agenda digitale",),
    links=("https://example.org/orti",),
)
DOCUMENT = PlanDocument(
    title="Un piano inventato",
    axes=(AxisEntry(1, "Tetti"),),
    strategies=(StrategyEntry("1.1", 1, "Usare i tetti", "Che i tetti servano.", (2,)),),
    actions=(SHEET, replace(SHEET, code="1.1.2", title="Acqua dai tetti", actors=("centri di ricerca e TT",))),
)


def everything() -> dict[str, list[dict[str, object]]]:
    """Every row of the plan's tables."""
    models = [Edition, Axis, Strategy, Action, Involvement, Alignment, FrameworkItem, ActorAlias]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def test_a_document_becomes_a_public_edition_with_everything_it_says() -> None:
    report = import_plan(document=DOCUMENT, label="2030-2032")
    assert report.added == ["1", "1.1", "1.1.1", "1.1.2"]
    action = Action.objects.get(number=1)
    assert action.code == "1.1.1"
    assert action.description_it == ("<p>Coltivare i tetti piani.</p><p>Con l'aiuto di &lt;chi&gt; abita sotto.</p>")
    assert [row.printed for row in action.involvements.all()] == list(SHEET.actors)
    assert [example.text_it for example in action.examples.all()] == ["Un orto già avviato"]
    assert [link.address for link in action.links.all()] == ["https://example.org/orti"]
    assert Edition.objects.get().state == Edition.State.PUBLIC
    assert [a.item.code for a in Strategy.objects.get().alignments.all()] == ["2"]


def test_draft_codes_map_to_todays_and_the_printed_wording_stays() -> None:
    import_plan(document=DOCUMENT, label="2030-2032")
    rows = Alignment.objects.filter(action__number=1).values_list(
        "item__framework__code", "item__code", "item__name_it", "printed", "role"
    )
    found = {framework: (code or name, printed, role) for framework, code, name, printed, role in rows}
    assert found["pnrr"] == ("M2C2", "2.2", "primary")
    assert found["eu_cohesion"] == ("RSO1.1", "OSa1", "possible_integration")
    assert found["eu_programme"] == ("Horizon Europe", "Horizon EU", "primary")


def test_names_that_mean_one_thing_meet_and_unknown_ones_are_added_and_told() -> None:
    report = import_plan(document=DOCUMENT, label="2030-2032")
    first, second = (
        Involvement.objects.get(printed__iexact="centri di ricerca e tt", action__number=n) for n in (1, 2)
    )
    assert first.actor == second.actor
    assert (first.printed, second.printed) == ("Centri di ricerca e TT", "centri di ricerca e TT")
    assert ("actor", "Un attore mai sentito") in report.unknown_names


def test_an_alias_that_an_editor_changed_is_followed_and_not_undone() -> None:
    import_plan(document=DOCUMENT, label="2030-2032")
    alias = ActorAlias.objects.get(key="centri di ricerca e tt")
    alias.actor = Involvement.objects.get(printed="Un attore mai sentito").actor
    alias.save()
    third = replace(SHEET, code="1.1.3", actors=("Centri di Ricerca e TT",))
    import_plan(document=replace(DOCUMENT, actions=(third,)), label="2030-2032")
    assert Involvement.objects.get(action__number=3).actor.name_it == "Un attore mai sentito"


def test_a_second_import_changes_nothing_and_says_so() -> None:
    import_plan(document=DOCUMENT, label="2030-2032")
    before = everything()
    report = import_plan(document=DOCUMENT, label="2030-2032")
    assert report.nothing_new
    assert everything() == before


def test_an_import_that_changes_something_raises_the_revision_once() -> None:
    import_plan(document=DOCUMENT, label="2030-2032")
    revision = Edition.objects.get().revision
    changed = replace(DOCUMENT, actions=(replace(SHEET, title="Orti e api sui tetti"),))
    report = import_plan(document=changed, label="2030-2032")
    assert report.changed == ["1.1.1"]
    assert Edition.objects.get().revision == revision + 1


def test_what_the_document_leaves_empty_stays() -> None:
    import_plan(document=DOCUMENT, label="2030-2032")
    bare = replace(SHEET, description="", actors=(), alignments=(), own_instruments=(), examples=(), links=())
    assert import_plan(document=replace(DOCUMENT, actions=(bare,)), label="2030-2032").nothing_new


def test_sheets_that_the_office_changed_since_are_kept() -> None:
    import_plan(document=DOCUMENT, label="2030-2032")
    changed = replace(DOCUMENT, actions=(replace(SHEET, title="Tutt'altro"),))
    report = import_plan(document=changed, label="2030-2032", keep={"1.1.1"})
    assert report.kept == ["1.1.1"]
    assert report.nothing_new


def test_an_edition_imported_again_leaves_the_sheets_that_were_approved_and_tells_the_log_what_was_new() -> None:
    import_edition(document=DOCUMENT, label="2030-2032")
    action = Action.objects.get(strategy__axis__edition__label="2030-2032", number=1)
    assert Version.objects.filter(action=action, origin=Version.Origin.IMPORTED).count() == 1
    author, approver = somebody("editor"), somebody("approver")
    record_version(
        action=action,
        content=read_content(action),
        origin=Version.Origin.APPROVED,
        author=author,
        approved_by=approver,
    )
    changed = replace(DOCUMENT, actions=(replace(SHEET, title="Un altro titolo"),))
    report = import_edition(document=changed, label="2030-2032")
    action.refresh_from_db()
    assert (report.kept, action.title_it) == (["1.1.1"], SHEET.title)
    assert ActivityEntry.objects.filter(code="edition.imported").count() == 1


@pytest.mark.parametrize(
    ("document", "label", "code"),
    [
        (DOCUMENT, "2030", "not_an_edition"),
        (DOCUMENT, "2032-2030", "not_an_edition"),
        (PlanDocument(title="Vuoto"), "2030-2032", "no_strategies"),
        (replace(DOCUMENT, strategies=(StrategyEntry("1.1", 1, "Volare"),)), "2027-2029", "wrong_edition"),
        (replace(DOCUMENT, title="Un piano inventato 2027-2029"), "2030-2032", "other_years"),
        (DOCUMENT, "2030-2032", "known_plan"),
    ],
)
def test_a_document_that_does_not_fit_is_refused_and_the_database_untouched(
    document: PlanDocument, label: str, code: str
) -> None:
    import_plan(document=DOCUMENT, label="2027-2029")
    before = everything()
    with pytest.raises(RefusedError) as refusal:
        import_plan(document=document, label=label)
    assert refusal.value.code == code
    assert everything() == before


def test_the_first_edition_is_public_at_once_and_a_later_one_waits_for_the_office() -> None:
    import_plan(document=DOCUMENT, label="2027-2029")
    import_plan(document=replace(DOCUMENT, strategies=(StrategyEntry("1.1", 1, "Volare"),)), label="2030-2032")
    states = dict(Edition.objects.values_list("label", "state"))
    assert states == {"2027-2029": Edition.State.PUBLIC, "2030-2032": Edition.State.PREPARATION}


def test_an_import_that_breaks_in_the_middle_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(text: str) -> str:
        if "seconda" in text:
            raise RuntimeError(text)
        return paragraphs(text)

    monkeypatch.setattr("aumenta.plan.import_plan.paragraphs", breaks)
    second = replace(SHEET, code="1.1.2", description="La seconda scheda.")
    with pytest.raises(RuntimeError):
        import_plan(document=replace(DOCUMENT, actions=(SHEET, second)), label="2030-2032")
    assert not any(everything().values())


def test_plain_text_becomes_paragraphs() -> None:
    assert paragraphs(" uno\ndue \n\n\n tre & <b>") == "<p>uno due</p><p>tre &amp; &lt;b&gt;</p>"
    assert paragraphs("  \n ") == ""


def test_every_sheet_that_is_shipped_may_be_proposed_as_it_is() -> None:
    """A clerk who changes a title must not be stopped by a wording of the document that the form does not even show."""
    load_bundles()
    for content in read_contents(Action.objects.all()).values():
        assert normal_content(content) == content
        assert content_problems(content) == []


def test_the_bundled_plan_loads_with_both_editions_and_every_summary() -> None:
    reports = load_bundles()
    assert [report.edition for report in reports] == ["2021-2023", "2024-2026"]
    assert [report.unknown_names for report in reports] == [[], []]
    older, newer = Edition.objects.order_by("first_year")
    assert (older.axes.count(), Strategy.objects.of(older).count(), Action.objects.of(older).count()) == (6, 24, 111)
    assert (newer.axes.count(), Strategy.objects.of(newer).count()) == (6, 27)
    assert {s.code for s in Strategy.objects.of(newer) if s.proposed} == {"6.3", "6.4"}
    assert not Action.objects.filter(summary_it="").exists()
    assert not Action.objects.filter(summary_en="").exists()
    assert StrategyContinuation.objects.filter(confirmed=True).count() == 0
    assert StrategyContinuation.objects.count() > 15


def test_a_new_table_of_a_framework_is_all_that_a_documents_new_row_needs(tmp_path: Path) -> None:
    """As docs/how-to/add-a-framework.md says: two tables and a row of a layout, no code."""
    (tmp_path / "frameworks.csv").write_text(
        "code,name_it,name_en,brings_funds\nregional_funds,Fondi regionali,Regional funds,yes\n", encoding="utf-8"
    )
    (tmp_path / "regional_funds.csv").write_text(
        "code,parent,name_it,name_en,source,slug\nFR1,,Fondo montagna,Mountain fund,invented,fondo-montagna\n",
        encoding="utf-8",
    )
    layout = layout_from_text(
        "[heads]\naxis = '^Asse (?P<number>\\d) (?P<title>.+)$'\nstrategy = '^S (?P<code>[\\d.]+) (?P<title>.+)$'\n"
        "action = '^A (?P<code>[\\d.]+) (?P<title>.+)$'\n[[row]]\nfield = 'description'\nlabel = 'Testo'\n"
        "[[row]]\nfield = 'regional_funds'\nlabel = 'Fondi'\nread = 'list'\nframework = 'regional_funds'\n"
    )
    text = "Asse 1 Tetti\nS 1.1 Usare i tetti\nA 1.1.1 Orti\nTesto: Coltivare.\nFondi: FR1, Fondo laghi\n"
    document = plan_from_text(text, [layout])
    with pytest.raises(RefusedError) as caught:
        import_plan(document=document, label="2030-2032")
    assert (caught.value.code, caught.value.params["framework"]) == ("unknown_framework", "regional_funds")
    assert not Edition.objects.exists()
    load_frameworks(folder=tmp_path)
    report = import_plan(document=document, label="2030-2032")
    ties = Alignment.objects.order_by("position")
    assert [(tie.item.framework.code, tie.item.slug) for tie in ties] == [
        ("regional_funds", "fondo-montagna"),
        ("regional_funds", "fondo-laghi"),
    ]
    assert report.unknown_names == [("regional_funds", "Fondo laghi")]


def test_pages_of_axes_come_one_after_the_other_into_one_edition() -> None:
    import_plan(document=DOCUMENT, label="2030-2032")
    page = PlanDocument(
        title="",
        axes=(AxisEntry(2, "Cortili", "Che i cortili siano aperti."),),
        strategies=(StrategyEntry("2.1", 2, "Aprire i cortili"),),
        actions=(ActionSheet("2.1.1", "2.1", "Chiavi comuni", "Dare le chiavi a chi abita."),),
    )
    assert import_plan(document=page, label="2030-2032").added == ["2", "2.1", "2.1.1"]
    assert Axis.objects.get(number=2).purpose_it == "Che i cortili siano aperti."
    assert Action.objects.count() == 3


def test_a_paragraph_read_as_a_title_is_refused_with_its_place() -> None:
    document = replace(DOCUMENT, strategies=(StrategyEntry("1.1", 1, "parola " * 90),))
    with pytest.raises(RefusedError) as caught:
        import_plan(document=document, label="2030-2032")
    assert (caught.value.code, caught.value.params["sheet"], caught.value.params["longest"]) == ("too_long", "1.1", 500)


def test_what_has_no_field_of_its_own_is_kept_in_rows_and_chapters_and_written_once() -> None:
    sheet = replace(SHEET, rows=(OtherRow("Tempi", "2027"), OtherRow("Costi", "3 milioni")), printed_code="A1")
    chapters = (
        Chapter("guide", "Come si legge", "Prima.\n\nPoi."),
        Chapter("vision", "Tra dieci anni", "Tetti verdi."),
    )
    document = replace(DOCUMENT, actions=(sheet, DOCUMENT.actions[1]), chapters=chapters)
    import_plan(document=document, label="2030-2032")
    action = Action.objects.get(number=1)
    assert [(row.label, row.text_it) for row in action.rows.all()] == [("Tempi", "2027"), ("Costi", "3 milioni")]
    assert action.printed_code == "A1"
    edition = Edition.objects.get()
    assert [(each.kind, each.title_it, each.text_it) for each in edition.chapters.all()] == [
        ("guide", "Come si legge", "<p>Prima.</p><p>Poi.</p>"),
        ("vision", "Tra dieci anni", "<p>Tetti verdi.</p>"),
    ]
    assert import_plan(document=document, label="2030-2032").nothing_new
    changed = replace(document, chapters=chapters[1:])
    assert import_plan(document=changed, label="2030-2032").changed == ["2030-2032"]
    assert edition.chapters.count() == 1


def test_a_proposed_title_is_marked_until_somebody_writes_one_and_never_writes_over_it() -> None:
    document = replace(DOCUMENT, actions=(replace(SHEET, title_proposed=True),))
    import_plan(document=document, label="2030-2032")
    action = Action.objects.get()
    assert action.title_proposed
    content = content_with(read_contents(Action.objects.all())[action.pk], {"title_it": "Orti pensili"})
    write_sheet(action=action, content=content)
    action.refresh_from_db()
    assert not action.title_proposed
    import_plan(document=document, label="2030-2032")
    action.refresh_from_db()
    assert (action.title_it, action.title_proposed) == ("Orti pensili", False)


def test_the_bundled_edition_of_2024_2026_says_that_it_is_a_proposal() -> None:
    load_bundles()
    editions = {edition.label: edition for edition in Edition.objects.all()}
    assert editions["2024-2026"].standing == Edition.Standing.PROPOSAL
    assert "25 strategie e 113 azioni" in editions["2024-2026"].standing_it
    assert editions["2024-2026"].standing_en
    earlier = editions["2021-2023"]
    assert (earlier.standing, str(earlier.in_force_since)) == (Edition.Standing.PAST, "2021-02-10")


def test_the_adopted_plan_takes_the_place_of_a_mere_proposal() -> None:
    load_bundles()
    held = Strategy.objects.of(Edition.objects.get(label="2024-2026"))
    adopted = [strategy for strategy in held if strategy.code not in {"6.3", "6.4"}]
    entries = tuple(StrategyEntry(s.code, s.axis.number, s.title_it, "Uno scopo.") for s in adopted)
    document = PlanDocument(
        title="",
        axes=tuple(AxisEntry(number, f"Asse {number}", "Un fine.") for number in range(1, 7)),
        strategies=entries,
        actions=tuple(ActionSheet(f"{entry.code}.1", entry.code, "Titolo", "Testo.") for entry in entries),
    )
    report = import_plan(document=document, label="2024-2026")
    assert report.removed == ["6.3", "6.4"]
    edition = Edition.objects.get(label="2024-2026")
    assert (edition.standing, edition.standing_it) == ("", "")
    assert Strategy.objects.of(edition).count() == len(entries)


def test_the_command_says_in_italian_what_kind_of_name_is_new(tmp_path: Path) -> None:
    path, said = tmp_path / "piano.json", StringIO()
    path.write_text(invented_plan().to_json(), encoding="utf-8")
    with override("it"):
        call_command("import_plan", str(path), edition="2021-2023", partial=True, stdout=said)
    kinds = re.findall(r"nessun alias conosceva \((.*?)\)", said.getvalue())
    assert "attore" in kinds
    assert not {"actor", *Framework.objects.values_list("code", flat=True)} & set(kinds)
