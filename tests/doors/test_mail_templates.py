"""Every mail is plain text: what people wrote stands in it as they wrote it, without the signs of a page."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
MAILS = sorted(path for path in SOURCE.rglob("templates/**/mail/*.txt"))
BEGINS = re.compile(r"(?:\{% load [\w ]+ %\}\s*)?\{% autoescape off %\}")


def test_mails_are_found() -> None:
    assert len(MAILS) > 30


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.relative_to(SOURCE / "aumenta").as_posix())
def test_no_sign_of_a_mail_becomes_one_of_a_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert BEGINS.match(text), "an apostrophe would be written &#x27;"
    assert text.rstrip().endswith("{% endautoescape %}")
    assert text.count("autoescape") == 2
    assert "<" not in re.sub(r"\{[{%#].*?[}%#]\}", "", text, flags=re.DOTALL)
