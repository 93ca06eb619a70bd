"""Which edition a page is about, and the others a reader may go to: one query for every page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.plan.models import Action, Edition
from aumenta.review.models import Version
from aumenta.ui.caching import once_for_state
from aumenta.ui.not_found import NotHereError, Way


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
    def before(self) -> Edition | None:
        """The public edition that came just before the one shown."""
        return next((one for one in self.public if one.first_year < self.shown.first_year), None)

    @property
    def in_force(self) -> Edition | None:
        """The public edition that the office says is in force, from a day that has come."""
        today = timezone.localdate()
        said = (one for one in self.public if one.is_in_force(today))
        return max(said, key=lambda one: one.precedence(today), default=None)

    @property
    def none_in_force(self) -> bool:
        """Whether the office says of every public edition that it is not the one in force."""
        said = {Edition.Standing.PROPOSAL, Edition.Standing.PAST}
        return all(one.standing in said for one in self.public)

    @property
    def context(self) -> dict[str, Any]:
        """What every page of an edition hands to its template, so that the frame has nothing left to ask for."""
        return {"editions": self, "edition": self.shown, "plan_of_site": self.shown.plan}


def public_editions() -> list[Edition]:
    """All public editions, the latest first; each knows `n_actions`, the number of its actions, and `updated_at`, when
    a sheet of it last changed (None: never since it was first recorded), and `recorded_at`, when the first one was. One
    query, asked once for each state of the public site."""
    return list(once_for_state("editions", _public_editions))


def _public_editions() -> list[Edition]:
    actions = Action.objects.filter(strategy__axis__edition=OuterRef("pk")).order_by()
    counted = actions.values("strategy__axis__edition").annotate(n=Count("pk")).values("n")
    versions = Version.objects.filter(edition=OuterRef("pk"))
    newest = versions.filter(number__gt=1).order_by("-made_at").values("made_at")[:1]
    first = versions.order_by("made_at").values("made_at")[:1]
    public = Edition.objects.public().select_related("plan").order_by("-first_year", "-pk")
    return list(public.annotate(n_actions=Subquery(counted), updated_at=Subquery(newest), recorded_at=Subquery(first)))


def editions(label: str) -> Editions:
    """The public edition with this label, such as 2021-2023; Http404 for everybody where there is none."""
    public = public_editions()
    for edition in public:
        if edition.label == label:
            return Editions(edition, public)
    ways = [
        Way(_("The whole plan %(label)s") % {"label": one.label}, reverse("site:edition", args=[one.label]))
        for one in public
    ]
    raise NotHereError(_("There is no public edition “%(label)s” of the plan.") % {"label": label}, ways)
