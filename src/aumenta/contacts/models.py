"""The authority's addresses (one row), messages to the office, and ratings of pages that know nothing of a person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.mailing.models import MailAttempt
from aumenta.people.models import User


class Office(models.Model):
    """How the authority is reached. There is one row; what is empty is marked on the site as still to be completed."""

    name_it = models.CharField(_("name of the office (Italian)"), max_length=200, blank=True)
    name_en = models.CharField(_("name of the office (English)"), max_length=200, blank=True)
    address = models.CharField(_("postal address"), max_length=300, blank=True)
    tax_code = models.CharField(_("tax code"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail that receives messages"), blank=True)
    pec = models.EmailField(_("certified e-mail (PEC)"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    transparency = models.URLField(_("address of “Amministrazione trasparente”"), blank=True)
    accessibility = models.URLField(_("address of the accessibility declaration (AgID)"), blank=True)
    accessibility_contact = models.CharField(_("who answers about accessibility"), max_length=200, blank=True)
    socials = models.TextField(_("social networks"), blank=True, help_text=_("One a line: name and web address."))

    class Meta:
        verbose_name = _("addresses of the authority")
        verbose_name_plural = _("addresses of the authority")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="office_is_one")]

    def __str__(self) -> str:
        return self.name_it or self.email

    @property
    def social_links(self) -> list[tuple[str, str]]:
        """Name and address of each social network, in the order they were written."""
        pairs = (line.rpartition(" ") for line in self.socials.splitlines())
        return [(name.strip(), address) for name, _blank, address in pairs if name.strip() and address]


class Message(models.Model):
    """What somebody wrote to the office by the form; `reference` is what the receipt calls it."""

    class Subject(models.TextChoices):
        PLAN = "plan", _("the plan and its actions")
        EVENTS = "events", _("events and registrations")
        DATA = "data", _("data and figures")
        ACCESSIBILITY = "accessibility", _("something I can't use (accessibility)")
        PRIVACY = "privacy", _("my personal data")
        SECURITY = "security", _("a weakness of the site (security)")
        OTHER = "other", _("something else")

    reference = models.CharField(_("reference"), max_length=12, unique=True)
    subject = models.CharField(_("subject of the message"), max_length=13, choices=Subject)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    text = models.TextField(_("message"), max_length=4000)
    page = models.CharField(_("page it is about"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=2, default="it")
    sent_at = models.DateTimeField(_("sent on"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    class Meta:
        verbose_name = _("message to the office")
        verbose_name_plural = _("messages to the office")
        ordering: ClassVar[list[str]] = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(email=""), name="message_says_something_and_from_whom"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="message_answered_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class MessageMailAttempt(MailAttempt):
    """An attempt to send one of a message's two mails: to the office, or the receipt."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts", verbose_name=_("message"))
    kind = models.CharField(_("which mail"), max_length=7)


class PageRating(models.Model):
    """How clear somebody found a page. Kept without who, from where, or at what hour: only the day."""

    class Reason(models.TextChoices):
        """Those of the national model: what was good from four stars on, what was not below."""

        CLEAR = "clear", _("The information is clear")
        COMPLETE = "complete", _("The information is complete")
        EASY = "easy", _("I found quickly what I was looking for")
        UNCLEAR = "unclear", _("The information is not clear")
        INCOMPLETE = "incomplete", _("Something is missing")
        HARD = "hard", _("I could not find what I was looking for")
        BROKEN = "broken", _("Something does not work")
        OTHER = "other", _("Another reason")

    path = models.CharField(_("page"), max_length=300)
    language = models.CharField(_("language"), max_length=2)
    stars = models.PositiveSmallIntegerField(_("stars"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True)
    note = models.CharField(_("more"), max_length=200, blank=True)
    on = models.DateField(_("day"))

    class Meta:
        verbose_name = _("rating of a page")
        verbose_name_plural = _("ratings of pages")
        ordering: ClassVar[list[str]] = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="rating_from_one_to_five"),
        ]
        indexes = [models.Index(fields=["path"], name="rating_of_page")]

    def __str__(self) -> str:
        return f"{self.path}: {self.stars}"


GOOD_FROM = 4
"""Stars from which on a rating is a good one."""
POSITIVE = (PageRating.Reason.CLEAR, PageRating.Reason.COMPLETE, PageRating.Reason.EASY, PageRating.Reason.OTHER)
NEGATIVE = (
    PageRating.Reason.UNCLEAR,
    PageRating.Reason.INCOMPLETE,
    PageRating.Reason.HARD,
    PageRating.Reason.BROKEN,
    PageRating.Reason.OTHER,
)
