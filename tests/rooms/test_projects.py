"""Projects: read row by row, taken once, tied by a person, added up so that rows and totals agree; nothing inferred."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aumenta.monitoring.load_bundle import FOLDER
from aumenta.monitoring.models import Project, ProjectTie, SourceFile
from aumenta.monitoring.projects.balance import balance
from aumenta.monitoring.projects.money import amounts, by, by_part, confirmed_ties, total, zone_of
from aumenta.monitoring.projects.read_projects import read_projects
from aumenta.monitoring.projects.take_projects import (
    look_at_projects,
    put_projects_aside,
    send_projects,
    take_projects,
)
from aumenta.monitoring.projects.ties import decide_tie, matching, propose_ties
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Alignment, Framework, FrameworkItem
from aumenta.territory.models import Municipality, Succession, Territory
from tests.cast import a_small_plan, somebody
from tests.monitoring_cast import DAY, a_project, a_territory, projects_table

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 31)
GOOD = "P-1,D11B21007090001,Scuola,Comune 1,M4C1,1000.50,200,2025-03-31,2023-02-21,999001,1"


def sent(*rows: str) -> SourceFile:
    return send_projects(person=None, name="p.csv", data=projects_table(*rows), retrieved_on=DAY)


def taken(*rows: str) -> None:
    take_projects(person=None, file=sent(*rows))


def test_a_row_becomes_a_project_with_amounts_to_the_cent_and_no_payment_where_none_is_stated() -> None:
    a_territory()
    taken(GOOD, "P-2,,Strada,Provincia,M2C2,,,,2023-02-21,999002|999003,1", "P-3,,Tutti,Ente,M1C1,5,,,2023-02-21,,2")
    one, two = Project.objects.get(key="P-1"), Project.objects.get(key="P-2")
    assert (one.planned, one.paid, one.paid_on) == (Decimal("1000.50"), Decimal("200.00"), date(2025, 3, 31))
    assert (two.planned, two.paid, two.paid_on) == (None, None, None)
    assert [place.istat_code for place in two.municipalities.order_by("istat_code")] == ["999002", "999003"]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (GOOD.replace("1000.50", "1.234"), "finanziamento totale", "doubtful"),
        (GOOD.replace("1000.50", "tanto"), "finanziamento totale", "amount"),
        (GOOD.replace("1000.50", "-5"), "finanziamento totale", "amount"),
        (GOOD.replace("D11B21007090001", "D11"), "cup", "cup"),
        (GOOD.replace("2023-02-21", "ieri"), "data aggiornamento", "day"),
        (GOOD.replace("2023-02-21", "2099-02-21"), "data aggiornamento", "future"),
        (GOOD.replace("999001", "Torino"), "istat codes", "place"),
        (GOOD.replace("Scuola", ""), "titolo progetto", "missing"),
        (GOOD.replace(",999001,1", ",999001,molte"), "n provinces", "count"),
    ],
)
def test_a_row_that_will_not_do_is_refused_with_its_place_and_the_others_are_read(
    row: str, column: str, code: str
) -> None:
    a_territory()
    found = read_projects(projects_table(row, GOOD.replace("P-1", "P-2")), today=TODAY)
    assert [(one.row, one.column, one.code) for one in found.refused] == [(2, column, code)]
    assert [one.facts["key"] for one in found.projects] == ["P-2"]


def test_amounts_are_read_as_people_write_them() -> None:
    a_territory()
    rows = [
        GOOD.replace("P-1", f"P-{n}").replace("1000.50", f'"{text}"')
        for n, text in enumerate(("1.234.567,89", "12,5", "€ 7"))
    ]
    found = read_projects(projects_table(*rows), today=TODAY)
    assert [one.facts["planned"] for one in found.projects] == [
        Decimal("1234567.89"),
        Decimal("12.50"),
        Decimal("7.00"),
    ]


def test_the_code_of_a_municipality_that_is_no_more_leads_to_its_successor() -> None:
    a_territory()
    gone, here = Municipality.objects.get(istat_code="999009"), Municipality.objects.get(istat_code="999002")
    Succession.objects.create(predecessor=gone, successor=here, kind=Succession.Kind.MERGED, on=date(2019, 12, 31))
    taken(GOOD.replace("999001", "999009"))
    assert [one.istat_code for one in Project.objects.get().municipalities.all()] == ["999002"]


def test_the_same_file_twice_adds_nothing_and_a_change_is_told_before_it_is_taken() -> None:
    a_territory()
    taken(GOOD)
    assert (look_at_projects(file=sent(GOOD)).same, Project.objects.count()) == (1, 1)
    file = sent(GOOD.replace("1000.50", "2000").replace("999001", "999002"))
    (found,) = look_at_projects(file=file).changed
    assert found[2] == ["planned", "municipalities"]
    with pytest.raises(RefusedError, match="readings_changed_meanwhile"):
        take_projects(person=None, file=file, looked_at=(1, 0))
    take_projects(person=None, file=file, looked_at=(0, 1))
    assert Project.objects.get().planned == Decimal(2000)
    with pytest.raises(RefusedError, match="file_of_readings_gone"):
        take_projects(person=None, file=file)


def test_a_project_that_lies_nowhere_any_more_keeps_no_place() -> None:
    a_territory()
    taken(GOOD)
    taken(GOOD.replace("999001", ""))
    assert not Project.objects.get().municipalities.exists()


def test_a_payment_says_until_when_or_is_refused() -> None:
    a_territory()
    data = projects_table(GOOD.replace("2025-03-31", ""))
    assert [(one.column, one.code) for one in read_projects(data, today=TODAY).refused] == [("pagato al", "missing")]
    (one,) = read_projects(data.replace(b"pagato,", b"payments_2025_02,"), today=TODAY).projects
    assert one.facts["paid_on"] == date(2025, 2, 28)


def test_strangers_and_referents_keep_no_projects() -> None:
    a_territory()
    file, edition = sent(GOOD), a_small_plan()
    action = Action.objects.of(edition)[0]
    for role in ("referent", "reader", "facilitator"):
        person = somebody(role, email=f"{role}@esempio.it")
        for attempt in (
            lambda who=person: send_projects(person=who, name="p", data=projects_table(GOOD), retrieved_on=DAY),
            lambda who=person: take_projects(person=who, file=file),
            lambda who=person: put_projects_aside(person=who, file=file),
            lambda who=person: decide_tie(person=who, project=a_project(), action=action, confirmed=True),
            lambda who=person: propose_ties(person=who, edition=edition, territory=Territory.objects.get()),
        ):
            with pytest.raises(NotAllowedError):
                attempt()


def a_component() -> FrameworkItem:
    framework = Framework.objects.get_or_create(code="pnrr", defaults={"name_it": "PNRR"})[0]
    item = FrameworkItem.objects.filter(framework=framework, code="M3C1").first()
    return item or FrameworkItem.objects.create(framework=framework, code="M3C1", slug="m3c1", name_it="Alta velocità")


def test_proposals_say_why_count_for_nothing_and_matching_adds_up() -> None:
    territory, edition = a_territory(), a_small_plan()
    action = Action.objects.of(edition)[0]
    Action.objects.filter(pk=action.pk).update(title_it="Ferrovia metropolitana elettrificata")
    Alignment.objects.create(action=action, item=a_component(), position=99)
    taken(
        "P-1,,Elettrificazione della ferrovia metropolitana,RFI,M3C1,100,,,2023-02-21,999001,1",
        "P-2,,Biblioteca,Comune,M3C1,50,,,2023-02-21,999001,1",
    )
    propose_ties(person=None, edition=edition, territory=territory)
    tie = ProjectTie.objects.get(project__key="P-1", action=action)
    assert tie.state == "proposed"
    assert tie.why["component"] == "M3C1"
    assert len(tie.why["words"]) >= 2
    assert not ProjectTie.objects.filter(project__key="P-2").exists()
    found = matching(edition)
    assert (found.confirmed, found.unmatched, found.total) == (0, 1, 2)
    parts, nothing = by_part(amounts(territory), confirmed_ties(edition), "action")
    assert (parts, nothing.projects) == ({}, 2), "a proposal counts for no sum"
    decide_tie(person=somebody("editor"), project=tie.project, action=action, confirmed=True)
    parts, nothing = by_part(amounts(territory), confirmed_ties(edition), "action")
    assert {code: one.planned for code, one in parts.items()} == {action.code: Decimal(100)}
    assert matching(edition).confirmed == 1
    propose_ties(person=None, edition=edition, territory=territory)
    assert ProjectTie.objects.get(project__key="P-1").state == "confirmed", "what was decided stays"


def test_what_was_declined_is_not_proposed_again() -> None:
    territory, edition = a_territory(), a_small_plan()
    action = Action.objects.of(edition)[0]
    Action.objects.filter(pk=action.pk).update(title_it="Ferrovia metropolitana elettrificata")
    Alignment.objects.create(action=action, item=a_component(), position=99)
    taken("P-1,,Ferrovia metropolitana elettrificata,RFI,M3C1,100,,,2023-02-21,999001,1")
    decide_tie(person=somebody("editor"), project=Project.objects.get(), action=action, confirmed=False)
    propose_ties(person=None, edition=edition, territory=territory)
    assert [one.state for one in ProjectTie.objects.filter(action=action)] == ["declined"]


def test_a_project_is_in_one_row_and_rows_add_up_to_the_total() -> None:
    territory = a_territory()
    taken(
        GOOD,
        "P-2,,Due zone,Ente,M1C1,10,,,2023-02-21,999001|999003,1",
        "P-3,,Due comuni di una zona,Ente,M1C1,20,,,2023-02-21,999001|999002,1",
        "P-4,,Altre province,Ente,M1C1,30,,,2023-02-21,999001|001272,3",
        "P-5,,Nessun luogo,Ente,M1C1,40,,,2023-02-21,,1",
        "P-6,,Ovunque,Ente,M1C1,,,,2023-02-21,tutto il territorio,1",
    )
    rows = amounts(territory)
    sums = by(rows, zone_of)
    assert {key: one.projects for key, one in sums.items()} == {
        1: 2,
        "several": 1,
        "outside": 1,
        "nowhere": 1,
        "everywhere": 1,
    }
    whole = total(rows)
    assert whole.projects == sum(one.projects for one in sums.values()) == 6
    assert whole.planned == sum(one.planned for one in sums.values()) == Decimal("1100.50")
    assert (sums["everywhere"].without_planned, whole.without_paid) == (1, 5)


def test_the_balance_says_who_has_more_and_hides_nothing() -> None:
    territory, edition = a_territory(), a_small_plan()
    taken(GOOD, "P-2,,Ovunque,Ente,M1C1,99,,,2023-02-21,tutto il territorio,1")
    found = balance(edition, territory)
    assert [one.number for one in found.zones] == [1, 2]
    assert found.zones[0].of_money == 1.0
    assert found.unplaced["everywhere"].projects == 1
    assert found.total.projects == 2
    assert 0 < found.unplaced_share < 1


def test_the_official_file_is_read_whole_and_the_bundle_is_made_of_it() -> None:
    data = (FOLDER / "projects.csv").read_bytes()
    found = read_projects(data, today=TODAY)
    assert (len(found.projects), found.refused) == (2012, [])
    assert sum(one.facts["planned"] for one in found.projects) > Decimal(10) ** 9
    assert sum(one.facts["provinces"] > 1 for one in found.projects) == 78
    assert all((one.facts["paid"] is None) == (one.facts["paid_on"] is None) for one in found.projects)


OFFICIAL = (
    "CUP,Codice Locale Progetto,Missione,Componente,Descrizione Componente,Codice Univoco Misura,Descrizione Misura,"
    "Codice Univoco Submisura,Descrizione Submisura,Titolo progetto,Sintesi progetto,Finanziamento PNRR,"
    "Finanziamento Totale,Finanziamento Totale Pubblico,Soggetto attuatore,Codice fiscale soggetto attuatore,"
    "Data aggiornamento,istat_codes,n_municipalities,n_provinces,fin_tot_2025_03,payments_2025_03,"
    "payments_pnrr_2025_03\n"
)


def test_the_official_columns_are_told_apart_and_payments_get_the_day_of_their_column() -> None:
    a_territory()
    row = (
        "D11B21007090001,PRJ_1,M1,M1C1,Digitalizzazione,M1C1I1.04,Servizi,M1C1I1.04.03,PagoPA,Titolo,Sintesi,"
        "100.0,120.0,110.0,COMUNE 1,2843860012,2023-02-21,999001,1,1,120.0,80.5,70.0\n"
    )
    (one,) = read_projects((OFFICIAL + row).encode(), today=TODAY).projects
    facts = one.facts
    assert (facts["planned"], facts["planned_fund"], facts["paid"]) == (Decimal(120), Decimal(100), Decimal("80.50"))
    assert (facts["paid_on"], facts["measure_name"]) == (date(2025, 3, 31), "PagoPA")
    assert (facts["head_tax_code"], facts["programme"]) == ("02843860012", "PNRR")


@pytest.mark.parametrize("count", [3, 60])
def test_sums_cost_as_few_queries_for_many_projects_as_for_few(count: int) -> None:
    territory, edition = a_territory(), a_small_plan()
    taken(*(f"P-{n},,Titolo,Ente,M1C1,10,,,2023-02-21,999001,1" for n in range(count)))
    balance(edition, territory)
    with CaptureQueriesContext(connection) as asked:
        balance(edition, territory)
    assert len(asked) <= 16
