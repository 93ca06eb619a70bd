"""What is given back: snapshots, the office's own words in the reports, and to whom they were sent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.events.models import Event, Registration
from aumenta.mailing.models import MailAttempt
from aumenta.results.event_snapshot import EventSnapshot


class Snapshot(models.Model):
    """A numbered, dated, immutable state of an event: slides and reports are made from it and from nothing else."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="snapshots", verbose_name=_("event"))
    number = models.PositiveSmallIntegerField(_("number"))
    taken_at = models.DateTimeField(_("taken"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    content = models.JSONField(editable=False)
    sha256 = models.CharField(_("digest"), max_length=64, editable=False)
    published_at = models.DateTimeField(_("public since"), null=True, blank=True)

    class Meta:
        verbose_name = _("frozen state")
        verbose_name_plural = _("frozen states")
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="snapshot_number_once_in_an_event"),
        ]

    def __str__(self) -> str:
        return str(_("State no. %(number)s")) % {"number": self.number}

    def read(self) -> EventSnapshot:
        """What it says; raises NewerSnapshotError."""
        return EventSnapshot.from_json(self.content)


class ReportText(models.Model):
    """The office's own words in a report; they survive every regeneration. No zone: the report on the whole event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="report_texts", verbose_name=_("event"))
    zone = models.ForeignKey(
        "territory.Zone", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("zone")
    )
    introduction = models.TextField(_("introduction"), blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)

    class Meta:
        verbose_name = _("text of a report")
        verbose_name_plural = _("texts of reports")
        constraints = [
            models.UniqueConstraint(fields=["event", "zone"], name="report_text_once_for_each_zone"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(zone=None), name="report_text_once_for_the_whole_event"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ReportEdition(models.Model):
    """The words of the office as the public reads them in the reports of a state: a copy taken when it was published.

    What is written afterwards becomes public with the next edition; editions of an event are numbered from 1.
    """

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="editions", verbose_name=_("state"))
    number = models.PositiveSmallIntegerField(_("number"))
    # Zone's number, or "" for the report on the whole event → introduction and conclusion.
    texts = models.JSONField(editable=False)
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("edition of the reports")
        verbose_name_plural = _("editions of the reports")
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "number"], name="report_edition_number_once_for_a_state"),
        ]

    def __str__(self) -> str:
        return str(_("Edition no. %(number)s")) % {"number": self.number}


class Delivery(models.Model):
    """A report sent to a participant, or the reason why it was not."""

    class State(models.TextChoices):
        QUEUED = "queued", _("to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("state"))
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("registration")
    )
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failure = models.CharField(_("failure"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "registration"], name="delivery_once_to_each_person"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent"), name="delivery_sent_has_its_time"
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(failure=""), name="delivery_failed_says_why"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DeliveryAttempt(MailAttempt):
    """One attempt to send a report."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries", verbose_name=_("delivery"))
