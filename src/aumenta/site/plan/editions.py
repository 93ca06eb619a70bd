"""Which edition a page is about, and the others a reader may go to: one query for every page."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from aumenta.plan.models import Edition


@dataclass(frozen=True)
class Editions:
    """The edition a page shows and all public ones, the latest first."""

    shown: Edition
    public: list[Edition]

    @property
    def others(self) -> list[Edition]:
        """The public editions besides the one shown."""
        return [edition for edition in self.public if edition.pk != self.shown.pk]

    @property
    def context(self) -> dict[str, Any]:
        """What every page of an edition hands to its template, so that the frame has nothing left to ask for."""
        return {"editions": self, "edition": self.shown, "plan_of_site": self.shown.plan}


def editions(label: str) -> Editions:
    """The public edition with this label, such as 2021-2023; Http404 for everybody where there is none."""
    public = list(Edition.objects.public().select_related("plan").order_by("-first_year", "-pk"))
    for edition in public:
        if edition.label == label:
            return Editions(edition, public)
    raise Http404(_("There is no public edition “%(label)s” of the plan.") % {"label": label})
