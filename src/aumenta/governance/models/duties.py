"""What the office has to do by a day that no other table knows of, and who was reminded of which duties."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OwnDuty(models.Model):
    """A duty with a day that the office wrote itself: the DUP, the PIAO, the agenda. A yearly one comes again when it
    is done."""

    title = models.CharField(_("what is to be done"), max_length=200)
    due_on = models.DateField(_("to be done by"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("whose it is"),
    )
    every_year = models.BooleanField(_("every year again"), default=False)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("duty of the office")
        verbose_name_plural = _("duties of the office")
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "due_on"],
                condition=Q(done_on__isnull=True),
                name="own_duty_waits_once",
                violation_error_message=_("This duty is on the calendar for that day already."),
            ),
            models.CheckConstraint(condition=~Q(title=""), name="own_duty_says_what"),
        ]

    def __str__(self) -> str:
        return self.title


class DutyMail(models.Model):
    """The reminder somebody got on a day, and of which duties, by their keys."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    on = models.DateField(_("day"))
    told = models.JSONField(_("duties"), default=list)

    class Meta:
        verbose_name = _("reminder of duties")
        verbose_name_plural = _("reminders of duties")
        ordering: ClassVar[list[str]] = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="duty_mail_once_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"
