"""Projects with their CUP, where they are, what they cost, and the actions they carry out."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aumenta.monitoring.models.reading import SourceFile


class Project(models.Model):
    """A project as its source declares it. Amounts are in euro; what no source says stays empty: never zero."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("not declared")
        IDEA = "idea", _("idea")
        STUDY = "study", _("feasibility study")
        DESIGN = "design", _("design")
        READY = "ready", _("ready for the tender")
        TENDER = "tender", _("tender")
        WORKS = "works", _("being carried out")
        FINISHED = "finished", _("finished")
        STOPPED = "stopped", _("stopped")

    key = models.CharField(_("local code of the project"), max_length=60, unique=True)
    cup = models.CharField(
        _("CUP"),
        max_length=15,
        blank=True,
        db_index=True,
        validators=[RegexValidator(r"^[A-Z]\d{2}[A-Z]\d{11}$", _("A CUP has 15 characters, such as D11B21007090001."))],
    )
    cigs = models.CharField(_("CIG"), max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=400)
    summary = models.CharField(_("summary"), max_length=600, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.UNKNOWN)
    head = models.CharField(_("who carries it out"), max_length=200)
    head_tax_code = models.CharField(_("its tax code"), max_length=16, blank=True)
    programme = models.CharField(_("programme"), max_length=60)
    component = models.CharField(_("component"), max_length=12, blank=True)
    component_name = models.CharField(_("name of the component"), max_length=200, blank=True)
    measure = models.CharField(_("measure"), max_length=24, blank=True)
    measure_name = models.CharField(_("name of the measure"), max_length=300, blank=True)
    planned = models.DecimalField(_("whole amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    planned_fund = models.DecimalField(
        _("of which from the programme"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    awarded = models.DecimalField(_("awarded"), max_digits=14, decimal_places=2, null=True, blank=True)
    paid = models.DecimalField(_("paid"), max_digits=14, decimal_places=2, null=True, blank=True)
    paid_on = models.DateField(_("paid until"), null=True, blank=True)
    as_of = models.DateField(_("as of"))
    provinces = models.PositiveSmallIntegerField(_("provinces it lies in"), default=1)
    outside = models.CharField(_("places outside of the territory"), max_length=2_000, blank=True)
    everywhere = models.BooleanField(_("for the whole territory"), default=False)
    file = models.ForeignKey(
        SourceFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("file it came from"),
    )
    municipalities = models.ManyToManyField(
        "territory.Municipality", related_name="projects", blank=True, verbose_name=_("municipalities")
    )

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering: ClassVar[list[str]] = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paid__isnull=True) | Q(paid_on__isnull=False),
                name="project_payment_has_its_day",
                violation_error_message=_("A payment needs the day until which it was counted."),
            ),
            models.CheckConstraint(
                condition=(Q(planned__isnull=True) | Q(planned__gte=0))
                & (Q(planned_fund__isnull=True) | Q(planned_fund__gte=0))
                & (Q(awarded__isnull=True) | Q(awarded__gte=0))
                & (Q(paid__isnull=True) | Q(paid__gte=0)),
                name="project_amounts_are_not_negative",
                violation_error_message=_("Amounts are never below zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cup or self.key} {self.title}"[:120]

    @property
    def paid_more(self) -> bool:
        """Whether more was paid than the whole amount, as the official files say of some."""
        return self.planned is not None and self.paid is not None and self.paid > self.planned


class ProjectTie(models.Model):
    """A project carries out an action: proposed with its reason until an editor decides."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="ties", verbose_name=_("project"))
    action = models.ForeignKey(
        "plan.Action", on_delete=models.CASCADE, related_name="project_ties", verbose_name=_("action")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PROPOSED)
    why = models.JSONField(_("why it was proposed"), default=dict, blank=True)
    score = models.FloatField(_("strength of the proposal"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("tie of a project to an action")
        verbose_name_plural = _("ties of projects to actions")
        ordering: ClassVar[list[str]] = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "action"], name="project_tie_once"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True)
                | ~Q(state="proposed") & Q(decided_at__isnull=False),
                name="project_tie_decided_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} → {self.action_id}"
