"""What a person reads when an import is refused: what was found, and what to do."""

from django.utils.translation import gettext as _

from aumenta.plan.import_plan import ImportRefusedError


def import_message(refusal: ImportRefusedError) -> str:
    """The refusal as a sentence in the language that is active."""
    sentences = {
        "bad_label": _(
            "«%(label)s» is not an edition: write its first and last year with a hyphen, such as --edition 2021-2023."
        ),
        "no_strategies": _(
            "The document «%(title)s» holds no strategy, so there is nothing to import: check that it is the plan."
        ),
        "unknown_framework": _(
            "Action %(sheet)s is aligned to the framework «%(framework)s», which no table describes: add it first "
            "(docs/how-to/add-a-framework.md). Nothing was written."
        ),
        "too_long": _(
            "At %(sheet)s a title or name is longer than %(longest)d characters («%(text)s…»): probably a paragraph "
            "was read as one. Correct the layout or the document. Nothing was written."
        ),
        "other_years": _(
            "The document calls itself «%(title)s», which is edition %(printed)s and not %(label)s: run the command "
            "again with --edition %(printed)s. Nothing was written."
        ),
        "known_plan": _(
            "Nearly all strategies of the document are in edition %(other)s already: if it is that edition, run the "
            "command again with --edition %(other)s instead of %(label)s. Nothing was written."
        ),
        "wrong_edition": _(
            "This is not edition %(label)s: only %(alike)d of the %(found)d strategies of the document have a title "
            "that edition %(label)s knows. Name the edition the document belongs to with --edition. "
            "Nothing was written."
        ),
    }
    return sentences[refusal.code] % refusal.params
