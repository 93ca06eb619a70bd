"""A process in phases, its events, and what an event asks: sessions, questions, strategies. All of it is data."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aumenta.events.invented import marked_titles
from aumenta.people.reader import in_language

code_validator = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$", _("Use letters, digits, points and hyphens only, such as s1 or 2.2.")
)

TABLES_OPEN_FOR: Final = timedelta(days=settings.TABLE_DAYS)
"""How long after its end an event's tables open to devices, unless the regia renews it."""


class Process(models.Model):
    """A path of listening, from the first interviews to the restitution."""

    slug = models.SlugField(_("short name"), unique=True)
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    summary_it = models.TextField(_("summary (Italian)"), blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    published_at = models.DateTimeField(_("public since"), null=True, blank=True)

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.title_it

    @property
    def title(self) -> str:
        return in_language(self.title_it, self.title_en)

    @property
    def summary(self) -> str:
        return in_language(self.summary_it, self.summary_en)


class Phase(models.Model):
    """A stretch of a process, with its dates."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="phases", verbose_name=_("process"))
    position = models.PositiveSmallIntegerField(_("position"))
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["process", "position"], name="phase_position_once_in_a_process"),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="phase_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.title_it

    @property
    def title(self) -> str:
        return in_language(self.title_it, self.title_en)


class Event(models.Model):
    """One day of tables. Its rules are fields, so that another event has other ones."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="events", verbose_name=_("process"))
    slug = models.SlugField(_("short name"), unique=True)
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    summary_it = models.TextField(_("summary (Italian)"), blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    edition = models.ForeignKey(
        "plan.Edition",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("edition whose strategies are discussed"),
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    invented = models.BooleanField(
        _("invented"), default=False, help_text=_("A rehearsal: every page says that nobody really said this.")
    )
    published_at = models.DateTimeField(_("public since"), null=True, blank=True)
    registration_until = models.DateTimeField(_("registration open until"), null=True, blank=True)
    seats = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Who registers after the last seat goes on the waiting list.")
    )
    votes_by_phone = models.BooleanField(_("participants may place stickers from their own phone"), default=False)
    recurring_from_zones = models.PositiveSmallIntegerField(_("recurring: in at least this many zones"), default=4)
    crossing_from_strategies = models.PositiveSmallIntegerField(
        _("cross-cutting: under at least this many strategies"), default=4
    )
    crossing_from_axes = models.PositiveSmallIntegerField(_("cross-cutting: or at least this many axes"), default=3)
    contact = models.EmailField(
        _("e-mail for questions"), blank=True, help_text=_("Stands on the public page and in every e-mail.")
    )
    privacy_it = models.TextField(_("more on privacy (Italian)"), blank=True)
    privacy_en = models.TextField(_("more on privacy (English)"), blank=True)
    forget_people_on = models.DateField(
        _("names are deleted on"), help_text=_("From this day nobody can tell whose badge was whose.")
    )
    cancelled_at = models.DateTimeField(_("cancelled on"), null=True, blank=True, editable=False)
    cancelled_why_it = models.CharField(_("why it does not take place (Italian)"), max_length=500, blank=True)
    cancelled_why_en = models.CharField(_("why it does not take place (English)"), max_length=500, blank=True)
    results_published_at = models.DateTimeField(_("results public since"), null=True, blank=True)
    # Set by the regia: beyond it, and beyond TABLES_OPEN_FOR after the end, no QR code, PIN or secret opens a table.
    tables_open_until = models.DateTimeField(null=True, blank=True, editable=False)
    remote_link = models.URLField(
        _("link for those who take part from afar"),
        blank=True,
        help_text=_("Stands only in the e-mails of those who register as remote participants."),
    )
    # What the regia tells all tables just now, until when it counts down, and when it was said.
    called = models.CharField(max_length=120, blank=True, editable=False)
    called_until = models.DateTimeField(null=True, editable=False)
    called_at = models.DateTimeField(null=True, editable=False)
    # The link of a wall without an account; empty: there is none.
    wall_code = models.CharField(max_length=24, blank=True, db_index=True, editable=False)
    # How often what a calendar holds of it has changed since it was made (SEQUENCE of RFC 5545).
    calendar_version = models.PositiveIntegerField(default=0, editable=False)
    # How far the table log has been worked into counts and observations: see project_log.
    projected_up_to = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering: ClassVar[list[str]] = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="event_times_in_order"),
            models.CheckConstraint(
                condition=Q(registration_until=None) | Q(registration_until__lte=F("ends_at")),
                name="event_registration_ends_before_it_does",
            ),
            models.CheckConstraint(
                condition=Q(results_published_at=None) | Q(published_at__isnull=False),
                name="event_results_public_only_with_its_page",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_why_it="", cancelled_why_en="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_why_it="")),
                name="event_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=Q(recurring_from_zones__gte=2)
                & Q(crossing_from_strategies__gte=2)
                & Q(crossing_from_axes__gte=2),
                name="event_kinds_need_at_least_two",
            ),
        ]

    def __str__(self) -> str:
        return self.title_it

    @property
    def titles(self) -> dict[str, str]:
        """`title_it` and `title_en` as readers are told them: what is invented says so in its name."""
        return marked_titles(self.title_it, self.title_en, invented=self.invented)

    @property
    def title(self) -> str:
        titles = self.titles
        return in_language(titles["title_it"], titles["title_en"])

    @property
    def summary(self) -> str:
        return in_language(self.summary_it, self.summary_en)

    @property
    def cancelled_why(self) -> str:
        return in_language(self.cancelled_why_it, self.cancelled_why_en)

    @property
    def tables_shut_at(self) -> datetime:
        """From when on no device opens a table, nor reads or sends anything."""
        end = self.ends_at + TABLES_OPEN_FOR
        return max(end, self.tables_open_until) if self.tables_open_until else end

    @property
    def privacy(self) -> str:
        return in_language(self.privacy_it, self.privacy_en)


class ProgrammeItem(models.Model):
    """A line of the programme."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="programme", verbose_name=_("event"))
    starts = models.TimeField(_("time"))
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    speakers = models.CharField(_("who"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of the programme")
        verbose_name_plural = _("programme")
        ordering: ClassVar[list[str]] = ["starts", "pk"]

    def __str__(self) -> str:
        return self.title_it

    @property
    def title(self) -> str:
        return in_language(self.title_it, self.title_en)


class Session(models.Model):
    """A stretch of work at the tables: stickers on strategies, or questions about the strategies chosen."""

    class Kind(models.TextChoices):
        STICKERS = "stickers", _("stickers")
        QUESTIONS = "questions", _("questions")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions", verbose_name=_("event"))
    code = models.CharField(_("code"), max_length=40, validators=[code_validator])
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    question_it = models.CharField(_("what is asked (Italian)"), max_length=500, blank=True)
    question_en = models.CharField(_("what is asked (English)"), max_length=500, blank=True)
    stickers_each = models.PositiveSmallIntegerField(_("stickers for each person"), null=True, blank=True)
    most_chosen = models.PositiveSmallIntegerField(_("strategies a table may choose, at most"), null=True, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="session_code_once_in_an_event"),
            models.UniqueConstraint(fields=["event", "position"], name="session_position_once_in_an_event"),
            models.CheckConstraint(
                condition=Q(kind="questions", stickers_each=None, most_chosen=None)
                | Q(kind="stickers", stickers_each__gte=1, most_chosen__gte=1),
                name="session_sticker_rule_only_for_stickers",
            ),
        ]

    def __str__(self) -> str:
        return self.title_it

    @property
    def title(self) -> str:
        return in_language(self.title_it, self.title_en)

    @property
    def question(self) -> str:
        return in_language(self.question_it, self.question_en)


class Question(models.Model):
    """One thing asked about each chosen strategy."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="questions", verbose_name=_("session"))
    code = models.CharField(_("code"), max_length=40, validators=[code_validator])
    position = models.PositiveSmallIntegerField(_("position"))
    text_it = models.CharField(_("question (Italian)"), max_length=500)
    text_en = models.CharField(_("question (English)"), max_length=500, blank=True)
    short_it = models.CharField(_("short form (Italian)"), max_length=40)
    short_en = models.CharField(_("short form (English)"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering: ClassVar[list[str]] = ["session__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "code"], name="question_code_once_in_a_session"),
            models.UniqueConstraint(fields=["session", "position"], name="question_position_once_in_a_session"),
        ]

    def __str__(self) -> str:
        return self.text_it

    @property
    def text(self) -> str:
        return in_language(self.text_it, self.text_en)

    @property
    def short(self) -> str:
        return in_language(self.short_it, self.short_en)


class EventStrategy(models.Model):
    """A strategy as it stands on the posters of this event.

    Copied from the edition, because a printed poster does not change when the plan's draft does; `strategy` leads back.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="strategies", verbose_name=_("event"))
    code = models.CharField(_("code"), max_length=40, validators=[code_validator])
    position = models.PositiveSmallIntegerField(_("position"))
    axis = models.PositiveSmallIntegerField(_("axis"))
    title_it = models.CharField(_("title (Italian)"), max_length=500)
    title_en = models.CharField(_("title (English)"), max_length=500, blank=True)
    strategy = models.ForeignKey(
        "plan.Strategy",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="in_events",
        verbose_name=_("strategy of the plan"),
    )

    class Meta:
        verbose_name = _("strategy discussed")
        verbose_name_plural = _("strategies discussed")
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="event_strategy_code_once"),
            models.UniqueConstraint(fields=["event", "position"], name="event_strategy_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title_it}"

    @property
    def title(self) -> str:
        return in_language(self.title_it, self.title_en)
