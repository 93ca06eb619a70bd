"""A verb that does nothing says why: one kind of refusal, with a sentence for each code; and no door hides a fault."""

import ast
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

from django.utils.translation import override

from aumenta.people.refusals import RefusedError, refusal_codes, refusal_sentence
from tests.house import DOORS, ROOMS
from tests.refusals_met import sentences_by_place
from tests.verbs_in_code import PACKAGE, functions, imported, modules_of, names_called, reached

ALL_DOORS = (*DOORS, "config", "ui")
NOT_REFUSALS = {
    "governance.notify.MailNotSentError": "what a job meets, told to the log of mails",
    "people.account_mail.AccountMailNotSentError": "what a job meets, told to the log of mails",
    "people.permission.NotAllowedError": "a PermissionDenied, with a page of its own",
    "people.refusals.RefusedError": "the refusal itself",
    "people.secrets.SecretUnreadableError": "a key of the server that was changed: a fault of the installation",
    "monitoring.projects.read_projects._FaultError": "a row that will not do, caught where the row is read",
    "pages.probe_link.NotPublicError": "an address that is never asked, caught beside where it is raised",
    "monitoring.reports.record.NewerReportError": "a database newer than the program: a fault of the installation",
    "results.event_snapshot.NewerSnapshotError": "a database newer than the program: a fault of the installation",
    "review.notify.NoticeNotSentError": "what a job meets, told to the log of mails",
}
HIDING = {"ValueError", "TypeError", "KeyError", "AttributeError", "LookupError", "IndexError", "Exception"}
"""Kinds of faults that a mistake in the code raises too: whoever catches them around a verb hides it."""
CODE_AT = {"RefusedError": 0, "check_facts": 1}
"""Which argument is the code of a refusal."""
MAY_CATCH = {
    "console/sync.py": "hands the fault to every request that waits for the batch, which raises it again",
    "live/broadcaster.py": "logs it; the next look comes a moment later, and no screen stays dark meanwhile",
}


def _parsed(rooms: Iterable[str]) -> Iterator[tuple[Path, ast.Module]]:
    for room in rooms:
        for path in modules_of(room):
            yield path.relative_to(PACKAGE), ast.parse(path.read_text(encoding="utf-8"))


def test_every_refusal_is_a_sentence_in_both_languages() -> None:
    raised: dict[str, tuple[str, set[str]]] = {}
    for where, tree in _parsed((*ROOMS, *ALL_DOORS)):
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CODE_AT):
                continue
            given = node.args[CODE_AT[node.func.id]]
            if isinstance(given, ast.Name | ast.JoinedStr):
                continue  # Handed on, or made of what a limited process found: its beginning is asked about below.
            assert isinstance(given, ast.Constant), f"{where}:{node.lineno}"
            if node.func.id == "check_facts":
                assert given.value in refusal_codes(), f"{where}:{node.lineno}"
                continue  # Its sentence is Django's own.
            names = {keyword.arg or "size" for keyword in node.keywords}
            # A verb may hand on a picture's measures as they are.
            names |= {"width", "height", "most", "least"} if "size" in names else set()
            raised[f"{where}:{node.lineno}"] = (str(given.value), names)
    assert len(raised) > 120
    assert not {where: code for where, (code, _names) in raised.items() if code not in refusal_codes()}
    for where, (code, names) in raised.items():
        if names & {"finding", "problem", "near"}:
            continue  # Sentences of another place, with tests of their own.
        error = RefusedError(code, **{name: 2 if name == "n" else f"«{name}»" for name in names})
        spoken = []
        for language in ("it", "en"):
            with override(language):
                spoken.append(refusal_sentence(error))
        assert "%(" not in spoken[0], where
        assert spoken[0] != spoken[1], where


def test_no_code_of_a_refusal_is_one_that_nobody_raises() -> None:
    words: set[str] = set()
    beginnings: set[str] = set()
    for where, tree in _parsed((*ROOMS, *ALL_DOORS)):
        for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.args):
            first = call.args[0]
            if isinstance(call.func, ast.Name) and call.func.id == "RefusedError" and isinstance(first, ast.JoinedStr):
                beginnings |= {str(part.value) for part in first.values[:1] if isinstance(part, ast.Constant)}
        if where.name != "refusals.py":
            words |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        else:
            # Kinds of refusal that bring more than words along give their code where they are made.
            calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
            words |= {
                a.value for n in calls for a in n.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
            }
    unsaid = {code for code in refusal_codes() - words if not any(code.startswith(start) for start in beginnings)}
    assert not unsaid


def test_no_code_is_refused_with_that_no_test_gets() -> None:
    """A new refusal comes with what somebody does to get it, in a file `test_refusals_….py`; none is met twice."""
    files = [f"tests.rooms.{file.stem}" for file in Path(__file__).parent.glob("test_refusals_*.py")]
    met = [code for file in files for code in import_module(file).REFUSALS.attempts]
    assert sorted(met) == sorted(set(met))
    rooms = ("people", "plan", "review", "pages", "governance")
    codes = {code for room in rooms for code in sentences_by_place()[f"aumenta.{room}.refusals"]}
    assert codes - set(met) == set()


def test_rooms_refuse_in_one_way() -> None:
    """No room has an exception of its own for «no»: what a verb refuses is a RefusedError, or a kind of it."""
    own = set()
    for where, tree in _parsed(ROOMS):
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                if any(base.endswith(("Error", "Exception", "PermissionDenied")) for base in bases - {"RefusedError"}):
                    own.add(".".join((*where.with_suffix("").parts, node.name)))
    assert own == set(NOT_REFUSALS)


def test_no_door_hides_a_fault_of_a_verb() -> None:
    """Around a verb a door catches what the verb refuses; ValueError and its like are read before it is called."""
    every = functions(tuple(ROOMS))
    hiding = set()
    for where, tree in _parsed(ALL_DOORS):
        local = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        known = imported(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Try) and HIDING & {name for h in node.handlers for name in _kinds(h.type)}:
                called = names_called(node.body, known)
                waiting, seen = (
                    [one.id for part in node.body for one in ast.walk(part) if isinstance(one, ast.Name)],
                    set(),
                )
                while waiting:
                    name = waiting.pop()
                    if name in local and name not in seen:
                        seen.add(name)
                        called |= names_called([local[name]], known)
                        waiting += [one.id for one in ast.walk(local[name]) if isinstance(one, ast.Name)]
                if any(f.writes for name in called & every.keys() for f in reached(every[name], every)):
                    hiding.add(where.as_posix())
    assert sorted(hiding) == sorted(MAY_CATCH)


def _kinds(caught: ast.expr | None) -> set[str]:
    if caught is None:
        return {"Exception"}
    return {node.id for node in ast.walk(caught) if isinstance(node, ast.Name)}
