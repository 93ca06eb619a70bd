"""What the search is taught: everyday words with what they mean in the plan, and vectors that cost time to compute."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SearchSynonym(models.Model):
    """Words that people write, and what they mean in the words of the plan, the closest first; `;` between them.

    A meaning that begins with «@» is a framework («@pnrr») or an item of one with its parts («@pnrr/m4»).
    """

    class Language(models.TextChoices):
        ITALIAN = "it", _("Italian")
        ENGLISH = "en", _("English")

    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ITALIAN)
    written = models.CharField(_("what people write"), max_length=1000)
    meaning = models.CharField(_("what it means in the plan"), max_length=1000)

    class Meta:
        verbose_name = _("everyday words")
        verbose_name_plural = _("everyday words")
        ordering: ClassVar[list[str]] = ["-language", "written", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["language", "written"], name="search_synonym_once_in_a_language"),
            models.CheckConstraint(condition=~Q(written="") & ~Q(meaning=""), name="search_synonym_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.written} → {self.meaning}"


class SearchVector(models.Model):
    """The vector of a text: `key` is the encoder, its version and the hash of the text. It can be computed again."""

    key = models.CharField(max_length=160, primary_key=True)
    numbers = models.BinaryField()

    class Meta:
        verbose_name = _("vector of a text of the plan")
        verbose_name_plural = _("vectors of texts of the plan")

    def __str__(self) -> str:
        return self.key
