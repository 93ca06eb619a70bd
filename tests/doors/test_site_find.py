"""Find: the address holds the question, the counts are true, whatever is typed gets an answer in words."""

import csv
import io
import json
import re

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from aumenta.people.models import Organisation
from aumenta.plan.changed import changed
from aumenta.plan.describe_edition import EditionFacts, describe_edition
from aumenta.plan.find.catalogue import Catalogue, catalogue
from aumenta.plan.find.search_query import ORDERS, VIEWS, answer, read
from aumenta.plan.models import (
    Action,
    Alignment,
    Edition,
    Example,
    FrameworkItem,
    Involvement,
    Link,
    Responsibility,
    SheetRow,
)
from tests.cast import a_plan, somebody, standing

pytestmark = pytest.mark.django_db
LABEL = "2021-2023"


@pytest.fixture(scope="module", autouse=True)
def _plan(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, lambda: a_plan(label=LABEL)):
        yield


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.get(label=LABEL)


@pytest.fixture
def plan(edition: Edition) -> Catalogue:
    return catalogue(edition)


@pytest.fixture
def find(client, edition):
    def get(query: str, language: str = "it") -> str:
        response = client.get(f"/{language}/{LABEL}/azioni/?{query}")
        assert response.status_code == 200
        return response.content.decode()

    return get


def codes(plan: Catalogue, query: str) -> list[str]:
    return [entry.code for entry in answer(read(QueryDict(query), plan), plan).entries]


def test_filters_and_their_counts_are_those_of_asking_the_database_one_by_one(plan, edition):
    """Brute force, from the tables: an item is served by an action, by its strategy, or through a part of it."""
    parents = dict(FrameworkItem.objects.values_list("pk", "parent_id"))
    items = {item.pk: item for item in FrameworkItem.objects.select_related("framework")}
    words = {"pnrr": "pnrr", "eu_cohesion": "coesione", "eu_programme": "programma", "own_instrument": "strumento"}
    of_action: dict[str, dict[str, set[str]]] = {}
    for action in Action.objects.of(edition):
        values = {"asse": {action.strategy.axis.code}, "strategia": {action.strategy.code}}
        values["attore"] = set(Involvement.objects.filter(action=action).values_list("actor__slug", flat=True))
        served = [*Alignment.objects.filter(action=action).values_list("item_id", flat=True)]
        while served:
            item = items[pk := served.pop()]
            values.setdefault(words.get(item.framework.code, ""), set()).add(item.slug)
            served += [parents[pk]] if parents[pk] else []
        of_action[action.code] = values
    known = {word: sorted(set().union(*(v.get(word, set()) for v in of_action.values()))) for word in plan.groups}

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def same_as_by_hand(data):
        some = st.sampled_from(["asse", "strategia", "attore", "pnrr", "coesione", "programma", "strumento"])
        query = QueryDict(mutable=True)
        for word in data.draw(st.sets(some, max_size=4)):
            query.setlist(word, data.draw(st.lists(st.sampled_from(known[word]), min_size=1, max_size=3, unique=True)))

        def passes(code, but=""):
            return all(set(query.getlist(w)) & of_action[code].get(w, set()) for w in query if w != but)

        question = read(query, plan)
        found = answer(question, plan)
        assert not question.problems
        assert {entry.code for entry in found.entries} == {code for code in of_action if passes(code)}
        word = data.draw(some)
        value = data.draw(st.sampled_from(known[word]))
        by_hand = sum(1 for code in of_action if passes(code, but=word) and value in of_action[code].get(word, set()))
        assert found.counts[word][value] == by_hand

    same_as_by_hand()


def test_the_number_beside_a_value_is_what_choosing_it_gives(plan):
    found = answer(read(QueryDict("asse=2&pnrr=m2c2"), plan), plan)
    for word, counted in found.counts.items():
        if word in {"asse", "pnrr"}:
            continue
        for value, count in counted.items():
            assert len(codes(plan, f"asse=2&pnrr=m2c2&{word}={value}")) == count


def test_the_address_made_from_a_question_asks_the_same_question(plan):
    question = read(QueryDict("q=acqua&asse=2&asse=1&pnrr=m2c2&vista=tabella&ordina=-titolo&pagina=3"), plan)
    again = read(QueryDict(question.query(page=3).removeprefix("?")), plan)
    assert again == question


def test_codes_may_be_typed_as_they_are_printed(plan):
    assert codes(plan, "pnrr=M2C2") == codes(plan, "pnrr=m2c2") != []


def test_words_are_found_whatever_their_ending_and_marked(find):
    page = find("q=biciclette")
    assert "<mark>bicicletta</mark>" in page


def test_a_word_typed_wrong_is_told(find):
    page = find("q=biciclettta")
    assert "Nessuna scheda contiene «biciclettta»" in page
    assert "<mark>bicicletta</mark>" in page


def test_an_action_is_found_by_its_code(plan):
    assert codes(plan, "q=2.2.2")[0] == "2.2.2"


def test_an_action_is_found_by_its_actors_and_the_page_says_why(find, plan):
    name = plan.groups["attore"].choices[plan.entries[0].actors[0]].name_it
    page = find(f"q={name.split()[0]}")
    assert "Trovato in" in page


def test_every_choice_can_be_taken_away(find):
    page = find("q=acqua&asse=2&pnrr=m2c2")
    assert 'href="?asse=2&amp;pnrr=m2c2"' in page
    assert 'href="?q=acqua&amp;pnrr=m2c2"' in page
    assert 'href="?q=acqua&amp;asse=2"' in page


def test_nothing_found_offers_what_would_be_found_with_one_condition_less(find, plan):
    page = find("asse=1&strategia=2.2")
    assert "Nessuna azione risponde" in page
    assert f"senza Strategia: {len(codes(plan, 'asse=1'))} azioni" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("pnrr=zz9", "«zz9» non è tra i valori del filtro «PNRR»"),
        ("asse=99", "«99» non è tra i valori del filtro «Asse»"),
        ("pagina=99", "La pagina 99 non esiste"),
        ("pagina=-1", "«-1» non è un numero di pagina"),
        ("pagina=%F0%9F%92%A9", "non è un numero di pagina"),
        ("ordina=peso", "«peso» non è un valore possibile per «ordina»"),
        ("vista=cubo", "«cubo» non è un valore possibile per «vista»"),
        ("q=" + "a" * 10_000, "solo i primi 200 caratteri"),
        ("asse=" + "9" * 10_000, "non è tra i valori"),
        ("attore=%00%01", None),
        ("q=%00%00", None),
        ("q=%ED%A0%80", None),
        ("q=%3Cscript%3Ealert(1)%3C/script%3E", None),
        ("pagina=99999999999999999999", "non è un numero di pagina"),
        ("strumento=" + "&strumento=".join(str(n) for n in range(500)), None),
    ],
)
def test_whatever_stands_in_the_address_gets_an_answer_in_words(find, query, said):
    page = find(query)
    assert "<script>alert" not in page
    if said:
        assert said in page


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["q", "asse", "pnrr", "attore", "vista", "ordina", "pagina", "fondi", "nulla"]),
        st.text(max_size=60),
        max_size=5,
    )
)
def test_no_address_breaks_the_reading(plan, typed):
    query = QueryDict(mutable=True)
    query.update(typed)
    question = read(query, plan)
    assert question.view in VIEWS
    assert question.order.removeprefix("-") in {*ORDERS, "", "pertinenza"}
    answer(question, plan)


def test_orders_put_the_actions_in_order(plan):
    titles = [entry.title_it.casefold() for entry in answer(read(QueryDict("ordina=titolo"), plan), plan).entries]
    assert titles == sorted(titles)
    most = [len(entry.actors) for entry in answer(read(QueryDict("ordina=attori"), plan), plan).entries]
    assert most == sorted(most, reverse=True)
    assert codes(plan, "ordina=-codice") == list(reversed(codes(plan, "ordina=codice")))


def test_a_list_of_every_page_shows_every_action_once(find, plan):
    seen = [code for n in range(1, 5) for code in _codes_on(find(f"pagina={n}"))]
    assert sorted(seen) == sorted(entry.code for entry in plan.entries)


def _codes_on(page: str) -> list[str]:
    records = page.split('<ol class="records">')[1].split("</ol>")[0]
    return re.findall(rf'href="/it/{LABEL}/azioni/([\d.]+)/"', records)


def test_a_change_of_the_edition_is_found_at_once(client, edition):
    address = f"/it/{LABEL}/azioni/?q=ornitorinco"
    assert "Nessuna azione" in client.get(address).content.decode()
    Action.objects.of(edition).filter(number=1).update(title_it="Ornitorinco")
    changed(Edition.objects.filter(pk=edition.pk))
    assert "<mark>Ornitorinco</mark>" in client.get(address).content.decode()


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_all_three_files_hold_the_same_selection_as_the_page(client, plan):
    query = "?q=scuola&asse=2&asse=4"
    expected = codes(plan, query.removeprefix("?"))
    assert expected
    table = rows_of(client.get(f"/it/{LABEL}/azioni.csv{query}"))
    assert [row["code"] for row in table] == expected
    answer_in_json = json.loads(client.get(f"/it/{LABEL}/azioni.json{query}").content)
    assert [action["code"] for action in answer_in_json["actions"]] == expected
    assert answer_in_json["count"] == len(expected)
    book = load_workbook(io.BytesIO(client.get(f"/it/{LABEL}/azioni.xlsx{query}").content))
    cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == expected
    assert {cell.data_type for cell in cells} == {"s"}, "codes are text, or a spreadsheet makes dates of them"


def stated(client, file_format: str) -> tuple[str, str]:
    """Source and licence that a file of all actions states."""
    content = client.get(f"/it/{LABEL}/azioni.{file_format}").content
    if file_format == "csv":
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert len({(row["source"], row["licence"]) for row in rows}) == 1
        return rows[0]["source"], rows[0]["licence"]
    if file_format == "json":
        described = json.loads(content)
        return described["source"], described["licence"]
    about = {row[0].value: row[1].value for row in load_workbook(io.BytesIO(content)).worksheets[1].iter_rows()}
    return about["source"], about["licence"]


@pytest.mark.parametrize("file_format", ["csv", "json", "xlsx"])
def test_files_state_the_licence_that_the_office_set_for_the_edition_and_none_of_their_own(
    client, edition, file_format
):
    assert stated(client, file_format) == (edition.source, "non indicata: chiedi all’ente che pubblica il piano")
    facts = EditionFacts(source="Atto n. 4 del 2021", licence="CC BY-NC 4.0", licence_address="https://esempio.it/nc")
    describe_edition(person=somebody("administrator"), edition=edition, facts=facts)
    assert stated(client, file_format) == ("Atto n. 4 del 2021", "CC BY-NC 4.0")


def test_a_file_says_what_the_page_says_with_examples_links_and_bodies_apart(client, edition):
    action = Action.objects.of(edition).with_code("1.1.1").get()
    Example.objects.create(action=action, position=90, text_it="Un esempio da non incollare")
    Link.objects.create(action=action, position=90, address="https://esempio.it/progetto")
    SheetRow.objects.create(action=action, position=1, label="Tempi", text_it="entro il 2027", text_en="by 2027")
    body = Organisation.objects.create(name_it="Agenzia delle prove", slug="agenzia-prove")
    Responsibility.objects.create(action=action, organisation=body)
    changed(Edition.objects.filter(pk=edition.pk))
    row = json.loads(client.get(f"/it/{LABEL}/azioni.json").content)["actions"][0]
    assert "Un esempio da non incollare" in row["examples_it"]
    assert "Un esempio da non incollare" not in row["description_it"]
    assert "https://esempio.it/progetto" in row["links"]
    assert row["responsible"] == ["Agenzia delle prove"]
    assert row["other_rows"] == [{"label": "Tempi", "text_it": "entro il 2027", "text_en": "by 2027"}]
    assert (row["axis"], row["actors_count"]) == (1, len(row["actors"])), "numbers are numbers"
    line = rows_of(client.get(f"/it/{LABEL}/azioni.csv"))[0]
    assert line["responsible"] == "Agenzia delle prove"
    assert line["other_rows"] == "Tempi: entro il 2027"
    book = load_workbook(io.BytesIO(client.get(f"/it/{LABEL}/azioni.xlsx").content)).worksheets[0]
    headings = [cell.value for cell in book[1]]
    assert book[2][headings.index("axis")].value == 1


def test_italian_spreadsheets_get_semicolons_where_they_are_asked_for(client, edition):
    text = client.get(f"/it/{LABEL}/azioni.csv?separatore=punto-e-virgola&asse=2").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["axis"] for row in rows} == {"2"}
    link = f"/it/{LABEL}/azioni.csv?asse=2&amp;separatore=punto-e-virgola"
    assert link in client.get(f"/it/{LABEL}/azioni/?asse=2").content.decode()


@pytest.mark.parametrize(
    ("formula", "guarded"),
    [("=1+1", "'=1+1"), ("+39 011", "'+39 011"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t'=1")],
)
def test_no_text_becomes_a_formula_in_a_spreadsheet(client, edition, formula, guarded):
    Action.objects.of(edition).with_code("1.1.1").update(title_it=formula)
    row = next(row for row in rows_of(client.get(f"/it/{LABEL}/azioni.csv")) if row["code"] == "1.1.1")
    assert row["title_it"] == guarded
    book = load_workbook(io.BytesIO(client.get(f"/it/{LABEL}/azioni.xlsx").content))
    line = next(row for row in book.worksheets[0].iter_rows() if row[0].value == "1.1.1")
    assert line[1].data_type == "s"
    described = json.loads(client.get(f"/it/{LABEL}/azioni.json").content)
    assert described["actions"][0]["title_it"] == formula, "programs get the text as it is"


def test_a_file_is_refused_in_words_where_the_question_is_not_understood(client, edition):
    response = client.get(f"/it/{LABEL}/azioni.csv?pnrr=zz9")
    assert response.status_code == 400
    assert "«zz9» non è tra i valori" in response.content.decode()


def test_an_unknown_kind_of_file_is_not_there(client, edition):
    assert client.get(f"/it/{LABEL}/azioni.exe").status_code == 404


def test_english_readers_get_english_texts_and_find_italian_words_too(find):
    page = find("q=school", language="en")
    assert "<mark>school</mark>" in page
    assert "An action for the" in page


def test_the_table_marks_the_column_it_is_ordered_by(find):
    page = find("vista=tabella&ordina=titolo")
    assert 'aria-sort="ascending"' in page
    assert reverse("site:action", args=[LABEL, "1.1.1"]) in page
