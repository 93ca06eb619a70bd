"""A published document becomes an edition, or brings news to one; what the office has reviewed since stays as it is."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.extraction import PlanDocument
from aumenta.core.text.years import edition_label
from aumenta.people.models import User
from aumenta.plan.import_plan import ImportReport, import_plan
from aumenta.plan.models import AlignmentProposal, Edition
from aumenta.review.activity import IMPORTED
from aumenta.review.models import Version
from aumenta.review.record import record_import


@transaction.atomic
def import_edition(*, document: PlanDocument, label: str) -> ImportReport:
    """Write `document` into the edition `label` and record its sheets as versions; all of it or nothing.

    Sheets of which a proposal was approved stay as they were approved. Refused as `import_plan` refuses. For the
    console: who may run it is whoever may run commands on the server. People at the desk load one by `load_edition`.
    """
    return write_edition(document, edition_label(label), None, in_preparation=False)


def write_edition(document: PlanDocument, label: str, person: User | None, *, in_preparation: bool) -> ImportReport:
    """What both verbs do inside their transaction, once they know that `person` may."""
    approved = Version.objects.filter(edition__label=label, origin=Version.Origin.APPROVED)
    # Whose goals a person confirmed has rows that no document prints: it would take them away again.
    confirmed = AlignmentProposal.objects.filter(
        action__strategy__axis__edition__label=label, state=AlignmentProposal.State.CONFIRMED
    ).select_related("action__strategy__axis")
    keep = {*approved.values_list("code", flat=True), *(one.action.code for one in confirmed)}
    report = import_plan(document=document, label=label, keep=keep, in_preparation=in_preparation)
    edition = Edition.objects.get(label=label)
    record_import(edition=edition)
    if not report.nothing_new:
        log(code=IMPORTED, person=person, about=edition, within=label, subject=label, detail=document.title)
    return report
