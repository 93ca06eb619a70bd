"""What a person reads when a document can't be taken as a plan: what was found, and what to do; and what is the matter
with a text that found no place. English here; `core/locale` holds the Italian.

Core knows no reader and no language: whoever shows a sentence hands in the function that translates.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from aumenta.core.catalog import gettext_noop
from aumenta.core.extraction.document import ExtractionError, Problem
from aumenta.core.words_of_libraries import in_the_readers_words

Translate = Callable[[str], str]

# So many codes are named before "and n more".
NAMED: Final = 12
ABOUT_LAYOUTS: Final = frozenset({"no_sheets", "no_headings", "bad_layout", "unreadable_code", "short_code"})
"""Errors that a layout, or another one, would mend: whoever shows them shows where to learn of layouts."""


SENTENCES: Final[dict[str, str]] = {
    "not_found": gettext_noop("There is no file “%(path)s”: check its name and folder."),
    "not_a_file": gettext_noop("“%(path)s” is a folder: name the document in it."),
    "unreadable": gettext_noop("“%(path)s” can't be opened (%(detail)s): check that you may read it."),
    "empty_file": gettext_noop("“%(path)s” is empty: download or save the document again."),
    "binary_file": gettext_noop(
        "“%(path)s” is neither text nor PDF (%(found)s, %(bytes)s bytes): save the document as PDF or as plain "
        "text and try again."
    ),
    "damaged_page": gettext_noop(
        "“%(path)s” is a web page that is damaged: too many of its parts are never closed. Save it again, or "
        "paste its text."
    ),
    "damaged_pdf": gettext_noop("“%(path)s” is a PDF that can't be opened, perhaps cut or damaged: download it again."),
    "locked_pdf": gettext_noop("“%(path)s” is a PDF locked with a password: save a copy without it and try again."),
    "pdf_without_text": gettext_noop(
        "“%(path)s” is a PDF without any text, perhaps a scan (pages: %(pages)s): recognise its text (OCR) first, "
        "or look for the original."
    ),
    "no_sheets": gettext_noop(
        "No action sheet and no list of strategies was found in “%(path)s” (%(lines)s lines, %(words)s words; it "
        "begins “%(start)s”): check that it is the plan itself. A plan printed in another way needs a layout of "
        "its own: aumenta layout proposes one."
    ),
    "too_much_text": gettext_noop(
        "“%(path)s” holds more text than any plan (%(letters)s characters, %(most)s at most): divide it, or leave out "
        "what is no part of the plan."
    ),
    "too_laborious": gettext_noop(
        "“%(path)s” takes longer to read than any plan: it is damaged, or an expression of its layout never comes to "
        "an end. Save the document again, or try without the layout."
    ),
    "busy_reading": gettext_noop(
        "“%(path)s” was not read: several files are being read at this moment. Send it again in a minute."
    ),
    "several_json": gettext_noop(
        "“%(path)s” is a whole plan by itself (JSON): name it alone, or name only texts, pages and PDF together."
    ),
    "unreadable_code": gettext_noop(
        "The code “%(found)s” (%(where)s in the layout) can't be read. Codes have one to three numbers from 1 to "
        "9999, such as 2.1.3 or 12. For letters the layout says what they count as, under [codes]: letters = "
        '"alphabet" (A1, B2) or letters = "roman" (II.3).'
    ),
    "short_code": gettext_noop(
        "The code “%(found)s” (%(where)s in the layout) has two numbers, but no strategy of that number stands "
        "above it. An action's code has three (axis, strategy, action); two are enough where the strategies' codes "
        "have one, or where there are no strategies ([codes] levels = 2)."
    ),
    "no_headings": gettext_noop(
        "In “%(path)s” (%(lines)s lines) no headings with codes come again, such as “Azione 1.1.1 …”: check that "
        "it is the plan itself; a list without codes can't be described by a layout."
    ),
    "bad_layout": gettext_noop("The layout “%(path)s” has a mistake at %(where)s: %(detail)s."),
    "not_json": gettext_noop(
        "“%(path)s” begins like JSON but is none (%(detail)s): write it again with aumenta extract."
    ),
    "wrong_format": gettext_noop(
        "“%(path)s” is JSON of another kind: its format is %(found)s instead of %(expected)s. Write it with "
        "aumenta extract."
    ),
    "wrong_value": gettext_noop("In “%(path)s”, %(where)s should be %(expected)s but is %(found)s: correct it there."),
    "repeated_code": gettext_noop("In “%(path)s”, %(where)s repeats %(found)s: every code may stand there once."),
    "unknown_reference": gettext_noop(
        "In “%(path)s”, %(where)s is %(found)s, which the file doesn't describe: add it."
    ),
}
PROBLEMS: Final[dict[str, str]] = {
    "axis_differs": gettext_noop("another axis than the strategy's"),
    "axis_text": gettext_noop("another name or aim of an axis than its first one"),
    "begins_late": gettext_noop("the beginning is missing: the first code is"),
    "axis_without_title": gettext_noop("axis without a title"),
    "encoding": gettext_noop("the text isn't clean UTF-8: check the accents"),
    "fewer_actions": gettext_noop("actions found / announced"),
    "fewer_strategies": gettext_noop("strategies found / announced"),
    "header_differs": gettext_noop("the header says otherwise than at its first printing"),
    "item_outside_group": gettext_noop("item of another group than the one printed above it"),
    "label_missing": gettext_noop("read without its label"),
    "label_of_another_code": gettext_noop("words that elsewhere belong to another code"),
    "link_by_order": gettext_noop("link given to a sheet by order alone: check it"),
    "missing": gettext_noop("skipped by the numbering"),
    "no_rows": gettext_noop("none of these labels found in any sheet"),
    "no_place": gettext_noop("text without a field"),
    "other_strategy": gettext_noop("action under the header of another strategy"),
    "outside_sheets": gettext_noop("outside the sheets"),
    "headers_and_footers": gettext_noop("left out as part of the page, not of the text"),
    "repeated_action": gettext_noop("action printed twice: the first is kept"),
    "row_missing": gettext_noop("row not printed"),
    "sheet_cut": gettext_noop("sheet that breaks off"),
    "strategy_implied": gettext_noop("strategy made for the actions of an axis that has none"),
    "strategy_without_header": gettext_noop("strategy without a header of its own"),
}
_EXPECTED: Final[dict[str, str]] = {
    "a text": gettext_noop("a text"),
    "a text that isn't empty": gettext_noop("a text that isn't empty"),
    "a whole number": gettext_noop("a whole number"),
    "true or false": gettext_noop("true or false"),
    "a list": gettext_noop("a list"),
    "an object": gettext_noop("an object"),
    "no such key": gettext_noop("absent (this version doesn't know it)"),
}

_DETAILS: Final = {"not a text in UTF-8": gettext_noop("not a text in UTF-8")}


def say_error(error: ExtractionError, path: Path | str, translate: Translate) -> str:
    """The error as sentences; `path` is what its reader calls the document."""
    params = {key: _shown(value, translate) for key, value in error.params.items()}
    if "detail" in params:
        params["detail"] = in_the_readers_words(params["detail"], translate)
    params["path"] = str(path)
    if error.code == "incomplete":
        return _incomplete(error.params, str(path), translate)
    if error.code == "wrong_value":
        expected = str(error.params["expected"])
        params["expected"] = translate(_EXPECTED.get(expected, expected))
    if error.code == "binary_file" and not error.params.get("found"):
        params["found"] = translate(gettext_noop("unknown kind"))
    if error.code == "bad_layout":
        where = str(error.params["where"] or translate(gettext_noop("its first lines")))
        detail = translate(_DETAILS.get(params["detail"], params["detail"]))
        params.update(path=str(error.params["path"]), where=where, detail=detail)
    return translate(SENTENCES[error.code]) % params


def say_problem(problem: Problem, translate: Translate) -> str:
    """What is the matter with a text that found no place, in a few words."""
    return translate(PROBLEMS[problem.kind]) if problem.kind in PROBLEMS else problem.kind


def _incomplete(params: Mapping[str, Any], path: str, _: Translate) -> str:
    told = [
        _("“%(path)s” is not whole. Found in it: strategies %(strategies)d, actions %(actions)d, the last %(last)s.")
        % {**params, "path": path}
    ]
    if params["announced_strategies"]:
        told.append(_("Announced in it: strategies %(announced_strategies)d.") % params)
    if params["announced_actions"]:
        told.append(_("Announced in it: actions %(announced_actions)d.") % params)
    if params["unfinished"]:
        told.append(_("Sheet %(unfinished)s breaks off.") % params)
    if params.get("begins"):
        told.append(_("Its first code is %(begins)s: the beginning is missing.") % params)
    if params.get("no_rows"):
        told.append(
            _(
                "None of its sheets has a row that the layout knows (%(labels)s): either the labels are written "
                "otherwise (--layout), or the file keeps labels and values apart. Save it as text with each value "
                "beside its label, or look for another copy."
            )
            % {"labels": _listed([_("“%(label)s”") % {"label": label} for label in params["no_rows"]], _)}
        )
    if params["missing"]:
        told.append(_("The numbering skips %(codes)s.") % {"codes": _listed(params["missing"], _)})
    if params.get("no_rows"):
        told.append(_("To read what is there all the same, add --partial."))
    else:
        told.append(_("Look for the whole document; to read what is there all the same, add --partial."))
    return " ".join(told)


def _listed(codes: Sequence[str], _: Translate) -> str:
    named = ", ".join(codes[:NAMED])
    if len(codes) <= NAMED:
        return named
    return _("%(codes)s and %(count)d more") % {"codes": named, "count": len(codes) - NAMED}


def _shown(value: object, translate: Translate) -> str:
    return translate(gettext_noop("nothing")) if value is None or value == "" else str(value)
