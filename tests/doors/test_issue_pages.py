"""Issues at the desk and on the site: who opens what, what is marked, and what nobody may read."""

import json
import re

import pytest
from django.urls import reverse

from aumenta.core.tables import read_table
from aumenta.themes.issues.publish_matrix import published_matrix
from aumenta.themes.models import Coding, Issue, IssueStep
from aumenta.voices.models import Consent, Passage, Speaker
from aumenta.voices.passages.second_reading import begin_second_reading, reading_of
from aumenta.voices.talks.keep_talks import give_consent, put_on_record
from tests.cast import a_small_plan, somebody
from tests.issues_cast import a_codebook, a_statement, a_zone, said_of_issues


@pytest.fixture
def plan(db):
    return a_small_plan()


@pytest.fixture
def issues(plan):
    return a_codebook(plan)


@pytest.fixture
def asked(django_assert_max_num_queries):
    return django_assert_max_num_queries


@pytest.fixture
def desk(client, plan):
    """The browser of an editor; `desk.user` is she."""
    client.user = somebody("editor")
    client.force_login(client.user)
    return client


def read(desk, text, **sent):
    page = reverse("desk:read_talk", args=[text.talk_id])
    return desk.post(page, {"verb": "mark", "text": text.pk, **sent})


def test_words_are_marked_where_the_browser_says_and_else_where_they_stand(desk, plan, issues):
    text = a_statement(plan, "Prima riga 😀\r\nla sera, e poi la sera")
    key = issues["1.1"].pk
    # A text area has one sign for each end of line: the second «la sera» begins at 28 of it, 29 of the text.
    assert read(desk, text, words="la sera", start=28, end=35, issues=[key]).status_code == 302
    assert Passage.objects.get().words == "la sera"
    assert Passage.objects.get().start == text.text.rindex("la sera") == 29
    assert read(desk, text, words="riga 😀 la sera", issues=[key]).status_code == 302
    assert Passage.objects.order_by("pk").last().words == "riga 😀\r\nla sera"
    answer = read(desk, text, words="mai detto", issues=[key])
    assert answer.status_code == 400
    assert "mai detto" in answer.content.decode(), "what she wrote is still there"
    assert read(desk, text, words="", issues=[]).status_code == 400
    assert Passage.objects.count() == 2
    page = desk.get(reverse("desk:read_talk", args=[text.talk_id])).content.decode()
    assert "<mark>la sera</mark>" in page


def test_a_text_is_shown_as_it_is_and_never_as_markup(desk, plan, issues):
    text = a_statement(plan, "<script>alert(1)</script> & <b>x</b>")
    read(desk, text, words="<b>x</b>", issues=[issues["1.1"].pk])
    page = desk.get(reverse("desk:read_talk", args=[text.talk_id])).content.decode()
    assert "<script>alert" not in page
    assert "<mark>&lt;b&gt;x&lt;/b&gt;</mark>" in page


def test_who_reads_a_second_time_sees_nothing_of_the_first(desk, plan, issues):
    text = a_statement(plan, "Gli autobus la sera")
    read(desk, text, words="autobus", issues=[issues["1.1"].pk], memo="nota della prima")
    colleague = somebody("approver")
    begin_second_reading(person=colleague, source=text.talk)
    desk.force_login(colleague)
    for name, key in (("read_talk", text.talk_id), ("issue", issues["1.1"].pk)):
        page = desk.get(reverse(f"desk:{name}", args=[key])).content.decode()
        assert "nota della prima" not in page, name
        assert "<mark>" not in page, name
    read(desk, text, words="sera", issues=[issues["1.2"].pk])
    answer = desk.post(reverse("desk:read_talk", args=[text.talk_id]), {"verb": "finish"})
    assert "Hai segnato 1 passo" in answer.content.decode(), "it asks first"
    assert reading_of(colleague, text.talk).finished_at is None
    desk.post(reverse("desk:read_talk", args=[text.talk_id]), {"verb": "finish", "sure": "1"})
    page = desk.get(reverse("desk:agreement")).content.decode()
    assert str(issues["1.2"]) in page
    table = desk.get(reverse("desk:agreement_file")).content.decode("utf-8-sig").splitlines()
    assert table[0] == "unit,coder,value"
    assert len(table) == 1 + 2 * 2, "a text and two issues, each judged by both"


def test_each_heading_of_the_matrix_has_a_table_of_its_own_name(desk, plan, issues):
    page = desk.get(reverse("desk:issues")).content.decode()
    names = re.findall(r'role="region" tabindex="0" aria-label="([^"]*)"', page)
    assert len(names) == len(set(names)) == 2


def test_issues_are_changed_joined_split_and_taken_back_at_the_desk(desk, plan, issues):
    text = a_statement(plan, "Gli autobus la sera")
    read(desk, text, words="autobus", issues=[issues["1.1"].pk])
    read(desk, text, words="sera", issues=[issues["1.1"].pk])
    page = reverse("desk:issue", args=[issues["1.1"].pk])
    sent = {"verb": "change", "parent": issues["1"].pk, "title_it": "Corse serali", "state": "open", "seen": 0}
    assert desk.post(page, sent).status_code == 302
    assert desk.post(page, {**sent, "title_it": "Altro"}).status_code == 400, "a colleague has changed it"
    chosen = Coding.objects.order_by("-pk").first().pk
    desk.post(page, {"verb": "split", "chosen": [chosen], "title_it": "La sera"})
    assert Issue.objects.get(title_it="La sera").codings.count() == 1
    desk.post(page, {"verb": "merge", "into": issues["1.2"].pk})
    assert issues["1.2"].codings.count() == 1
    steps = reverse("desk:issue_steps")
    for step in IssueStep.objects.filter(undoes=None).order_by("-pk"):
        desk.post(steps, {"step": step.pk})
    issues["1.1"].refresh_from_db()
    assert issues["1.1"].title_it == "Criticità 1.1"
    assert issues["1.1"].codings.count() == 2


def test_only_who_approves_publishes_the_counts(desk, plan, issues):
    said_of_issues(plan, 4)
    page = reverse("desk:issues")
    assert desk.post(page, {"verb": "withdraw"}).status_code == 403
    assert published_matrix(plan) is not None
    desk.force_login(somebody("approver"))
    desk.post(page, {"verb": "withdraw"})
    assert published_matrix(plan) is None


def test_a_stranger_reads_what_is_published_and_no_word_that_may_not_be_quoted(client, plan, issues):
    said_of_issues(plan, 5)
    secret = a_statement(plan, "Questo resta fra noi", zone=a_zone(1))
    office = somebody("editor")
    client.force_login(office)
    read(client, secret, words="", issues=[issues["1.1"].pk])
    client.logout()
    for name in ("desk:issues", "desk:readings_of_voices", "desk:agreement_file"):
        assert client.get(reverse(name)).status_code == 302, name
    for page in ("", "1.1/"):
        told = client.get(f"/it/2021-2023/criticita/{page}").content.decode()
        assert "fra noi" not in told
        assert "inventate" in told, "invented voices are said to be"
    speaker = Speaker.objects.create(talk=secret.talk, label="Voce 1", forget_on="2099-01-01")
    secret.speaker = speaker
    secret.save()
    for use in (Consent.Use.QUOTE, Consent.Use.TAKE_PART):
        give_consent(person=office, speaker=speaker, use=use, text_version="1", given_on=secret.talk.held_on)
    put_on_record(person=office, statements=[secret])
    assert "fra noi" in client.get("/it/2021-2023/criticita/1.1/").content.decode()


def test_page_and_files_tell_the_same_and_no_small_count(client, plan, issues):
    said_of_issues(plan, 11)
    told = json.loads(client.get("/it/2021-2023/criticita.json").content)
    rows = [one for one in told["issues"] if one["issue"] == "1.1"]
    assert {one["sources"] for one in rows} & {0, 1, 2} == set()
    assert all((one["sources"] is None) == (one["left_out"] == "1") for one in rows)
    total = next(one["sources"] for one in rows if one["zone"] == "all" and one["kind"] == "all")
    assert total == 11
    assert told["invented"] == "1"
    page = client.get("/it/2021-2023/criticita/?fonte=interview").content.decode()
    row = re.search(r"1\.1 .*?</tr>", page, re.S).group()
    shown = [cell.strip() for cell in re.findall(r'<td class="figure">(.*?)</td>', row)]
    assert shown[0] == "11"
    by_zone = {one["zone"]: one["sources"] for one in rows if one["kind"] == "interview"}
    zones = [zone for zone, _name in published_matrix(plan).content["zones"]]
    expected = [by_zone[zone or "none"] for zone in zones]
    assert shown[1:] == ["·" if count is None else str(count) for count in expected]
    assert client.get("/it/2021-2023/criticita.pdf").status_code == 404


def test_a_heading_of_which_every_count_is_left_out_says_so_and_shows_no_columns_of_dots(client, plan, issues):
    said_of_issues(plan, 2)
    page = client.get("/it/2021-2023/criticita/").content.decode()
    assert "Sotto questo capo ogni conteggio è omesso" in page
    assert 'class="figure"' not in page


def test_an_issue_that_was_joined_leads_to_the_other_and_one_out_of_use_is_gone(client, plan, issues):
    Issue.objects.filter(pk=issues["1.1"].pk).update(active=False, merged_into=issues["1.2"])
    answer = client.get("/it/2021-2023/criticita/1.1/")
    assert answer.status_code == 302
    assert answer["Location"] == "/it/2021-2023/criticita/1.2/"
    Issue.objects.filter(pk=issues["2.1"].pk).update(active=False)
    assert client.get("/it/2021-2023/criticita/2.1/").status_code == 404
    assert client.get("/it/2021-2023/criticita/7.7/").status_code == 404


def test_reading_and_the_codebook_ask_as_often_for_many_passages_as_for_few(desk, plan, issues, asked):
    text = a_statement(plan, "parola " * 300)
    marks = [Passage(statement=text, start=n * 7, end=n * 7 + 6, marked_by=desk.user) for n in range(200)]
    Passage.objects.bulk_create(marks)
    Coding.objects.bulk_create(Coding(passage=one, issue=issues["1.1"]) for one in Passage.objects.all())
    for address in (
        reverse("desk:read_talk", args=[text.talk_id]),
        reverse("desk:issues"),
        reverse("desk:issue", args=[issues["1.1"].pk]),
        reverse("desk:agreement"),
        reverse("desk:readings_of_voices"),
        "/it/2021-2023/criticita/",
        "/it/2021-2023/criticita/1.1/",
    ):
        with asked(14 if "/lettura/voci/" in address else 20):
            assert desk.get(address).status_code == 200


def test_the_matrix_is_an_open_document_with_a_column_for_each_zone(client, plan):
    said_of_issues(plan, 4)
    answer = client.get(f"/it/{plan.label}/criticita-matrice.ods")
    assert answer["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"
    table = read_table(answer.content, ["Criticità", "Titolo"])
    assert list(table.header[:2]) == ["Criticità", "Titolo"]
    first, *others = table.rows
    assert first.cells[0].text == "1.1"
    assert first.cells[-1].text == "4"
    assert len(others) == 2
