"""The first version of the privacy notice speaks of every form by which a stranger tells us something."""

import pytest

from aumenta.following.models import KEPT_FOR
from aumenta.pages.make_first_pages import FIRST_PAGES
from aumenta.site.contacts.forms import ContactForm, RatingForm
from aumenta.site.events.forms import RegistrationForm
from aumenta.site.following.forms import FollowForm
from aumenta.site.guarded_form import GuardedForm
from aumenta.site.surveys.forms import ReplyForm
from aumenta.site.voices.forms import ContributionForm

HEADINGS = {
    ContactForm: ("Se scrivi all’ufficio", "Writing to the office"),
    RatingForm: ("Se valuti una pagina", "Rating a page"),
    RegistrationForm: ("Se ti iscrivi a un incontro", "Registering for an event"),
    FollowForm: ("Se segui una parte del piano per e-mail", "Following a part of the plan by e-mail"),
    ReplyForm: ("Se rispondi a un questionario", "Answering a questionnaire"),
    ContributionForm: ("Se partecipi a una consultazione", "Taking part in a consultation"),
}
NOTICE = next(page for page in FIRST_PAGES if page.slug == "privacy")


def test_every_form_of_the_site_has_its_heading_in_the_notice() -> None:
    waiting, ends = [GuardedForm], set()
    while waiting:
        form = waiting.pop()
        below = form.__subclasses__()
        waiting += below
        ends |= set() if below else {form}
    assert {one for one in ends if one.__module__.startswith("aumenta.")} == set(HEADINGS)


@pytest.mark.parametrize("form", HEADINGS)
def test_the_notice_speaks_of_it_in_both_languages(form: type[GuardedForm]) -> None:
    italian, english = HEADINGS[form]
    assert f"<h3>{italian}</h3>" in NOTICE.body_it
    assert f"<h3>{english}</h3>" in NOTICE.body_en


def test_what_the_program_knows_of_how_long_it_keeps_is_said_and_not_left_to_the_authority() -> None:
    assert KEPT_FOR.days == 3 * 365
    assert "dopo tre anni" in NOTICE.body_it
    assert "[Tempo" not in NOTICE.body_it
