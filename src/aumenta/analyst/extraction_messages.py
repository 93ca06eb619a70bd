"""What a person reads when a document can't be taken as a plan: what was found, and what to do."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from aumenta.analyst.language import _
from aumenta.core.extraction import ExtractionError, Problem

# So many codes are named before "and n more".
NAMED: Final = 12


def extraction_message(error: ExtractionError, path: Path | str) -> str:
    """The error as sentences in the language of the shell."""
    params = {key: _shown(value) for key, value in error.params.items()}
    params["path"] = str(path)
    if error.code == "incomplete":
        return _incomplete(error.params, str(path))
    if error.code == "wrong_value":
        params["expected"] = _expected(str(error.params["expected"]))
    if error.code == "binary_file" and not error.params.get("found"):
        params["found"] = _("unknown kind")
    if error.code == "bad_layout":
        params.update(path=str(error.params["path"]), where=str(error.params["where"] or _("its first lines")))
    return _sentences()[error.code] % params


def _sentences() -> dict[str, str]:
    return {
        "not_found": _("There is no file «%(path)s»: check its name and folder."),
        "not_a_file": _("«%(path)s» is a folder: name the document in it."),
        "unreadable": _("«%(path)s» can't be opened (%(detail)s): check that you may read it."),
        "empty_file": _("«%(path)s» is empty: download or save the document again."),
        "binary_file": _(
            "«%(path)s» is neither text nor PDF (%(found)s, %(bytes)s bytes): save the document as PDF or as plain "
            "text and try again."
        ),
        "damaged_pdf": _(
            "«%(path)s» is a PDF that can't be opened, perhaps cut or damaged (%(detail)s): download it again."
        ),
        "locked_pdf": _("«%(path)s» is a PDF locked with a password: save a copy without it and try again."),
        "pdf_without_text": _(
            "«%(path)s» is a PDF of %(pages)s pages without any text, perhaps a scan: recognise its text (OCR) first, "
            "or look for the original."
        ),
        "no_sheets": _(
            "No action sheet and no list of strategies was found in «%(path)s» (%(lines)s lines, %(words)s words; it "
            "begins «%(start)s»): check that it is the plan itself. A plan printed in another way needs a layout of "
            "its own (--layout; see docs/how-to/load-another-citys-plan.md)."
        ),
        "several_json": _(
            "«%(path)s» is a whole plan by itself (JSON): name it alone, or name only texts, pages and PDF together."
        ),
        "unreadable_code": _(
            "The code «%(found)s» (%(where)s in the layout) can't be read. Codes have one to three numbers from 1 to "
            "9999, such as 2.1.3 or 12. For letters the layout says what they count as, under [codes]: letters = "
            '"alphabet" (A1, B2) or letters = "roman" (II.3); see docs/how-to/load-another-citys-plan.md.'
        ),
        "short_code": _(
            "The code «%(found)s» (%(where)s in the layout) has two numbers, but no strategy of that number stands "
            "above it. An action's code has three (axis, strategy, action); two are enough where the strategies' codes "
            "have one, or where there are no strategies ([codes] levels = 2)."
        ),
        "no_headings": _(
            "In «%(path)s» (%(lines)s lines) no headings with codes come again, such as «Azione 1.1.1 …»: check that "
            "it is the plan itself; a list without codes can't be described by a layout."
        ),
        "bad_layout": _("The layout «%(path)s» has a mistake at %(where)s: %(detail)s."),
        "not_json": _("«%(path)s» begins like JSON but is none (%(detail)s): write it again with aumenta extract."),
        "wrong_format": _(
            "«%(path)s» is JSON of another kind: its format is %(found)s instead of %(expected)s. Write it with "
            "aumenta extract."
        ),
        "wrong_value": _("In «%(path)s», %(where)s should be %(expected)s but is %(found)s: correct it there."),
        "repeated_code": _("In «%(path)s», %(where)s repeats %(found)s: every code may stand there once."),
        "unknown_reference": _("In «%(path)s», %(where)s is %(found)s, which the file doesn't describe: add it."),
    }


def beginning(text: str) -> str:
    """Enough of a text to find it by: its first hundred characters, cut at a word. The JSON holds it whole."""
    return text if len(text) <= 100 else f"{text[:100].rsplit(' ', 1)[0]}…"


def problem_name(problem: Problem) -> str:
    """What is the matter with a text that found no place, in a few words."""
    names = {
        "axis_differs": _("another axis than the strategy's"),
        "axis_text": _("another name or aim of an axis than its first one"),
        "begins_late": _("the beginning is missing: the first code is"),
        "axis_without_title": _("axis without a title"),
        "encoding": _("the text isn't clean UTF-8: check the accents"),
        "fewer_actions": _("actions found / announced"),
        "fewer_strategies": _("strategies found / announced"),
        "header_differs": _("the header says otherwise than at its first printing"),
        "item_outside_group": _("item of another group than the one printed above it"),
        "label_missing": _("read without its label"),
        "label_of_another_code": _("words that elsewhere belong to another code"),
        "link_by_order": _("link given to a sheet by order alone: check it"),
        "missing": _("skipped by the numbering"),
        "no_rows": _("none of these labels found in any sheet"),
        "no_place": _("text without a field"),
        "other_strategy": _("action under the header of another strategy"),
        "outside_sheets": _("outside the sheets"),
        "page_furniture": _("left out as part of the page, not of the text"),
        "repeated_action": _("action printed twice: the first is kept"),
        "row_missing": _("row not printed"),
        "sheet_cut": _("sheet that breaks off"),
        "strategy_implied": _("strategy made for the actions of an axis that has none"),
        "strategy_without_header": _("strategy without a header of its own"),
    }
    return names.get(problem.kind, problem.kind)


def _expected(value: str) -> str:
    kinds = {
        "a text": _("a text"),
        "a text that isn't empty": _("a text that isn't empty"),
        "a whole number": _("a whole number"),
        "true or false": _("true or false"),
        "a list": _("a list"),
        "an object": _("an object"),
        "no such key": _("absent (this version doesn't know it)"),
    }
    return kinds.get(value, value)


def _incomplete(params: Mapping[str, Any], path: str) -> str:
    told = [
        _("«%(path)s» is not whole. Found in it: strategies %(strategies)d, actions %(actions)d, the last %(last)s.")
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
            % {"labels": _listed([f"«{label}»" for label in params["no_rows"]])}
        )
    if params["missing"]:
        told.append(_("The numbering skips %(codes)s.") % {"codes": _listed(params["missing"])})
    if params.get("no_rows"):
        told.append(_("To read what is there all the same, add --partial."))
    else:
        told.append(_("Look for the whole document; to read what is there all the same, add --partial."))
    return " ".join(told)


def _listed(codes: Sequence[str]) -> str:
    named = ", ".join(codes[:NAMED])
    if len(codes) <= NAMED:
        return named
    return _("%(codes)s and %(count)d more") % {"codes": named, "count": len(codes) - NAMED}


def _shown(value: object) -> str:
    return _("nothing") if value is None or value == "" else str(value)
