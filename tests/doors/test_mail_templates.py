"""Every mail is plain text: what people wrote stands in it as they wrote it, without the signs of a page."""

import ast
import re
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils.translation import override

from aumenta.people.office_words import office_mail

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


def test_every_mail_is_written_by_the_one_function_that_signs_it() -> None:
    """Sender, signature and a subject of one line are the office's: nothing else of ours makes a mail. What allauth
    sends goes through the adapter (desk/people/accounts.py), which hands the same signature to its templates."""
    makers = set()
    for path in (SOURCE / "aumenta").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                name = node.func.id
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name = node.func.attr
            else:
                continue
            if name in {"send_mail", "send_mass_mail", "EmailMessage", "EmailMultiAlternatives", "mail_admins"}:
                makers.add(path.relative_to(SOURCE / "aumenta").as_posix())
    assert makers - {"desk/people/accounts.py"} == {"people/office_words.py"}


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_mail_is_signed_once_in_the_language_of_who_reads_it(language: str) -> None:
    sender = "Ufficio di piano <piano@ente.esempio>"
    with override(language), override_settings(DEFAULT_FROM_EMAIL=sender):
        mail = office_mail("Un\n oggetto ", "  Ciao \n", "ada@esempio.it", reply_to="sala@ente.esempio")
        again = office_mail("x", str(mail.body), "ada@esempio.it")
    assert (mail.subject, mail.body) == ("Un oggetto", "Ciao\n\n-- \nUfficio di piano\n")
    assert (mail.from_email, mail.to, mail.reply_to) == (sender, ["ada@esempio.it"], ["sala@ente.esempio"])
    assert again.body == mail.body
    with override(language), override_settings(DEFAULT_FROM_EMAIL="piano@ente.esempio"):
        unnamed = office_mail("x", "Ciao", "ada@esempio.it")
    assert str(unnamed.body).endswith({"it": "L’ufficio di pianificazione\n", "en": "The planning office\n"}[language])
