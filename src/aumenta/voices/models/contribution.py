"""Written contributions: what reaches the office by letter, e-mail or form, outside the tables."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.voices.models.consultation import Consultation


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Written contributions."""

    def shown(self) -> "ContributionQuerySet":
        """Those that anybody may read: admitted, not withdrawn, not private, and whose sender asked for it, in a
        consultation that is on the site. Every public route of a contribution's words asks this."""
        asked = [Contribution.Wish.UNSIGNED, Contribution.Wish.SIGNED]
        return self.filter(
            admission=Contribution.Admission.ADMITTED,
            withdrawn=False,
            private=False,
            wish__in=asked,
            consultation__in=Consultation.objects.public(),
        )

    def to_be_answered(self) -> "ContributionQuerySet":
        """Those the office owes an answer: admitted, not withdrawn, and not every point is answered in public."""
        return self.filter(
            admission=Contribution.Admission.ADMITTED, withdrawn=False, closed_at=None, consultation__isnull=False
        )


class Contribution(models.Model):
    """One text that somebody sent about an edition of the plan. It names no person: `source` says how it came, and who
    sent it stands apart (ContributionSender).

    `strategy_code` is the strategy that the office confirmed; `outside` says that the office found it to be about
    nothing in the plan. Neither is set before a person has looked. `asked_strategies` are those the sender named.
    What the public sends waits to be admitted, and until then it is private whatever its sender wishes.
    """

    class Admission(models.TextChoices):
        RECEIVED = "received", _("to be admitted")
        ADMITTED = "admitted", _("admitted")
        REFUSED = "refused", _("not admitted")

    class Wish(models.TextChoices):
        NO = "no", _("Do not publish it")
        UNSIGNED = "unsigned", _("Publish the text, without saying who wrote it")
        SIGNED = "signed", _("Publish the text with the name")

    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    consultation = models.ForeignKey(
        Consultation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("consultation"),
    )
    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.PROTECT, related_name="contributions", verbose_name=_("edition")
    )
    text = models.TextField(_("text"), max_length=100_000)
    zone = models.ForeignKey(
        "territory.Zone",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("zone"),
    )
    municipality = models.ForeignKey(
        "territory.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("municipality"),
    )
    organisation_kind = models.CharField(_("kind of organisation"), max_length=12, choices=OrganisationKind, blank=True)
    received_on = models.DateField(_("received on"))
    source = models.CharField(_("how it came"), max_length=200)
    strategy_code = models.CharField(_("strategy"), max_length=40, blank=True)
    outside = models.BooleanField(_("outside the plan"), default=False)
    same_as = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="repeated", verbose_name=_("repeats")
    )
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    withdrawn_by_sender = models.BooleanField(_("withdrawn by who sent it"), default=False)
    erasure_asked_on = models.DateField(_("erasure asked for on"), null=True, blank=True)
    private = models.BooleanField(_("not to be published"), default=False)
    wish = models.CharField(_("wish about publication"), max_length=8, choices=Wish, blank=True)
    signature = models.CharField(_("signature to be published"), max_length=200, blank=True)
    admission = models.CharField(_("admission"), max_length=8, choices=Admission, default=Admission.ADMITTED)
    admission_reason = models.CharField(_("why it was not admitted"), max_length=500, blank=True)
    late = models.BooleanField(_("late"), default=False)
    answer_due = models.DateField(_("answer due on"), null=True, blank=True)
    asked_strategies = models.CharField(_("strategies the sender named"), max_length=130, blank=True)
    language = models.CharField(_("language"), max_length=2, default="it")
    secret_digest = models.CharField(_("digest of the secret"), max_length=64, blank=True)
    form_key = models.CharField(_("form it was sent with"), max_length=32, unique=True, null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by")
    )

    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("in charge"),
    )
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("written contribution")
        verbose_name_plural = _("written contributions")
        ordering: ClassVar[list[str]] = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outside=False) | Q(strategy_code=""), name="contribution_outside_or_of_a_strategy"
            ),
            models.CheckConstraint(condition=~Q(same_as=F("pk")), name="contribution_repeats_another_one"),
            models.CheckConstraint(condition=~Q(text=""), name="contribution_has_words"),
            models.UniqueConstraint(fields=["year", "number"], name="contribution_number_once"),
            models.CheckConstraint(
                condition=Q(year=None, number=None) | Q(year__isnull=False, number__isnull=False),
                name="contribution_number_of_a_year",
            ),
            models.CheckConstraint(
                condition=Q(admission="admitted") | Q(private=True), name="contribution_private_until_admitted"
            ),
            models.CheckConstraint(
                condition=~Q(admission="refused") | ~Q(admission_reason=""), name="contribution_refused_says_why"
            ),
            models.CheckConstraint(condition=~Q(wish="no") | Q(private=True), name="contribution_not_against_her_wish"),
            models.CheckConstraint(
                condition=Q(signature="") | Q(wish="signed"), name="contribution_signed_as_its_sender_wishes"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by_sender=False) | Q(withdrawn=True), name="contribution_withdrawn_stays_so"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def label(self) -> str:
        """What it is called: «2026/12»; its key where it came before there were numbers."""
        return f"{self.year}/{self.number}" if self.number else str(self.pk)


class ContributionCounter(models.Model):
    """The last number given in a year. It is locked while the next one is: no gap, none twice."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("last number of a year")
        verbose_name_plural = _("last numbers of the years")

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
