"""The verbs by which the office teaches the search everyday words; every edition's pages follow."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.plan.activity import WORDS_FORGOTTEN, WORDS_TAUGHT
from aumenta.plan.changed import changed
from aumenta.plan.models import Edition, Framework, FrameworkItem, SearchSynonym
from aumenta.plan.rules import may_teach_search
from aumenta.plan.search.synonyms import parts


@transaction.atomic
def teach_words(
    *, person: User, language: str, written: str, meaning: str, synonym: SearchSynonym | None = None
) -> SearchSynonym:
    """Add everyday words, or change `synonym`. Both texts are lists with `;` between their parts.

    Raises PermissionDenied for whoever neither approves nor administers, ValidationError where a text is empty, names a
    framework that isn't there, or where the words are taught already.
    """
    check_permission(may_teach_search(person))
    taught = synonym or SearchSynonym()
    taught.language = language
    taught.written, taught.meaning = "; ".join(parts(written)), "; ".join(parts(meaning))
    taught.full_clean()
    for one in parts(meaning):
        if one.startswith("@") and not _is_known(one[1:]):
            raise ValidationError({"meaning": _("There is no framework or item “%(name)s”.") % {"name": one}})
    taught.save()
    log(code=WORDS_TAUGHT, person=person, about=taught, subject=f"{taught.written} → {taught.meaning}")
    changed(Edition.objects.all())
    return taught


@transaction.atomic
def forget_words(*, person: User, synonym: SearchSynonym) -> None:
    """Take everyday words away. Raises PermissionDenied for whoever neither approves nor administers."""
    check_permission(may_teach_search(person))
    log(code=WORDS_FORGOTTEN, person=person, about=synonym, subject=f"{synonym.written} → {synonym.meaning}")
    synonym.delete()
    changed(Edition.objects.all())


def _is_known(key: str) -> bool:
    framework, _slash, item = key.partition("/")
    if not item:
        return Framework.objects.filter(code=framework).exists()
    return FrameworkItem.objects.filter(framework__code=framework, slug__startswith=item).exists()
