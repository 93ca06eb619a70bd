"""Which pages, pictures and documents: filters that hang on the models themselves."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    # For the type checker only: the models import this module.
    from aumenta.pages.models import Document, Image, Page  # noqa: F401


def public_at(moment: datetime, prefix: str = "") -> Q:
    """The condition that a page, reached by `prefix`, is public at a moment."""
    begun = Q(**{f"{prefix}state": "released", f"{prefix}from_at__lte": moment})
    return begun & (Q(**{f"{prefix}until_at": None}) | Q(**{f"{prefix}until_at__gt": moment}))


class PageQuerySet(QuerySet["Page"]):
    """Pages and news."""

    def public(self, moment: datetime | None = None) -> Self:
        """Those everybody may read at a moment, now by default."""
        return self.filter(public_at(moment or timezone.now()))

    def news(self) -> Self:
        """News, the latest first."""
        return self.filter(kind="news").order_by("-from_at", "-pk")


class ImageQuerySet(QuerySet["Image"]):
    """Pictures."""

    def public(self) -> Self:
        """Those that a public page shows."""
        pages = self.model._meta.get_field("pages").related_model
        assert pages is not None
        shown = pages._default_manager.filter(public_at(timezone.now()), image=OuterRef("pk"))
        return self.filter(Exists(shown))


class DocumentQuerySet(QuerySet["Document"]):
    """Documents."""

    def public(self) -> Self:
        """Those that a public page carries."""
        attachments = self.model._meta.get_field("attachments").related_model
        assert attachments is not None
        carried = attachments._default_manager.filter(public_at(timezone.now(), "page__"), document=OuterRef("pk"))
        return self.filter(Exists(carried))
