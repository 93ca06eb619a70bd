"""A document that a person of the office has looked at becomes an edition in preparation."""

from dataclasses import replace

from django.db import transaction

from aumenta.core.extraction import PlanDocument
from aumenta.core.text.years import edition_label
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.import_plan import ImportReport
from aumenta.plan.models import Action, Edition
from aumenta.review.editions.import_edition import write_edition
from aumenta.review.editions.rename import rename_edition
from aumenta.review.lock import lock_edition
from aumenta.review.rules import may_manage_editions


@transaction.atomic
def load_edition(
    *, person: User, document: PlanDocument, label: str, title_it: str = "", public_too: bool = False
) -> ImportReport:
    """Write `document` into the edition `label`, which is made in preparation where there is none.

    An edition in preparation is completed. A public one takes a document only while it has no sheets, and only with
    `public_too`, as everybody reads it at once; sheets that are public change by proposals. Sheets that the office has
    approved since stay as they are. `title_it` is the title that the edition has then, one that was there before too.

    Raises NotAllowedError; RefusedError «frozen», «sheets_are_public», «would_be_public», or those of `import_plan` and
    `rename_edition`.
    """
    check_permission(may_manage_editions(person), "load_edition")
    label = edition_label(label)
    held = Edition.objects.filter(label=label).first()
    if held is not None:
        held = lock_edition(held.pk)
        if held.is_public and Action.objects.of(held).exists():
            raise RefusedError("sheets_are_public", edition=label)
        if held.is_public and not public_too:
            raise RefusedError("would_be_public", edition=label)
    named = replace(document, title=title_it.strip() or document.title)
    report = write_edition(named, label, person, in_preparation=True)
    asked = " ".join(title_it.split())
    if held is not None and asked and asked != held.title_it:
        rename_edition(person=person, edition=held, label=label, title_it=asked, title_en=held.title_en)
        report.title_before = held.title_it
        if label not in report.changed:
            report.changed.append(label)
    return report
