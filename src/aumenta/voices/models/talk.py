"""Interviews, focus groups, hearings: who was heard, with which consent, and what was said."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.people.secrets import EncryptedTextField


class Talk(models.Model):
    """One occasion on which somebody was heard outside the tables. Its title is the office's, and no page shows it.

    `level` says how far its words may go; `state` whether it took place. What was said are its statements.
    """

    class Kind(models.TextChoices):
        INTERVIEW = "interview", _("interview")
        FOCUS_GROUP = "focus", _("focus group")
        HEARING = "hearing", _("hearing")
        MATERIAL = "material", _("written material instead of an interview")

    class Mode(models.TextChoices):
        PRESENT = "present", _("in person")
        ONLINE = "online", _("by video call")
        PHONE = "phone", _("by telephone")
        MAIL = "mail", _("in writing")

    class Level(models.TextChoices):
        NAMED = "named", _("may be quoted, with who said it")
        UNNAMED = "unnamed", _("may be quoted, without who said it")
        CLOSED = "closed", _("never quoted: it counts only")

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        HELD = "held", _("held")
        DECLINED = "declined", _("declined")

    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.PROTECT, related_name="talks", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind of talk"), max_length=9, choices=Kind)
    title = models.CharField(_("title for the office"), max_length=200)
    held_on = models.DateField(_("day of the talk"), null=True, blank=True)
    mode = models.CharField(_("how it was held"), max_length=7, choices=Mode, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.HELD)
    level = models.CharField(_("confidentiality"), max_length=7, choices=Level, default=Level.CLOSED)
    zone = models.ForeignKey(
        "territory.Zone",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="talks",
        verbose_name=_("zone"),
    )
    interviewer = models.CharField(_("who asked"), max_length=200, blank=True)
    guide = models.CharField(_("guide of questions, with its version"), max_length=200, blank=True)
    topics = models.TextField(_("topics"), max_length=5000, blank=True)
    convergences = models.TextField(_("where people agreed"), max_length=5000, blank=True)
    ideas = models.TextField(_("project ideas"), max_length=5000, blank=True)
    asked_of_us = models.TextField(_("what the authority is asked"), max_length=5000, blank=True)
    invented = models.BooleanField(_("invented, for trying out"), default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        ordering: ClassVar[list[str]] = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="talk_has_a_title"),
            models.CheckConstraint(condition=~Q(state="held") | Q(held_on__isnull=False), name="talk_held_on_a_day"),
        ]

    def __str__(self) -> str:
        return self.title


class Speaker(models.Model):
    """Somebody who was heard, as she was on that day. `label` is what stands in statements instead of her name.

    Name, role and address are the office's, and go on `forget_on`: kind, zone and label stay, to count who was heard.
    """

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="speakers", verbose_name=_("talk"))
    label = models.CharField(_("label instead of the name"), max_length=60)
    name = EncryptedTextField(_("name of who was heard"), blank=True)
    role = models.CharField(_("role on that day"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    organisation_kind = models.CharField(_("kind of organisation"), max_length=12, choices=OrganisationKind, blank=True)
    zone = models.ForeignKey(
        "territory.Zone",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="speakers",
        verbose_name=_("zone"),
    )
    forget_on = models.DateField(_("deleted on"))
    erased = models.BooleanField(_("erased on request"), default=False)

    class Meta:
        verbose_name = _("who was heard")
        verbose_name_plural = _("who was heard")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [models.UniqueConstraint(fields=["talk", "label"], name="speaker_label_once")]

    def __str__(self) -> str:
        return self.label


class Consent(models.Model):
    """What somebody who was heard agreed to, for one use; a use without a row is not agreed to."""

    class Use(models.TextChoices):
        TAKE_PART = "take_part", _("take part")
        RECORD = "record", _("be recorded")
        TRANSCRIBE = "transcribe", _("be transcribed")
        NAME = "name", _("be named")
        QUOTE = "quote", _("be quoted")
        ARCHIVE = "archive", _("be kept in the archive")

    speaker = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="consents", verbose_name=_("who was heard")
    )
    use = models.CharField(_("use"), max_length=10, choices=Use)
    text_version = models.CharField(_("version of the text that was signed"), max_length=60)
    given_on = models.DateField(_("consent given on"))
    how = models.CharField(_("how it was given"), max_length=100, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [models.UniqueConstraint(fields=["speaker", "use"], name="consent_once_for_a_use")]

    def __str__(self) -> str:
        return self.get_use_display()

    @property
    def erases(self) -> bool:
        """Whether who takes it back is erased with her words: she no longer agrees to be heard, or transcribed."""
        return self.use in {self.Use.TAKE_PART, self.Use.TRANSCRIBE}


class StatementQuerySet(models.QuerySet["Statement"]):
    """What was said in talks."""

    def quotable(self) -> "StatementQuerySet":
        """What anybody may read, as words without a name: every public route of a talk's words asks this.

        The talk may be quoted, the words are marked for it by hand, and who said them agreed to be quoted and to take
        part, and was not erased.
        """
        agreed = {}
        for use in (Consent.Use.QUOTE, Consent.Use.TAKE_PART):
            agreed[use] = Consent.objects.filter(use=use, withdrawn_on=None).values("speaker")
        return self.filter(
            talk__state=Talk.State.HELD,
            talk__level__in=[Talk.Level.NAMED, Talk.Level.UNNAMED],
            on_record=True,
            speaker__in=agreed[Consent.Use.QUOTE],
            speaker__erased=False,
        ).filter(speaker__in=agreed[Consent.Use.TAKE_PART])


class Statement(models.Model):
    """What one person says in one go, with labels in the place of names. `on_record` says that somebody at the office
    read it and let it be quoted."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="statements", verbose_name=_("talk"))
    position = models.PositiveIntegerField(_("position"))
    speaker = models.ForeignKey(
        Speaker,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("who was heard"),
    )
    text = models.TextField(_("text"), max_length=100_000)
    starts = models.FloatField(_("second of the recording"), null=True, blank=True)
    on_record = models.BooleanField(_("may be quoted"), default=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering: ClassVar[list[str]] = ["talk", "position"]
        constraints = [models.UniqueConstraint(fields=["talk", "position"], name="statement_position_once")]

    def __str__(self) -> str:
        return self.text[:80]


class SentTranscript(models.Model):
    """A transcript that somebody looks at before it becomes statements. What was read holds names: it goes when it is
    taken in, or within a week; the digest stays, to know the file again."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="transcripts", verbose_name=_("talk"))
    name = EncryptedTextField(_("name of the file"), blank=True)
    sha256 = models.CharField(_("digest of the file"), max_length=64)
    turns = EncryptedTextField(_("what was read"), blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent on"), auto_now_add=True)
    accepted_at = models.DateTimeField(_("taken in on"), null=True, blank=True)

    class Meta:
        verbose_name = _("transcript to be looked at")
        verbose_name_plural = _("transcripts to be looked at")

    def __str__(self) -> str:
        return f"{self.talk_id}: {self.sha256[:12]}"
