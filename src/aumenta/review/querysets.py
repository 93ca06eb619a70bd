"""Which proposals, versions and entries of the log: filters that hang on the models themselves."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber

if TYPE_CHECKING:
    # For the type checker only: the models import this module.
    from aumenta.people.models import User
    from aumenta.plan.models import Action, Edition
    from aumenta.review.models import ActivityEntry, Proposal, Version  # noqa: F401


class VersionQuerySet(QuerySet["Version"]):
    """Versions of sheets."""

    def latest_of(self, action: "Action") -> "Version | None":
        """The version the public reads now; none where the sheet was never recorded."""
        return self.filter(action=action).order_by("-number").first()

    def as_of(self, edition: "Edition", moment: datetime) -> Self:
        """The version of each sheet of an edition that was valid at a moment, by code; those taken out are left out."""
        # Ranked in one pass: to look for the newest anew for each version costs a thousand sheets two seconds.
        rank = Window(RowNumber(), partition_by="code", order_by=["-made_at", "-number", "-pk"])
        until_then = self.model._default_manager.filter(edition=edition, made_at__lte=moment)
        newest = until_then.annotate(rank=rank).filter(rank=1).values("pk")
        return self.filter(pk__in=newest).exclude(origin="ended")

    def newest_numbers(self) -> dict[int, int]:
        """The newest version number of each sheet, by the sheet's key."""
        rows = self.filter(action__isnull=False).order_by().values("action").annotate(newest=Max("number"))
        return dict(rows.values_list("action", "newest"))


class ProposalQuerySet(QuerySet["Proposal"]):
    """Proposals of changes."""

    def open(self) -> Self:
        """Those nobody has decided on yet."""
        return self.filter(state__in=["draft", "submitted", "sent_back"])

    def submitted(self) -> Self:
        """Those that wait for an approver, the oldest first."""
        return self.filter(state="submitted").order_by("submitted_at")

    def written_by(self, person: "User") -> Self:
        """Those she opened or wrote in."""
        return self.filter(Q(author=person) | Q(pk__in=person.contributions.values("proposal")))

    def approvable_by(self, person: "User") -> Self:
        """Those that wait for an approver and in which she wrote nothing."""
        return self.submitted().exclude(author=person).exclude(pk__in=person.contributions.values("proposal"))


class ActivityQuerySet(QuerySet["ActivityEntry"]):
    """The activity log."""

    def about(self, action: "Action") -> Self:
        """What happened to one sheet."""
        return self.filter(action=action)

    def with_people(self) -> Self:
        """With all a sentence needs, in one query."""
        return self.select_related("person", "edition").annotate(edition_label=F("edition__label"))
