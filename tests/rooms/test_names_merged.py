"""Names: nothing is preset, a misspelt one is seen, two of one thing become one everywhere, lists stay closed."""

import pytest
from django.test import Client

from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.change_names import add_alias, rename_meant
from aumenta.plan.models import Action, Actor, ActorAlias, FrameworkItem
from aumenta.plan.near_names import NearNames
from aumenta.plan.sheet_content import AlignmentRow, content_problems, content_with, read_content
from aumenta.review.approve import approve
from aumenta.review.models import Proposal, Version
from aumenta.review.names.merge import merge_names, uses_of
from aumenta.review.propose import propose
from aumenta.review.queries import public_history, sheets_beside_their_version
from aumenta.review.record import record_import
from aumenta.review.spreadsheet.names import WrittenNames
from aumenta.review.submit import submit
from aumenta.territory.models import Municipality
from tests.cast import a_small_plan, somebody
from tests.monitoring_cast import a_territory

pytestmark = pytest.mark.django_db


def ivrea_twice() -> tuple[Actor, Actor, Action]:
    """The right name, a misspelt one that a sheet has, and that sheet."""
    edition = a_small_plan()
    right = Actor.objects.create(slug="comune-di-ivrea", name_it="Comune di Ivrea")
    wrong = Actor.objects.create(slug="comune-di-ivera", name_it="Comune di Ivera")
    action = Action.objects.of(edition)[0]
    action.involvements.create(actor=wrong, position=2)
    record_import(edition=edition)
    return right, wrong, action


def test_a_misspelt_name_is_recognised_and_a_right_or_a_strange_one_is_not() -> None:
    ivrea_twice()
    Actor.objects.get(slug="comune-di-ivera").involvements.all().delete()
    Actor.objects.get(slug="comune-di-ivera").delete()
    near = NearNames()
    assert near.actor("Comune di Ivera") == "Comune di Ivrea"
    assert near.actor("comune di  IVREA") == ""
    assert near.actor("Politecnico") == ""


def test_two_names_of_one_actor_become_one_in_sheets_drafts_and_versions() -> None:
    right, wrong, action = ivrea_twice()
    editor = somebody("administrator")
    draft = propose(person=editor, action=action, content={**read_content(action), "title_it": "Mio titolo"})
    assert uses_of(wrong)[:3] == (1, 1, 1)
    merge_names(person=editor, gone=wrong, kept=right)
    rows = read_content(action)["actors"]
    assert {"actor": "comune-di-ivrea", "printed": "Comune di Ivera"} in rows
    assert not Actor.objects.filter(slug="comune-di-ivera").exists()
    assert ActorAlias.objects.get(key="comune di ivera").actor == right
    assert sheets_beside_their_version(action.strategy.axis.edition) == []
    draft.refresh_from_db()
    assert draft.content["title_it"] == "Mio titolo"
    assert {row["actor"] for row in draft.content["actors"]} >= {"comune-di-ivrea"}
    submit(person=editor, proposal_id=draft.pk, revision=draft.revision)
    approve(person=somebody("approver"), proposal_id=draft.pk, revision=draft.revision)
    assert Action.objects.get(pk=action.pk).title_it == "Mio titolo"
    history = public_history(action, action.strategy.axis.edition)
    assert any("Comune di Ivera" in sentence for change in history for sentence in change.sentences)


def test_a_sheet_that_had_both_names_has_the_one_once() -> None:
    right, wrong, action = ivrea_twice()
    action.involvements.create(actor=right, position=3)
    merge_names(person=somebody("administrator"), gone=wrong, kept=right)
    assert [row["actor"] for row in read_content(action)["actors"]].count("comune-di-ivrea") == 1


def test_nothing_is_merged_with_itself_or_by_who_may_not() -> None:
    right, wrong, _action = ivrea_twice()
    with pytest.raises(RefusedError, match="merge_with_itself"):
        merge_names(person=somebody("administrator"), gone=wrong, kept=wrong)
    with pytest.raises(NotAllowedError):
        merge_names(person=somebody("reader"), gone=wrong, kept=right)
    assert Version.objects.filter(reason__contains="→").count() == 0


def test_a_name_is_put_right_everywhere_and_the_old_one_stays_known() -> None:
    right, wrong, action = ivrea_twice()
    office = somebody("administrator")
    with pytest.raises(RefusedError, match="name_is_another"):
        rename_meant(person=office, meant=wrong, name_it="Comune di Ivrea")
    rename_meant(person=office, meant=wrong, name_it="Comune di Issiglio")
    assert "Comune di Issiglio" in {str(row.actor) for row in action.involvements.all()}
    assert ActorAlias.objects.get(key="comune di ivera").actor == wrong
    assert right.name_it == "Comune di Ivrea"


def test_a_wording_gets_a_second_meaning_only_after_a_question(client: Client) -> None:
    right, wrong, _action = ivrea_twice()
    office = somebody("administrator")
    add_alias(person=office, printed="Città di Ivrea", meant=right)
    client.force_login(office)
    posted = {"printed": "Città di Ivrea", "means": str(wrong.pk)}
    page = client.post("/it/scrivania/denominazioni/?tipo=attori", posted).content.decode()
    assert "«Città di Ivrea» significa già «Comune di Ivrea»" in page
    assert ActorAlias.objects.count() == 1
    client.post("/it/scrivania/denominazioni/?tipo=attori", {**posted, "sure": "1"})
    assert ActorAlias.objects.count() == 2


def test_the_form_of_names_presets_no_meaning(client: Client) -> None:
    ivrea_twice()
    client.force_login(somebody("administrator"))
    page = client.get("/it/scrivania/denominazioni/").content.decode()
    assert '<option value="" selected>' in page.split('name="means"')[1].split("</select>")[0]


def test_what_is_typed_never_becomes_an_item_of_a_framework() -> None:
    action = Action.objects.of(a_small_plan())[0]
    content = read_content(action)
    before = FrameworkItem.objects.count()
    row = AlignmentRow(framework="pnrr", item="", role="primary", printed="Componente 11")
    problems = content_problems(content_with(content, {"alignments": [row]}))
    assert [problem[1] for problem in problems] == ["not_in_list"]
    assert problems[0][2] == "Componente 11\nM1C1 Componente 1"
    assert content_problems(content_with(content, {"alignments": [{**row, "printed": "M1C1"}]})) == []
    assert FrameworkItem.objects.count() == before


def test_writer_and_approver_both_read_that_a_name_is_new_and_what_may_be_meant(client: Client) -> None:
    right, wrong, action = ivrea_twice()
    wrong.involvements.all().delete()
    wrong.delete()
    record_import(edition=action.strategy.axis.edition)
    editor = somebody("editor", axes=tuple(action.strategy.axis.edition.axes.all()))
    content = read_content(action)
    content["actors"] = [*content["actors"], {"actor": "", "printed": "Comune di Ivera"}]
    draft = propose(person=editor, action=action, content=content)
    client.force_login(editor)
    said = f"Nuovo: Comune di Ivera. Intendevi {right}?"
    assert said in client.get("/it/scrivania/schede/2021-2023/1.1.1/").content.decode()
    submit(person=editor, proposal_id=draft.pk, revision=draft.revision)
    client.force_login(somebody("approver"))
    assert said in client.get(f"/it/scrivania/proposte/{Proposal.objects.get().pk}/").content.decode()


def test_a_misspelt_municipality_is_seen_though_no_sheet_ever_named_it() -> None:
    a_territory()
    near = NearNames()
    for n, name in enumerate(("Ivrea", "Carmagnola")):
        Municipality.objects.filter(istat_code=f"99900{n + 1}").update(name=name)
    first, second = Municipality.objects.filter(name__in=("Ivrea", "Carmagnola"))
    assert near.actor(f"Comune di {first.name}") == near.actor(f"comune di {second.name.upper()}") == ""
    assert near.actor("Comune di Ivera") == "Comune di Ivrea"
    assert near.actor("Comune di Carmangola") == "Comune di Carmagnola"
    assert near.actor("Politecnico di Torino") == ""


def test_what_is_asked_of_a_name_in_a_spreadsheet_is_a_name_like_it_and_no_other() -> None:
    a_territory()
    Municipality.objects.filter(istat_code="999001").update(name="Carmagnola")
    for slug, name in (
        ("condominio", "Associazioni degli amministratori di condominio"),
        ("comuni-x", "Comuni e Unioni"),
    ):
        Actor.objects.create(slug=slug, name_it=name)
    row = {"actor": "Comune di Carmangola", "printed": ""}
    understood, [problem] = WrittenNames().rows("actors", [row], [])
    assert understood == []
    assert "Comune di Carmagnola" in problem
    assert "condominio" not in problem
