"""The frame of pages and its components, without a browser."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from aumenta.core.diff import Span, diff_words
from aumenta.ui.addresses import in_other_language, with_query
from aumenta.ui.sorting import ordering
from tests.house import ROOT, tracked


def render(source: str, path: str = "/it/azioni/", query: str = "", **context: object) -> str:
    request = RequestFactory().get(path, query_params=dict(pair.split("=") for pair in query.split("&") if pair))
    with translation.override(path[1:3]):
        return Template("{% load ui parts words plan_picture %}" + source).render(
            Context({"request": request, "public_address": "https://piano.example", **context})
        )


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/it/2021-2023/azioni/2.2.2/", "en", "/en/2021-2023/azioni/2.2.2/"),
        ("/en/", "it", "/it/"),
        ("/admin/", "en", None),
        ("/", "en", None),
        ("/item/", "en", None),
        ("/it", "en", None),
    ],
)
def test_the_other_language_has_the_same_address_with_another_prefix(path, language, expected):
    assert in_other_language(path, language) == expected


def test_the_language_link_keeps_filters_and_the_canonical_address_does_not():
    source = '{% page_in "en" %} {% page_in "en" absolute=True %}'
    assert render(source, query="asse=2") == "/en/azioni/?asse=2 https://piano.example/en/azioni/"


def test_a_link_to_another_order_goes_back_to_the_first_page_and_keeps_filters():
    html = render('{% sort_header "Titolo" "titolo" %}', query="asse=2&pagina=3")
    assert 'href="?asse=2&amp;ordina=titolo"' in html
    assert "aria-sort" not in html


def test_a_second_press_on_a_heading_turns_the_order_round():
    html = render('{% sort_header "Titolo" "titolo" %}', query="ordina=titolo")
    assert 'aria-sort="ascending"' in html
    assert 'href="?ordina=-titolo"' in html
    html = render('{% sort_header "Titolo" "titolo" %}', query="ordina=-titolo")
    assert 'aria-sort="descending"' in html
    assert 'href="?ordina=titolo"' in html


@given(st.text())
def test_nobody_can_sort_by_a_field_that_is_not_shown(asked):
    request = RequestFactory().get("/it/azioni/", query_params={"ordina": asked})
    answer = ordering(request, {"codice": ("axis__number", "number"), "titolo": ("title_it",)}, "codice")
    shown = {"axis__number", "number", "title_it"}
    assert {name.removeprefix("-") for name in answer.fields} <= shown


def test_descending_turns_every_field():
    request = RequestFactory().get("/", query_params={"ordina": "-codice"})
    assert ordering(request, {"codice": ("axis", "-number")}, "codice").fields == ("-axis", "number")


def test_a_query_can_lose_its_last_value():
    request = RequestFactory().get("/", query_params={"asse": "2"})
    assert with_query(request, {"asse": None}) == "?"


def test_pages_of_a_list_keep_filters():
    page = Paginator(range(100), 10).get_page(5)
    html = render("{% pagination page %}", query="asse=2", page=page)
    assert 'href="?asse=2&amp;pagina=4"' in html
    assert html.count("aria-current") == 1


def test_a_list_of_one_page_has_no_page_numbers():
    assert render("{% pagination page %}", page=Paginator(range(5), 10).get_page(1)).strip() == ""


def test_a_breadcrumb_with_a_missing_address_is_refused():
    with pytest.raises(TemplateSyntaxError):
        render('{% breadcrumb "Piano" "/it/" %}')


def test_icons_without_words_are_silent_and_with_words_are_pictures():
    assert 'aria-hidden="true"' in render('{% icon "it-search" %}')
    assert 'role="img" aria-label="Cerca"' in render('{% icon "it-search" label="Cerca" %}')


def test_texts_given_to_components_are_escaped():
    nasty = '<script>alert("x")</script>'
    source = (
        "{% page_header x lead=x kicker=x %}{% breadcrumb x '/' x %}{% tag x %}{% chip x %}"
        "{% notice title=x %}{% endnotice %}{% data_table caption=x %}{% enddata_table %}"
        "{% empty_state title=x %}{% endempty_state %}{% person_line x x x %}{% code_square '1.1.1' '/' x %}"
    )
    assert "<script>" not in render(source, x=nasty)


def test_what_is_in_a_cell_of_a_stacked_table_stays_together_beside_its_name():
    cell = '1 <span>(2000)</span>, <a href="/">b</a>'
    row = f'<tr><th scope="row">A</th><td data-label="N" class="figure">{cell}</td><td>x</td></tr>'
    stacked = "{% data_table caption='C' kind='stacked' %}" + row + "{% enddata_table %}"
    assert f'<td data-label="N" class="figure"><div>{cell}</div></td><td>x</td>' in render(stacked)
    assert row in render(stacked.replace("stacked", "figures")), "elsewhere a cell is as it was written"


def test_from_the_seventh_axis_the_colours_come_again():
    assert [render("{{ n|axis_class }}", n=n) for n in (1, 6, 7, 12)] == ["axis-1", "axis-6", "axis-1", "axis-6"]


class Sheet(forms.Form):
    title = forms.CharField(label="Titolo", help_text="Breve.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    role = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    agreed = forms.BooleanField()
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_every_field_has_its_label_help_and_error_tied_to_it():
    with translation.override("it"):
        html = str(Sheet({"title": ""}))
    assert '<label for="id_title">Titolo</label>' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_the_summary_of_errors_leads_to_things_that_are_there():
    html = str(Sheet({"title": ""}))
    anchors = re.findall(r'href="#([^"]+)"', html)
    assert len(anchors) == 3
    assert all(f'id="{anchor}"' in html for anchor in anchors)


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    html = str(Sheet())
    fieldset = html[html.index("<fieldset") : html.index("</fieldset>")]
    assert "<legend>" in fieldset
    assert fieldset.count("<label") == 2


def test_hidden_fields_have_no_label():
    html = str(Sheet())
    assert '<input type="hidden" name="secret"' in html
    assert 'for="id_secret"' not in html


def test_an_error_of_a_hidden_field_is_still_told():
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    assert "error-summary" in str(Hidden({}))


def test_only_what_may_stay_empty_is_marked():
    with translation.override("it"):
        html = str(Sheet())
    assert html.count("(facoltativo)") == 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_compared_texts_say_in_words_what_went_and_what_came(old, new):
    spans = diff_words(old, new)
    html = render('{% two_texts spans language="it" %}', spans=spans)
    assert html.count("<del") == sum(1 for span in spans if span.kind == "removed" and span.text.strip())
    assert html.count("<ins") == sum(1 for span in spans if span.kind == "added" and span.text.strip())
    assert html.count("[tolto: ") == html.count("<del")
    assert html.count("[aggiunto: ") == html.count("<ins")


def test_equal_texts_are_shown_once_and_said_to_be_equal():
    html = render("{% two_texts spans %}", spans=[Span("same", "a"), Span("added", " "), Span("same", "b")])
    assert "[" not in html, "a space that came is no word to be said"
    html = render("{% two_texts spans %}", spans=diff_words("Lo stesso.", "Lo stesso."))
    assert html.count("Lo stesso.") == 1
    assert "Il testo non è cambiato." in html


def test_a_tick_box_written_by_hand_stands_in_a_line_that_is_all_its_target():
    """A box that is not in `.choice` or a label is drawn by the browser, a few pixels wide, above its words."""
    alone = []
    for path in tracked("src/*.html"):
        text = path.read_text(encoding="utf-8")
        for box in re.finditer(r"<input[^<]*type=[\"'](?:checkbox|radio)", text):
            before = text[: box.start()]
            in_label = before.rfind("<label") > before.rfind("</label>")
            if not in_label and not before.rstrip().endswith('<div class="choice">'):
                alone.append(f"{path.relative_to(ROOT)}:{before.count(chr(10)) + 1}")
    assert not alone


def test_a_button_that_sends_one_verb_carries_the_token_and_goes_where_it_is_told():
    given = Context({"csrf_token": "token", "words": "Togli <dal> sito"})
    own = Template('{% load parts %}{% verb_form "hide" words %}').render(given)
    assert 'name="csrfmiddlewaretoken" value="token"' in own
    assert "action=" not in own
    assert "Togli &lt;dal&gt; sito" in own
    elsewhere = Template('{% load parts %}{% verb_form "hide" words "/it/a/" style="btn-danger" %}').render(given)
    assert 'action="/it/a/"' in elsewhere
    assert 'class="btn btn-danger"' in elsewhere
