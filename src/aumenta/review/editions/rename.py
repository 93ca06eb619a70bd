"""An edition opened with the wrong years or by mistake: renamed, or taken away while nobody read it."""

from django.db import transaction
from django.db.models import ProtectedError

from aumenta.activity.log import log
from aumenta.core.text.years import edition_label, years_of_label
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.changed import changed
from aumenta.plan.models import Edition
from aumenta.review.activity import REMOVED, RENAMED
from aumenta.review.lock import lock_edition
from aumenta.review.models import FrameProposal, Headings, Proposal, Version
from aumenta.review.record import record_import
from aumenta.review.rules import may_manage_editions


def years_of(label: str) -> tuple[int, int]:
    """The two years of a label such as 2027-2029. Raises RefusedError «bad_label»."""
    years = years_of_label(label)
    if years is None:
        raise RefusedError("bad_label", label=label)
    return years


@transaction.atomic
def rename_edition(*, person: User, edition: Edition, label: str, title_it: str, title_en: str = "") -> Edition:
    """Give an edition other titles and, while it is in preparation, other years (they stand in its addresses).

    Raises NotAllowedError; RefusedError «frozen», «bad_label», «label_taken», «years_are_public», «title_required» or
    «words_too_long».
    """
    check_permission(may_manage_editions(person), "rename_edition")
    edition = lock_edition(edition.pk)
    label = edition_label(label)
    title_it, title_en = " ".join(title_it.split()), " ".join(title_en.split())
    most = Edition._meta.get_field("title_it").max_length or 0
    if not title_it:
        raise RefusedError("title_required")
    if longest := [title for title in (title_it, title_en) if len(title) > most]:
        raise RefusedError("words_too_long", length=len(longest[0]), most=most)
    was = edition.label
    if label != was:
        if edition.is_public:
            raise RefusedError("years_are_public", edition=was)
        edition.first_year, edition.last_year = years_of(label)
        if Edition.objects.filter(label=label).exists():
            raise RefusedError("label_taken", label=label)
    edition.label, edition.title_it, edition.title_en = label, title_it, title_en
    edition.save(update_fields=["label", "title_it", "title_en", "first_year", "last_year"])
    record_import(edition=edition)
    changed(Edition.objects.filter(pk=edition.pk))
    log(code=RENAMED, person=person, about=edition, within=label, subject=f"{label} «{title_it}»", detail=was)
    return edition


@transaction.atomic
def remove_edition(*, person: User, edition: Edition) -> None:
    """Take away an edition in preparation in which nobody wrote: the one it was opened from stays as it is.

    Raises NotAllowedError; RefusedError «not_in_preparation», «edition_has_work» or «edition_in_use».
    """
    check_permission(may_manage_editions(person), "remove_edition")
    edition = lock_edition(edition.pk, must_be_open=False)
    if edition.is_public or edition.releases.exists():
        raise RefusedError("not_in_preparation", edition=edition.label)
    work = Proposal.objects.filter(edition=edition).exclude(state=Proposal.State.WITHDRAWN).count()
    work += FrameProposal.objects.filter(edition=edition).exclude(state=FrameProposal.State.WITHDRAWN).count()
    if work:
        raise RefusedError("edition_has_work", edition=edition.label, count=work)
    log(code=REMOVED, person=person, about=edition, within=edition.label, subject=edition.label)
    label = edition.label
    try:
        with transaction.atomic():
            Proposal.objects.filter(edition=edition).delete()
            Version.objects.filter(edition=edition).delete()
            Headings.objects.filter(edition=edition).delete()
            edition.delete()
    except ProtectedError as held:
        kinds = sorted({str(thing._meta.verbose_name_plural) for thing in held.protected_objects})
        raise RefusedError("edition_in_use", edition=label, what=", ".join(kinds)) from None
