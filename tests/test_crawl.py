"""The walk through the public site: what it opens, and which faults it says."""

import pytest
from tools.crawl import Answer, faults, links_of, walk


def site(**pages: str) -> dict[str, Answer]:
    """A site by its pages: `home="a b"` has links to /it/a/ and /it/b/; `old=">a"` leads on to /it/a/ by itself."""
    answers = {}
    for name, links in pages.items():
        onward = f"/it/{links[1:]}/" if links.startswith(">") else ""
        text = "" if onward else "".join(f'<a class="x" href="/it/{one}/">{one}</a>' for one in links.split())
        answers[f"/it/{name}/"] = Answer(302 if onward else 200, onward, text)
    return answers


def walked(answers: dict[str, Answer], listed: set[str], each: int | None = None):
    """The walk from the page `home`, its faults, and what was opened; pages named with a figure are alike."""
    opened: list[str] = []

    def answer_of(address: str) -> Answer:
        opened.append(address)
        return answers.get(address, Answer(404, "", ""))

    seen = walk("/it/home/", listed, answer_of, lambda address: address.rstrip("0123456789/"), each)
    return list(faults(seen, listed, "/it/home/")), opened


def test_a_broken_link_is_said_with_the_page_that_has_it() -> None:
    found, _opened = walked(site(home="a", a="gone"), set())
    assert found == ["404 /it/gone/, linked from /it/a/"]


def test_a_page_of_the_sitemap_that_no_page_leads_to_is_said() -> None:
    found, _opened = walked(site(home="a", a="home", lonely="home"), {"/it/a/", "/it/lonely/"})
    assert found == ["no page leads to /it/lonely/"]


def test_a_page_further_than_four_clicks_is_said_and_being_led_on_is_no_click() -> None:
    answers = site(home="a", a="b", b="old", old=">c", c="d", d="e", e="")
    found, _opened = walked(answers, {"/it/d/", "/it/e/"})
    assert found == ["5 clicks to /it/e/"]
    shorter = site(home="a d", a="b", b="c", c="d", d="e", e="")
    assert walked(shorter, {"/it/d/", "/it/e/"})[0] == []


def test_of_pages_that_are_alike_the_first_are_opened_where_the_sitemap_has_the_others() -> None:
    many = [f"place{n}" for n in range(9)]
    answers = site(home=" ".join(many), **dict.fromkeys(many, "home"))
    listed = {f"/it/{one}/" for one in many}
    found, opened = walked(answers, listed, each=2)
    assert found == []
    assert len([one for one in opened if "place" in one]) == 2
    assert len(walked(answers, listed, each=None)[1]) == 10


def test_a_page_that_the_sitemap_does_not_have_is_opened_however_many_are_alike() -> None:
    many = [f"place{n}" for n in range(9)]
    answers = site(home=" ".join(many), **dict.fromkeys(many[:8], "home"))
    found, _opened = walked(answers, set(), each=2)
    assert found == ["404 /it/place8/, linked from /it/home/"]


def test_what_was_put_by_is_opened_while_a_page_of_the_sitemap_has_not_been_met() -> None:
    answers = site(home="place1 place2 place3", place1="", place2="", place3="rare", rare="")
    listed = {"/it/place1/", "/it/place2/", "/it/place3/", "/it/rare/"}
    assert walked(answers, listed, each=1)[0] == []


@pytest.mark.parametrize(
    ("written", "links"),
    [
        ('<a href="/it/x/#y">', ["/it/x/"]),
        ("<a class=z\n href='/it/?a=1&amp;b=2'>", ["/it/?a=1&b=2"]),
        ('<a href="?pagina=2">', ["/it/here/?pagina=2"]),
        ('<a href="#top"><a href="mailto:a@b.it"><a href="https://a.it/"><a href="//a.it/">', []),
        ('<link href="/it/x/">', []),
    ],
)
def test_links_are_read_as_a_browser_reads_them(written: str, links: list[str]) -> None:
    assert links_of(written, "/it/here/") == links
