"""Matrices and gaps: every number is the number of actions it opens, and what nobody serves is said."""

import csv
import re
from importlib import resources

import pytest

from aumenta.plan.find.catalogue import CATALOGUES, catalogue
from aumenta.plan.load_frameworks import load_frameworks
from aumenta.plan.models import Action, Alignment, Edition, Framework, FrameworkItem
from aumenta.site.frameworks.matrices import MOST_COLUMNS, framework_matrix, gaps_of, summaries
from tests.cast import a_plan, standing
from tests.markup import squeezed, words

pytestmark = pytest.mark.django_db
AT = "/it/2021-2023"


@pytest.fixture(scope="module", autouse=True)
def _plan(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, lambda: a_plan(label="2021-2023")):
        yield


@pytest.fixture
def plan():
    return catalogue(Edition.objects.get(label="2021-2023"))


@pytest.mark.parametrize("word", ["pnrr", "coesione", "programma", "strumento", "carta-bologna"])
def test_every_number_of_a_matrix_is_the_number_of_actions_it_opens(client, plan, word):
    page = client.get(f"{AT}/quadri/{word}/").content.decode()
    cells = re.findall(r'<a href="([^"]+)"><span class="column-code">[^<]*</span>(\d+)<', page)
    assert cells
    for address, number in cells[:: max(1, len(cells) // 6)]:
        found = client.get(address.replace("&amp;", "&")).content.decode()
        assert re.search(rf'id="risultati"[^>]*>{number} azion[ei]', squeezed(found))
    said = set(re.findall(r"\b(\d+) (azion[ei])\b", words(page)))
    assert said
    assert {word for number, word in said if number == "1"} <= {"azione"}, "one is heard as one"
    assert {word for number, word in said if number != "1"} <= {"azioni"}


def test_the_cells_of_a_matrix_are_those_counted_in_the_tables(plan):
    matrix = framework_matrix(plan, plan.groups["pnrr"])
    items = FrameworkItem.objects.filter(framework__code="pnrr").select_related("parent")
    parents = {item.slug: item.parent.slug if item.parent else "" for item in items}
    by_hand: dict[tuple[str, str], set[int]] = {}
    for one in Alignment.objects.filter(item__framework__code="pnrr").select_related("item", "action__strategy__axis"):
        item = one.item.slug
        while item:
            by_hand.setdefault((item, one.action.strategy.code), set()).add(one.action_id)
            item = parents[item]
    counted = {(line.item.value, cell.column.value): cell.count for line in matrix.lines for cell in line.cells if cell}
    assert counted == {pair: len(actions) for pair, actions in by_hand.items()}


def test_an_axis_shows_only_its_strategies(plan):
    matrix = framework_matrix(plan, plan.groups["pnrr"], "2")
    assert {column.value.split(".")[0] for column in matrix.columns} == {"2"}
    assert all("asse=2" in line.query for line in matrix.lines)


def test_a_plan_ten_times_as_large_shows_axes_first_and_strategies_one_axis_at_a_time():
    large = catalogue(a_plan(label="2031-2033", strategies=240, actions=1110))
    whole = framework_matrix(large, large.groups["pnrr"])
    assert whole.by_axis
    assert [column.value for column in whole.columns] == ["1", "2", "3", "4", "5", "6"]
    one = framework_matrix(large, large.groups["pnrr"], "3")
    assert not one.by_axis
    assert len(one.columns) == MOST_COLUMNS


def test_an_unknown_axis_is_told(client):
    page = client.get(f"{AT}/quadri/pnrr/?asse=99").content.decode()
    assert "non ha un asse «99»" in page


def test_gaps_are_the_items_nobody_serves_and_the_actions_without_a_fund(plan):
    gaps = gaps_of(plan)
    served = set(Alignment.objects.values_list("item_id", flat=True))
    left = {
        item.slug
        for item in FrameworkItem.objects.filter(framework__code="eu_cohesion", children__isnull=True)
        if item.pk not in served and (item.since is None or item.since <= plan.written_on)
    }
    named = {group.word: {item.value for item in items} for group, items in gaps.unserved}
    assert named["coesione"] == left != set()
    funded = Alignment.objects.filter(item__framework__brings_funds=True).values_list("action_id", flat=True)
    without = {action.code for action in Action.objects.exclude(pk__in=funded)}
    assert {entry.code for entry in gaps.without_fund} == without != set()


def test_an_action_with_only_possible_integrations_is_a_gap_of_its_own(plan):
    action = Action.objects.filter(alignments__item__framework__brings_funds=True).first()
    action.alignments.all().update(role="possible_integration")
    CATALOGUES.clear()
    gaps = gaps_of(catalogue(Edition.objects.get(label="2021-2023")))
    assert action.code in {entry.code for entry in gaps.only_possible}
    assert action.code not in {entry.code for entry in gaps.without_fund}


def test_the_numbers_of_the_overview_agree_with_the_gaps(plan):
    left = {group.word: len(items) for group, items in gaps_of(plan).unserved}
    for one in summaries(plan):
        if one.actions and one.group.closed:
            assert one.items is not None
            assert one.items - one.served == left.get(one.group.word, 0)


def test_a_framework_that_is_only_two_tables_has_its_matrix_its_filter_and_its_gaps(client, tmp_path):
    """As docs/how-to/add-a-framework.md says: no code."""
    (tmp_path / "frameworks.csv").write_text(
        "code,name_it,name_en,brings_funds,closed\nregional_funds,Fondi regionali,Regional funds,yes,yes\n",
        encoding="utf-8",
    )
    (tmp_path / "regional_funds.csv").write_text(
        "code,parent,name_it,name_en,source,slug\n"
        "FR1,,Fondo montagna,Mountain fund,invented,fondo-montagna\n"
        "FR2,,Fondo laghi,Lake fund,invented,fondo-laghi\n",
        encoding="utf-8",
    )
    load_frameworks(folder=tmp_path)
    action = Action.objects.filter(strategy__axis__edition__label="2021-2023").first()
    Alignment.objects.create(action=action, item=FrameworkItem.objects.get(slug="fondo-montagna"), position=90)
    CATALOGUES.clear()
    assert "Fondi regionali" in client.get(f"{AT}/quadri/").content.decode()
    matrix = client.get(f"{AT}/quadri/regional_funds/").content.decode()
    assert "Fondo montagna" in matrix
    found = squeezed(client.get(f"{AT}/azioni/?regional_funds=fondo-montagna").content.decode())
    assert re.search(r'id="risultati"[^>]*>1 azione', found)
    assert "Fondo laghi" in client.get(f"{AT}/quadri/lacune/").content.decode()


def test_only_of_closed_lists_it_is_said_how_much_is_covered(plan, client):
    """A list made of what plans name is always whole: a share of it is no number to cite."""
    closed = {one.group.framework for one in summaries(plan) if one.items is not None}
    said = csv.DictReader((resources.files("aumenta.plan") / "data/frameworks/frameworks.csv").open(encoding="utf-8"))
    assert closed == {row["code"] for row in said if row["closed"] == "yes"}
    assert {group.framework for group, _items in gaps_of(plan).unserved} <= closed
    assert "elenco aperto" in client.get("/it/2021-2023/quadri/").content.decode()


def test_what_came_after_the_plan_was_written_is_no_gap_of_it(plan):
    """REPowerEU became a mission of the recovery plan in December 2023."""
    assert plan.written_on.year == 2021
    late = set(FrameworkItem.objects.filter(since__year=2023).values_list("slug", flat=True))
    assert "m7" in late
    served = {alignment.value for entry in plan.entries for alignment in entry.alignments}
    assert not {item.value for _group, items in gaps_of(plan).unserved for item in items} & (late - served)


def test_a_programme_leads_to_its_official_page_and_a_document_that_names_many_items_is_no_page(client):
    framework = Framework.objects.get(code="eu_programme")
    FrameworkItem.objects.create(
        framework=framework, slug="con-pagina", name_it="Con pagina", source="https://programma.example.eu"
    )
    FrameworkItem.objects.create(
        framework=framework, slug="senza-pagina", name_it="Senza pagina", source="Decisione, https://atti.example.eu"
    )
    page = client.get("/it/2021-2023/quadri/programma/").content.decode()
    assert '<a href="https://programma.example.eu" rel="external">Con pagina</a>' in page
    assert "https://atti.example.eu" not in page
