"""Sessions of bodies, who attended, and what was voted: by name, as counts, by roll call or in secret."""

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.core.tally.ballot import Option
from aumenta.governance.models.acts import Act, ActText, Opinion
from aumenta.governance.models.bodies import Body, BodyRule, Mandate, MunicipalOffice
from aumenta.people.dates import short_day
from aumenta.people.models import User
from aumenta.territory.models import Municipality


class Session(models.Model):
    """A body meets on a day."""

    class Mode(models.TextChoices):
        PRESENT = "present", _("in the room")
        REMOTE = "remote", _("at a distance")
        MIXED = "mixed", _("in the room and at a distance")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="sessions")
    number = models.CharField(_("number"), max_length=20, blank=True)
    held_on = models.DateField(_("held on"))
    begins = models.TimeField(_("begins at"), null=True, blank=True)
    convened_on = models.DateField(_("convened on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    mode = models.CharField(_("how"), max_length=7, choices=Mode, default=Mode.PRESENT)
    chair = models.CharField(_("chaired by"), max_length=150, blank=True)
    secretary = models.CharField(_("secretary"), max_length=150, blank=True)
    agenda = models.TextField(_("order of the day, a point a line"), blank=True)
    invented = models.BooleanField(_("invented, to try out"), default=False)

    class Meta:
        verbose_name = _("session of a body")
        verbose_name_plural = _("sessions of bodies")
        ordering: ClassVar[list[str]] = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(convened_on=None) | Q(convened_on__lte=F("held_on")),
                name="session_convened_before_it_meets",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {short_day(self.held_on)}"

    @property
    def agenda_list(self) -> list[str]:
        """The order of the day, point by point."""
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]


class Attendance(models.Model):
    """Somebody is there for a seat, from an hour to an hour where they are known: one at a time, so that a delegate is
    not there beside the mayor. Excused: is not there, and has said so."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    seat = models.CharField(_("seat"), max_length=12)
    name = models.CharField(_("name at the time"), max_length=150)
    office = models.ForeignKey(MunicipalOffice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    votes = models.BooleanField(_("with a vote"), default=True)
    excused = models.BooleanField(_("excused"), default=False)
    arrived_at = models.TimeField(_("arrived at"), null=True, blank=True)
    left_at = models.TimeField(_("left at"), null=True, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering: ClassVar[list[str]] = ["session", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "seat"], condition=Q(left_at=None), name="attendance_once_at_a_time_for_a_seat"
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(left_at=None) | Q(arrived_at__lt=F("left_at")),
                name="attendance_arrives_before_it_leaves",
            ),
            models.CheckConstraint(
                condition=Q(excused=False) | Q(arrived_at=None, left_at=None), name="attendance_excused_has_no_hours"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, at: time | None) -> bool:
        """Whether somebody is in the room at an hour; without one, whether at any."""
        if self.excused:
            return False
        return at is None or (
            (self.arrived_at is None or self.arrived_at <= at) and (self.left_at is None or self.left_at > at)
        )


class Vote(models.Model):
    """One question put to the vote; an act can have several. What was declared stands beside what the rule computes."""

    class Subject(models.TextChoices):
        WHOLE = "whole", _("the whole text")
        POINT = "point", _("one point")
        AMENDMENT = "amendment", _("an amendment")
        ENFORCEABLE = "enforceable", _("immediate enforceability")
        OPINION = "opinion", _("an opinion")

    class Method(models.TextChoices):
        HANDS = "hands", _("raised hands, by name")
        ROLL = "roll", _("roll call")
        COUNTS = "counts", _("counts only")
        SECRET = "secret", _("secret ballot")

    NAMED: ClassVar[tuple[str, ...]] = (Method.HANDS, Method.ROLL)

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="polls")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, blank=True, related_name="polls")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, null=True, blank=True, related_name="polls")
    text = models.ForeignKey(ActText, on_delete=models.PROTECT, null=True, blank=True, related_name="polls")
    subject = models.CharField(_("what is voted"), max_length=11, choices=Subject, default=Subject.WHOLE)
    with_enforceability = models.BooleanField(_("immediate enforceability voted together"), default=False)
    question = models.CharField(_("question"), max_length=400, blank=True)
    method = models.CharField(_("method"), max_length=6, choices=Method, default=Method.HANDS)
    taken_at = models.TimeField(_("voted at"), null=True, blank=True)
    rule = models.ForeignKey(BodyRule, on_delete=models.PROTECT, null=True, blank=True, related_name="polls")
    rule_record = models.JSONField(_("rule as it was applied"), null=True, blank=True)
    counts = models.JSONField(_("counts entered"), null=True, blank=True)
    declared = models.JSONField(_("counts declared in the minutes"), null=True, blank=True)
    declared_outcome = models.CharField(_("outcome declared"), max_length=10, blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    result = models.JSONField(_("result frozen when it was closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("vote of a body")
        verbose_name_plural = _("votes of bodies")
        ordering: ClassVar[list[str]] = ["session", "pk"]

    def __str__(self) -> str:
        return self.question or str(self.get_subject_display())

    @property
    def is_named(self) -> bool:
        """Whether it is known who voted what."""
        return self.method in self.NAMED


class Ballot(models.Model):
    """What one seat did in a vote, with the name it had then; who entered it and when. One for each seat."""

    OPTIONS: ClassVar[list[tuple[str, object]]] = [
        (Option.FOR.value, _("for")),
        (Option.AGAINST.value, _("against")),
        (Option.ABSTAINED.value, _("abstained")),
        (Option.NOT_VOTING.value, _("present, not voting")),
        (Option.ABSENT.value, _("absent")),
        ("excused", _("excused")),
    ]

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ballots")
    seat = models.CharField(_("seat"), max_length=12)
    name = models.CharField(_("name at the time"), max_length=150)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="ballots")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="ballots"
    )
    option = models.CharField(_("vote"), max_length=10, choices=OPTIONS)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("vote of a member")
        verbose_name_plural = _("votes of members")
        ordering: ClassVar[list[str]] = ["vote", "name"]
        constraints = [models.UniqueConstraint(fields=["vote", "seat"], name="ballot_once_for_a_seat")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_option_display()}"


class VoteCorrection(models.Model):
    """A closed vote was opened again to correct it: when, by whom, why, and what it had come to. Never changed."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField(_("opened again on"), default=timezone.now)
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    before = models.JSONField(_("result before"), null=True, blank=True)

    class Meta:
        verbose_name = _("correction of a vote")
        verbose_name_plural = _("corrections of votes")
        ordering: ClassVar[list[str]] = ["vote", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="vote_correction_says_why")]

    def __str__(self) -> str:
        return self.reason
