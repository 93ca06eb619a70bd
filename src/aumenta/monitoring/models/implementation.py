"""How far an action has come: the office's words for it, milestones, what referents report, when they are asked."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.mailing.models import MailAttempt
from aumenta.people.reader import in_language


class ActionState(models.Model):
    """A word of the office's own vocabulary for how far an action has come; `meaning` is what it counts as."""

    class Meaning(models.TextChoices):
        NOT_BEGUN = "not_begun", _("not begun")
        UNDER_WAY = "under_way", _("under way")
        IN_DIFFICULTY = "in_difficulty", _("late or stopped")
        DONE = "done", _("done")
        GIVEN_UP = "given_up", _("given up")

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name_it = models.CharField(_("name (Italian)"), max_length=60, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=60, blank=True)
    meaning = models.CharField(_("what it counts as"), max_length=13, choices=Meaning)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        verbose_name = _("implementation status")
        verbose_name_plural = _("implementation statuses")
        ordering: ClassVar[list[str]] = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The word in the reader's language."""
        return in_language(self.name_it, self.name_en)

    @property
    def kind(self) -> str:
        """The kind of tag it is shown as."""
        kinds = {"done": "good", "in_difficulty": "warning", "given_up": "bad", "under_way": "accent"}
        return kinds.get(self.meaning, "neutral")


class Implementation(models.Model):
    """What the office says once of how an action is carried out: by whom, with which powers, from when to when."""

    class Power(models.TextChoices):
        HARD = "hard", _("the authority's own powers and money")
        SOFT = "soft", _("coordination of others")
        BOTH = "both", _("own powers and coordination of others")

    action = models.OneToOneField(
        "plan.Action", on_delete=models.CASCADE, related_name="implementation", verbose_name=_("action")
    )
    office = models.ForeignKey(
        "people.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible office"),
    )
    others = models.CharField(_("other actors"), max_length=400, blank=True)
    power = models.CharField(_("with which powers"), max_length=4, choices=Power, blank=True)
    begins_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    class Meta:
        verbose_name = _("implementation of an action")
        verbose_name_plural = _("implementations of actions")
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on__isnull=True) | Q(ends_on__isnull=True) | Q(begins_on__lte=F("ends_on")),
                name="implementation_begins_before_it_ends",
                violation_error_message=_("The last day comes before the first: change one of the two."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.action_id}"


class Milestone(models.Model):
    """Something countable an action is to reach, between a base and a target; `weight` is published with it."""

    action = models.ForeignKey(
        "plan.Action", on_delete=models.CASCADE, related_name="milestones", verbose_name=_("action")
    )
    title_it = models.CharField(_("milestone (Italian)"), max_length=200)
    title_en = models.CharField(_("milestone (English)"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    base = models.FloatField(_("base"), default=0.0)
    target = models.FloatField(_("target"))
    weight = models.FloatField(_("weight"), default=1.0)
    begins_on = models.DateField(_("begins on"))
    due_on = models.DateField(_("to be reached by"))

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(base=F("target")),
                name="milestone_target_is_not_its_base",
                violation_error_message=_(
                    "The target is where it begins: nothing would be reached. Change one of the two."
                ),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0),
                name="milestone_weighs_something",
                violation_error_message=_("The weight must be more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(begins_on__lt=F("due_on")),
                name="milestone_begins_before_it_is_due",
                violation_error_message=_(
                    "It must begin before the day it is to be reached by: change one of the two."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The milestone in the reader's language."""
        return in_language(self.title_it, self.title_en)


class Progress(models.Model):
    """What somebody reported of an action on a day. Public once another person has approved it."""

    class Phase(models.TextChoices):
        IDEA = "idea", _("idea")
        PLANNING = "planning", _("programming")
        DESIGN = "design", _("design")
        TENDER = "tender", _("tender")
        CARRYING_OUT = "carrying_out", _("carrying out")
        CONCLUDED = "concluded", _("conclusion")

    class Review(models.TextChoices):
        SENT = "sent", _("to be reviewed")
        APPROVED = "approved", _("approved")
        SENT_BACK = "sent_back", _("sent back")
        REPLACED = "replaced", _("replaced by a later one")

    action = models.ForeignKey(
        "plan.Action", on_delete=models.CASCADE, related_name="progress", verbose_name=_("action")
    )
    state = models.ForeignKey(ActionState, on_delete=models.PROTECT, related_name="+", verbose_name=_("status"))
    phase = models.CharField(_("phase"), max_length=12, choices=Phase)
    as_of = models.DateField(_("as of"))
    reason_it = models.CharField(_("what was done, and why it stands there (Italian)"), max_length=1000)
    reason_en = models.CharField(_("what was done, and why it stands there (English)"), max_length=1000, blank=True)
    review = models.CharField(_("review"), max_length=9, choices=Review, default=Review.SENT)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.CharField(_("what the office answers"), max_length=500, blank=True)
    invented = models.BooleanField(_("invented, for trying out"), default=False)

    class Meta:
        verbose_name = _("update of an action")
        verbose_name_plural = _("updates of actions")
        ordering: ClassVar[list[str]] = ["-as_of", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action"], condition=Q(review="sent"), name="progress_of_an_action_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(review__in=["sent", "replaced"]) | Q(decided_at__isnull=False),
                name="progress_decided_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(sent_by__isnull=True) | ~Q(decided_by=F("sent_by")),
                name="progress_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(review="sent_back") | ~Q(answer=""), name="progress_sent_back_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.as_of}"

    @property
    def reason(self) -> str:
        """What was done, in the reader's language."""
        return in_language(self.reason_it, self.reason_en)


class MilestoneValue(models.Model):
    """Where a milestone stood in an update."""

    progress = models.ForeignKey(Progress, on_delete=models.CASCADE, related_name="values", verbose_name=_("update"))
    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="values", verbose_name=_("milestone")
    )
    value = models.FloatField(_("value"))

    class Meta:
        verbose_name = _("value of a milestone")
        verbose_name_plural = _("values of milestones")
        constraints = [models.UniqueConstraint(fields=["progress", "milestone"], name="milestone_value_once")]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.value}"


class Round(models.Model):
    """A date on the calendar of updates: as of which day referents are asked, from when, until when."""

    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.CASCADE, related_name="rounds", verbose_name=_("edition")
    )
    as_of = models.DateField(_("state as of"))
    asks_on = models.DateField(_("referents are asked on"))
    due_on = models.DateField(_("answers by"))
    remind_every = models.PositiveSmallIntegerField(
        _("days between reminders to those who are late"), default=7, validators=[MaxValueValidator(60)]
    )
    climbs_after = models.PositiveSmallIntegerField(
        _("days after which the office is told who is late"), default=14, validators=[MaxValueValidator(180)]
    )

    class Meta:
        verbose_name = _("round of updates")
        verbose_name_plural = _("rounds of updates")
        ordering: ClassVar[list[str]] = ["-as_of"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "as_of"], name="round_once_for_a_day"),
            models.CheckConstraint(
                condition=Q(asks_on__lte=F("due_on")) & Q(remind_every__gt=0),
                name="round_asks_before_it_is_due",
                violation_error_message=_("Answers would be due before anybody is asked: change one of the two days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.as_of}"


class Asked(models.Model):
    """A mail of a round to a person: it was asked, reminded, or told who is late; once a day of one kind."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("asked for updates")
        REMINDED = "reminded", _("reminded")
        CLIMBED = "climbed", _("told who is late")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="asked", verbose_name=_("round"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    kind = models.CharField(_("which mail"), max_length=8, choices=Kind)
    on = models.DateField(_("day"))

    class Meta:
        verbose_name = _("mail of a round of updates")
        verbose_name_plural = _("mails of rounds of updates")
        ordering: ClassVar[list[str]] = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person", "kind", "on"], name="asked_once_a_day"),
            models.UniqueConstraint(
                fields=["round", "person", "kind"], condition=Q(kind="asked"), name="asked_for_a_round_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.person_id} {self.kind}"


class AskedMailAttempt(MailAttempt):
    """An attempt to send a mail of a round."""

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="attempts", verbose_name=_("mail"))
