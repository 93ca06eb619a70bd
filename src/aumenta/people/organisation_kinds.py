"""The kinds of organisation somebody speaks for: at a table, in writing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality or union of municipalities")
    INSTITUTION = "institution", _("other public body")
    FIRM = "firm", _("firm or business association")
    THIRD_SECTOR = "third_sector", _("association or third sector")
    RESEARCH = "research", _("university and research")
    SCHOOL = "school", _("school and training")
    UNION = "union", _("trade union or professional order")
    CITIZEN = "citizen", _("resident")
    OTHER = "other", _("other")
