"""The activity log: every verb that changes something leaves an entry, and every entry reads well in both languages."""

import ast
import importlib

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from aumenta.activity.log import log
from aumenta.activity.models import ActivityEntry
from aumenta.activity.sentences import Words, activity_detail, activity_sentence, known_codes, register_words
from aumenta.people.models import User
from aumenta.people.refusals import register_refusals
from tests.house import ROOMS
from tests.verbs_in_code import PACKAGE, functions, reached, verbs_that_write

LOG = "activity.log.log"
WITHOUT_ENTRY = {
    "people.change_address.ask_new_address": "sends a link, and counts it: the address is told when it changes",
    "monitoring.actions.make_demo_updates.make_demo_updates": "invents what a demo shows, marked as invented",
    "pages.check_links.ask_for_check": "asks the worker to look, and changes nothing that anybody wrote",
    "review.edit_draft.edit_draft": "saves every few seconds: that the draft was opened and sent is told",
    "review.frame.propose_change.edit_change": "writes her own draft on: that it was opened and sent is told",
    "review.rebase.rebase": "a draft goes on from a newer version, its text unchanged: its sending is told",
    "surveys.take_reply.enter_reply": "a reply keeps who typed it in and its day; a moment could tell whose it is",
    "themes.issues.code_passages.code_passage": "reading gives hundreds: each keeps who gave it, publishing is told",
    "themes.issues.code_passages.take_from_issue": "takes back what whoever reads gave a moment ago",
    "voices.passages.mark.mark_passage": "reading marks hundreds: each keeps who marked it",
    "voices.passages.mark.take_mark_off": "takes back what whoever reads marked a moment ago",
    "voices.talks.transcripts.send_transcript": "a file read to be looked at: that it was taken in is told",
}
BY_NOBODY_WITH_AN_ACCOUNT = {
    "contribution.erasure_asked",
    "contribution.hidden_by_sender",
    "contribution.withdrawn_by_sender",
}
"""Done by who sent a contribution, by the link of her receipt: neither a person of the log nor the system did it."""


def test_every_verb_that_changes_something_leaves_an_entry_in_the_log() -> None:
    rooms = tuple(room for room in ROOMS if room != "activity")
    verbs = verbs_that_write(rooms)
    silent = {
        verb.full_name
        for verb in verbs
        if LOG not in {name for f in reached(verb, functions(rooms)) for name in f.calls}
    }
    assert len(verbs) > 40, "the verbs are found in the code"
    assert silent == set(WITHOUT_ENTRY)


def test_codes_come_from_the_room_that_writes_them() -> None:
    """No code is a loose text in a verb: it is a name of the room's `activity.py`, where its sentence stands."""
    loose = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        own = _names_of_codes(tree, path.relative_to(PACKAGE).parts[0])
        places = {"log": 99} | _functions_that_hand_a_code_on(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
                code = _code_given(node, places[node.func.id])
                handed_on = isinstance(code, ast.Name) and code.id == "code"
                if code is not None and not handed_on and not _names(code) & own:
                    loose.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert loose == []


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _names_of_codes(tree: ast.Module, room: str) -> set[str]:
    """What a module imports from its room's `activity.py`, and its own constants that are made of that."""
    own = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == f"aumenta.{room}.activity"
        for alias in node.names
    }
    made = {
        node.target.id
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and _names(node) & own
    }
    return own | made


def _functions_that_hand_a_code_on(tree: ast.Module) -> dict[str, int]:
    """Functions of the module that are given the code which they log, and in which place: their callers are asked."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("_"):
            given = [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]
            called = {n.func.id for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
            if "code" in given and "log" in called:
                found[node.name] = given.index("code")
    return found


def _code_given(call: ast.Call, place: int) -> ast.expr | None:
    """What a call says is the code."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    return named.get("code", call.args[place] if len(call.args) > place else None)


def test_every_code_of_a_room_has_its_words_and_every_word_its_code() -> None:
    codes = set()
    for room in ROOMS:
        if (PACKAGE / room / "activity.py").exists():
            module = importlib.import_module(f"aumenta.{room}.activity")
            of_room = {value for name, value in vars(module).items() if name.isupper() and isinstance(value, str)}
            assert of_room == set(module.WORDS), room
            codes |= of_room
    assert codes == set(known_codes())


def test_every_entry_is_a_sentence_in_both_languages() -> None:
    spoken = {}
    for language in ("it", "en"):
        with override(language):
            spoken[language] = {
                code: (label, activity_sentence(ActivityEntry(code=code, subject="1.1.1")))
                for code, label in known_codes().items()
            }
    begins_otherwise = {code for code, (_label, said) in spoken["en"].items() if not said.startswith("The system ")}
    assert begins_otherwise == BY_NOBODY_WITH_AN_ACCOUNT
    for code, (label, sentence) in spoken["it"].items():
        english_label, english = spoken["en"][code]
        assert "%" not in sentence + english, code
        assert label != english_label, code
        assert sentence != english, code


def test_an_entry_whose_code_nobody_knows_any_more_can_still_be_read() -> None:
    entry = ActivityEntry(code="gone.by", subject="1.1.1", detail="x")
    assert activity_sentence(entry) == "Il sistema: gone.by 1.1.1"
    assert activity_detail(entry) == "x"


def test_two_rooms_can_not_use_one_code() -> None:
    with pytest.raises(ValueError, match=r"people\.added"):
        register_words({"people.added": Words("made", "%(who)s")})
    with pytest.raises(ValueError, match="bad_email"):
        register_refusals({"bad_email": "No."})


@pytest.mark.django_db
def test_an_entry_says_what_it_is_about_without_a_key_to_it() -> None:
    person = User.objects.create_user("ada@example.org", full_name="Ada Ferrero")
    entry = log(code="people.added", person=person, about=person)
    assert (entry.subject_kind, entry.subject_key, entry.subject) == ("people.user", str(person.pk), "Ada Ferrero")
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityEntry.objects.create(code="people.added", subject_kind="people.user")
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityEntry.objects.filter(pk=entry.pk).update(subject_key="0")
