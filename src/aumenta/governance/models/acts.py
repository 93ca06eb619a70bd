"""Acts on their road: the texts they went through, the opinions asked of other bodies, who was heard, every step."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, OrderBy, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aumenta.events.models import Event
from aumenta.governance.models.bodies import Body
from aumenta.people.dates import short_day
from aumenta.people.models import User
from aumenta.people.reader import in_language
from aumenta.plan.models import Edition
from aumenta.review.models import Release
from aumenta.territory.models import Municipality


class ActQuerySet(models.QuerySet["Act"]):
    """Acts, asked for by who may read them."""

    def public(self) -> "ActQuerySet":
        """What the register shows: from the deposit on, as drafts of a body are nobody's but the office's. An act that
        was withdrawn before it was ever deposited was never more than a draft."""
        return self.exclude(state=Act.State.DRAFTING).exclude(state=Act.State.WITHDRAWN, texts=None)


class Act(models.Model):
    """A formal decision of a body, or one that is on its road to become it; `recorded` acts only stand in the register,
    as a source tells of them: what it does not say stays empty."""

    class Kind(models.TextChoices):
        GUIDELINES = "guidelines", _("guidelines")
        PLAN = "plan", _("strategic plan")
        UPDATE = "update", _("yearly update of the plan")
        AGENDA = "agenda", _("agenda for sustainable development")
        BUDGET = "budget", _("programming document and budget")
        STATUTE = "statute", _("statute and zones")
        OTHER = "other", _("another act")

    class State(models.TextChoices):
        RECORDED = "recorded", _("in the register")
        DRAFTING = "drafting", _("in preparation")
        DEPOSITED = "deposited", _("deposited")
        EXAMINED = "examined", _("examined in committee")
        OPINIONS = "opinions", _("opinions asked for")
        REJECTED = "rejected", _("rejected")
        ADOPTED = "adopted", _("adopted")
        PUBLISHED = "published", _("on the notice board")
        ENFORCEABLE = "enforceable", _("enforceable")
        IN_FORCE = "in_force", _("in force")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn before the vote")

    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.DRAFTING)
    number = models.CharField(_("number"), max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(_("year of the number"), null=True, blank=True)
    day = models.DateField(_("date"), null=True, blank=True)
    day_words = models.CharField(_("date as far as it is known"), max_length=40, blank=True)
    object_it = models.CharField(_("object (Italian)"), max_length=400)
    object_en = models.CharField(_("object (English)"), max_length=400, blank=True)
    points = models.TextField(_("what it decides, a point a line"), blank=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="acts")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    outcome = models.CharField(_("outcome as published"), max_length=60, blank=True)
    vote_words = models.CharField(_("vote as published"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    invented = models.BooleanField(_("invented, to try out"), default=False)
    published_from = models.DateField(_("on the notice board from"), null=True, blank=True)
    published_to = models.DateField(_("on the notice board until"), null=True, blank=True)
    enforceable_on = models.DateField(_("enforceable since"), null=True, blank=True)
    force_from = models.DateField(_("in force since"), null=True, blank=True)
    force_to = models.DateField(_("in force until"), null=True, blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering: ClassVar[list[str | OrderBy]] = [F("day").desc(nulls_last=True), "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "number"], condition=~Q(number=""), name="act_number_once_in_a_year_of_a_body"
            ),
            models.CheckConstraint(
                condition=Q(published_to=None) | Q(published_from__lte=F("published_to")),
                name="act_published_before_it_is_taken_down",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.object_it, self.object_en)

    @property
    def label(self) -> str:
        """«n. 23/2023», as far as it is known, in the reader's language."""
        number = f"{self.number}/{self.year}" if self.year else self.number
        return gettext("no. %(number)s") % {"number": number} if self.number else ""

    @property
    def is_public(self) -> bool:
        """Whether the register shows it, as `ActQuerySet.public` says of many."""
        return self.state != self.State.DRAFTING and (self.state != self.State.WITHDRAWN or self.texts.exists())

    @property
    def point_list(self) -> list[str]:
        """What it decides, point by point."""
        return [line.strip() for line in self.points.splitlines() if line.strip()]


class ActText(models.Model):
    """The text of an act as it stood from a day on. The first is what was deposited; each later one says why it
    differs: the committee, or a condition that it answers. Never changed."""

    class Because(models.TextChoices):
        DEPOSIT = "deposit", _("deposited")
        COMMITTEE = "committee", _("amended in committee")
        CONDITION = "condition", _("answers a condition or an observation")
        UNEXPLAINED = "unexplained", _("no reason given")

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField(_("number"))
    words = models.TextField(_("text"))
    digest = models.CharField(_("hash of the text"), max_length=64)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="act_texts")
    day = models.DateField(_("date"))
    because = models.CharField(_("why it differs"), max_length=11, choices=Because, default=Because.DEPOSIT)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    condition = models.ForeignKey(
        "Condition", on_delete=models.PROTECT, null=True, blank=True, related_name="texts", verbose_name=_("condition")
    )

    class Meta:
        verbose_name = _("text of an act")
        verbose_name_plural = _("texts of acts")
        ordering: ClassVar[list[str]] = ["act", "number"]
        constraints = [
            models.UniqueConstraint(fields=["act", "number"], name="act_text_number_once"),
            models.CheckConstraint(
                condition=~Q(because="condition") | Q(condition__isnull=False), name="act_text_names_its_condition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act_id} v{self.number}"


class Opinion(models.Model):
    """What a body was asked about an act, and its answer. Mandatory: it must be waited for; binding: it decides."""

    class Outcome(models.TextChoices):
        FAVOURABLE = "favourable", _("favourable")
        CONDITIONS = "conditions", _("favourable with conditions")
        CONTRARY = "contrary", _("contrary")
        NO_QUORUM = "no_quorum", _("not given: no quorum")

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="opinions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="opinions")
    binding = models.BooleanField(_("binding"), default=False)
    asked_on = models.DateField(_("opinion asked on"))
    due_on = models.DateField(_("due on"))
    given_on = models.DateField(_("given on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    words = models.TextField(_("text"), blank=True)
    text = models.ForeignKey(ActText, on_delete=models.PROTECT, null=True, blank=True, related_name="opinions")
    departing = models.TextField(_("why the act departs from it"), blank=True)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering: ClassVar[list[str]] = ["act", "binding", "body__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["act", "body"], name="opinion_once_of_a_body"),
            models.CheckConstraint(condition=Q(asked_on__lte=F("due_on")), name="opinion_due_after_it_is_asked"),
            models.CheckConstraint(
                condition=Q(given_on=None) | Q(given_on__gte=F("asked_on")), name="opinion_given_after_it_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(given_on__isnull=True, outcome="") | (Q(given_on__isnull=False) & ~Q(outcome="")),
                name="opinion_given_says_how",
            ),
        ]

    def __str__(self) -> str:
        return str(self.body)

    def standing(self, day: date) -> str:
        """On a day: «given», «late» (given after it was due), «silent» (past its day without an answer), «waiting»."""
        if self.given_on is not None and self.given_on <= day:
            return "late" if self.given_on > self.due_on else "given"
        return "silent" if day > self.due_on else "waiting"

    def days_left(self, day: date) -> int:
        """Days until it is due, 0 on the day itself and after it."""
        return max(0, (self.due_on - day).days)


class Condition(models.Model):
    """A condition or an observation in an opinion, and the answer to it."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly", _("partly accepted")
        REFUSED = "refused", _("not accepted")

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField(_("number"))
    words = models.TextField(_("condition or observation"))
    binding = models.BooleanField(_("condition that has to be met"), default=True)
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("municipality that asks"),
    )
    sheet = models.CharField(_("code of the sheet it is about"), max_length=20, blank=True)
    proposed = models.TextField(_("text it proposes instead"), blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True)
    because = models.TextField(_("because"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("condition of an opinion")
        verbose_name_plural = _("conditions of opinions")
        ordering: ClassVar[list[str]] = ["opinion", "number"]
        constraints = [
            models.UniqueConstraint(fields=["opinion", "number"], name="condition_number_once"),
            models.CheckConstraint(condition=Q(answer="") | ~Q(because=""), name="condition_answer_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.words[:80]}"

    @property
    def is_met(self) -> bool:
        """Whether the text answers it: a condition of a binding opinion must be accepted whole."""
        return bool(self.answer) and (not self.binding or self.answer == self.Answer.ACCEPTED)


class Hearing(models.Model):
    """A dated hearing of the social bodies on an act; it may have been an event of the plan."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="hearings")
    held_on = models.DateField(_("held on"))
    who = models.CharField(_("who was heard"), max_length=400)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, blank=True, related_name="hearings")

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering: ClassVar[list[str]] = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.who[:80]}, {short_day(self.held_on)}"


class Step(models.Model):
    """One step of an act on its road: which verb, on which day, by whom. Never changed."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(_("step"), max_length=20)
    day = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    digest = models.CharField(_("hash of the text"), max_length=64, blank=True)
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, null=True, blank=True, related_name="steps")
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("written on"), default=timezone.now)

    class Meta:
        verbose_name = _("step of an act")
        verbose_name_plural = _("steps of acts")
        ordering: ClassVar[list[str]] = ["act", "day", "pk"]

    def __str__(self) -> str:
        return f"{self.verb} {short_day(self.day)}"


BOARD_DAYS = timedelta(days=15)
"""How long an act stays on the notice board, the first day included (code of local authorities, article 124)."""
UNTIL_ENFORCEABLE = timedelta(days=10)
"""From the first day on the notice board (the same, article 134 (3); the prevailing reading): enforceable after the
tenth day. To be confirmed by the office."""
