"""Accounts, the organisations people work for, and the roles they hold."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts with a normalised e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An ordinary account; without a password nobody can sign in with one."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def written_to(self) -> "models.QuerySet[User]":
        """The accounts to which mails go: not those that are closed, nor those of invented people, whose addresses end
        with `.invalid` and lead to nobody (RFC 2606)."""
        return self.filter(is_active=True).exclude(email__endswith=".invalid")

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account that may do everything, also in the stock administration."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """One person who signs in. Her name is shown only to those who work with her."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("name and surname"), max_length=150, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("it", "Italiano"), ("en", "English")], default="it"
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may enter the stock administration"), default=False)
    is_demo = models.BooleanField(
        _("demo account"),
        default=False,
        help_text=_("Its password was printed: it opens nothing where DEBUG is off, whatever its address."),
    )
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(_("account made on"), default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_its_case"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles she holds, read once for each request: no predicate costs a query of its own."""
        return frozenset(grant.role for grant in self._grants)

    @cached_property
    def organisation_ids(self) -> frozenset[int]:
        """The organisations whose actions she answers for."""
        return frozenset(g.organisation_id for g in self._grants if g.organisation_id is not None)

    @cached_property
    def _grants(self) -> list["Grant"]:
        return list(self.grants.all())


class Organisation(models.Model):
    """A municipality, an office or a body that answers for actions of the plan."""

    slug = models.SlugField(_("short name"), max_length=120, unique=True)
    name_it = models.CharField(_("name (Italian)"), max_length=300)
    name_en = models.CharField(_("name (English)"), max_length=300, blank=True)
    municipality_code = models.CharField(
        _("code of the municipality"),
        max_length=6,
        blank=True,
        help_text=_("The six figures ISTAT gives it; empty for an office or another body."),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering: ClassVar[list[str]] = ["name_it"]
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality_code="") | Q(municipality_code__regex=r"^[0-9]{6}$"),
                name="organisation_municipality_code_has_six_figures",
            ),
        ]

    def __str__(self) -> str:
        return self.name_it


class Role(models.TextChoices):
    """What somebody may be; docs/roles.md says what each may do."""

    ADMINISTRATOR = "administrator", _("administrator")
    APPROVER = "approver", _("approver")
    EDITOR = "editor", _("editor of axes")
    REFERENT = "referent", _("referent of an organisation")
    FACILITATOR = "facilitator", _("facilitator")
    READER = "reader", _("reader")
    SECRETARY = "secretary", _("secretary of the bodies")
    VENUE = "venue", _("person in charge of a venue")


class Grant(models.Model):
    """Somebody holds a role; a referent holds it for one organisation, and only a referent does."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=13, choices=Role)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("organisation"),
    )

    class Meta:
        verbose_name = _("role of a person")
        verbose_name_plural = _("roles of people")
        ordering: ClassVar[list[str]] = ["role"]
        constraints = [
            # Two, because SQLite can't be told that two empty organisations are the same.
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(organisation=None), name="grant_once_without_organisation"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                condition=Q(organisation__isnull=False),
                name="grant_once_for_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(role="referent", organisation__isnull=False)
                | (~Q(role="referent") & Q(organisation__isnull=True)),
                name="grant_of_a_referent_names_the_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"


class Attempt(models.Model):
    """Something that is limited was tried: see rate_limit.py. `subject` is a keyed digest, kept for a day."""

    what = models.CharField(max_length=24)
    subject = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        indexes = [models.Index(fields=["what", "subject", "at"], name="attempt_by_subject")]

    def __str__(self) -> str:
        return self.what


class Erasure(models.Model):
    """Something was erased because somebody asked: its kind and key, never a word of it. See erasures.py."""

    token = models.UUIDField(unique=True)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
