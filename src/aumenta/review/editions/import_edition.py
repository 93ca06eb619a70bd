"""A published document becomes an edition, or brings news to one; what the office has reviewed since stays as it is."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.extraction import PlanDocument
from aumenta.plan.import_plan import ImportReport, import_plan
from aumenta.plan.models import Edition
from aumenta.review.activity import IMPORTED
from aumenta.review.models import Version
from aumenta.review.record import record_import


@transaction.atomic
def import_edition(*, document: PlanDocument, label: str) -> ImportReport:
    """Write `document` into the edition `label` and record its sheets as versions; all of it or nothing.

    Sheets of which a proposal was approved stay as they were approved. Refused as `import_plan` refuses. For the
    console: who may run it is whoever may run commands on the server.
    """
    approved = Version.objects.filter(edition__label=label, origin=Version.Origin.APPROVED)
    report = import_plan(document=document, label=label, keep=set(approved.values_list("code", flat=True)))
    edition = Edition.objects.get(label=label)
    record_import(edition=edition)
    if not report.nothing_new:
        log(code=IMPORTED, person=None, about=edition, subject=label)
    return report
