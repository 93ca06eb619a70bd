"""Pages and news in two languages, the pictures and documents they carry, and addresses that moved.

Whether a page is public is a question of time, not of a job that has to run: it is published, its moment has come, its
end has not. Nothing here belongs to an edition of the plan.
"""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aumenta.people.models import User


def public_at(moment: datetime, prefix: str = "") -> Q:
    """The condition that a page, reached by `prefix`, is public at a moment."""
    begun = Q(**{f"{prefix}state": "published", f"{prefix}from_at__lte": moment})
    return begun & (Q(**{f"{prefix}until_at": None}) | Q(**{f"{prefix}until_at__gt": moment}))


class ImageQuerySet(models.QuerySet["Image"]):
    """Pictures."""

    def public(self) -> Self:
        """Those that a public page shows."""
        shown = Page.objects.filter(public_at(timezone.now()), image=OuterRef("pk"))
        return self.filter(Exists(shown))


class Image(models.Model):
    """A picture as this site made it anew from what was sent: `digest` names its files, one for each of `widths`.

    What it shows is said in both languages, always: a picture with nothing to say has no place in news.
    """

    digest = models.CharField(_("digest of the content"), max_length=64, unique=True)
    alt_it = models.CharField(_("what it shows (Italian)"), max_length=300)
    alt_en = models.CharField(_("what it shows (English)"), max_length=300)
    credit = models.CharField(_("author and licence"), max_length=200, blank=True)
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))
    widths = models.JSONField(_("widths that are kept"))
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="images", verbose_name=_("sent by"))
    kept_at = models.DateTimeField(_("sent on"), default=timezone.now)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering: ClassVar[list[str]] = ["-kept_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(alt_it="") & ~Q(alt_en=""), name="image_says_what_it_shows_twice"),
            models.CheckConstraint(condition=Q(width__gte=1, height__gte=1), name="image_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.alt_it


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents."""

    def public(self) -> Self:
        """Those that a public page carries."""
        carried = Attachment._default_manager.filter(public_at(timezone.now(), "page__"), document=OuterRef("pk"))
        return self.filter(Exists(carried))


class Document(models.Model):
    """A file to take away: its kind was found in its content. Public while a public page carries it."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        ODT = "odt", "ODT"
        ODS = "ods", "ODS"
        ODP = "odp", "ODP"
        DOCX = "docx", "DOCX"
        XLSX = "xlsx", "XLSX"
        PPTX = "pptx", "PPTX"

    class Language(models.TextChoices):
        ITALIAN = "it", _("Italian")
        ENGLISH = "en", _("English")

    slug = models.SlugField(_("name in addresses"), max_length=120, unique=True)
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    language = models.CharField(_("language it is written in"), max_length=2, choices=Language)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    size = models.PositiveIntegerField(_("size in bytes"))
    digest = models.CharField(_("digest of the content"), max_length=64, unique=True)
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="documents", verbose_name=_("sent by"))
    kept_at = models.DateTimeField(_("sent on"), default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering: ClassVar[list[str]] = ["-kept_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title_it=""), name="document_has_a_title"),
            models.CheckConstraint(condition=Q(size__gte=1), name="document_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.title_it

    @property
    def file_name(self) -> str:
        """Its name in addresses and where it is saved, such as «linee-guida.pdf»."""
        return f"{self.slug}.{self.kind}"


class PageText(models.Model):
    """What somebody writes of a page, whether it is read already or a draft."""

    class Linked(models.TextChoices):
        NOWHERE = "nowhere", _("nowhere")
        MENU = "menu", _("in the menu")
        FOOTER = "footer", _("in the foot of every page")

    slug = models.SlugField(_("name in its address"), max_length=100)
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    summary_it = models.CharField(_("summary (Italian)"), max_length=300, blank=True)
    summary_en = models.CharField(_("summary (English)"), max_length=300, blank=True)
    body_it = models.TextField(_("text (Italian)"), blank=True)
    body_en = models.TextField(_("text (English)"), blank=True)
    linked = models.CharField(_("linked"), max_length=7, choices=Linked, default=Linked.NOWHERE)

    class Meta:
        abstract = True


class PageQuerySet(models.QuerySet["Page"]):
    """Pages and news."""

    def public(self, moment: datetime | None = None) -> Self:
        """Those everybody may read at a moment, now by default."""
        return self.filter(public_at(moment or timezone.now()))

    def news(self) -> Self:
        """News, the latest first."""
        return self.filter(kind="news").order_by("-from_at", "-pk")


class Page(PageText):
    """A page or a piece of news. `revision` grows with every change of it or of the draft beside it; what is shown is
    asked of `standing`."""

    class Kind(models.TextChoices):
        PAGE = "page", pgettext_lazy("kind of page", "page")
        NEWS = "news", pgettext_lazy("kind of page", "news")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", pgettext_lazy("kind of page", "published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    image = models.ForeignKey(
        Image, on_delete=models.PROTECT, null=True, blank=True, related_name="pages", verbose_name=_("lead picture")
    )
    documents = models.ManyToManyField(
        Document, through="Attachment", related_name="pages", verbose_name=_("documents")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    from_at = models.DateTimeField(_("public from"), null=True, blank=True)
    until_at = models.DateTimeField(_("public until"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    was_public = models.DateTimeField(_("first published"), null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="pages", verbose_name=_("written by"))
    saved_at = models.DateTimeField(_("saved on"), default=timezone.now)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind of page", "page")
        verbose_name_plural = _("pages")
        ordering: ClassVar[list[str]] = ["-from_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="page_address_once"),
            models.CheckConstraint(condition=~Q(title_it=""), name="page_has_a_title"),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (Q(from_at__isnull=False, was_public__isnull=False) & ~Q(summary_it="") & ~Q(body_it="")),
                name="page_published_is_whole_and_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")), name="page_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(kind="page") | Q(linked="nowhere"), name="news_are_not_linked_from_everywhere"
            ),
        ]
        indexes = [models.Index(fields=["state", "from_at"], name="page_public")]

    def __str__(self) -> str:
        return self.title_it

    def is_public_at(self, moment: datetime) -> bool:
        """Whether everybody may read it at a moment."""
        began = self.from_at is not None and self.from_at <= moment
        return self.state == self.State.PUBLISHED and began and (self.until_at is None or moment < self.until_at)

    @property
    def standing(self) -> str:
        """What it is now: draft, scheduled, public, over or withdrawn."""
        if self.state != self.State.PUBLISHED:
            return self.state
        now = timezone.now()
        if self.is_public_at(now):
            return "public"
        return "scheduled" if self.from_at is not None and self.from_at > now else "over"

    @property
    def path(self) -> str:
        """Its address without the language, such as «pagine/chi-siamo/»."""
        return f"{FOLDERS[self.kind]}{self.slug}/"


FOLDERS = {Page.Kind.PAGE.value: "pagine/", Page.Kind.NEWS.value: "notizie/"}
"""The first word of addresses, by kind: the site's routes say the same, and a test holds them to it."""


class PageDraft(PageText):
    """What is being written of a page that is or was public: nobody but the office reads it until it is published and
    takes the page's place. One for each page."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="draft", verbose_name=_("page"))
    image = models.ForeignKey(
        Image, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts", verbose_name=_("lead picture")
    )
    documents = models.ManyToManyField(Document, related_name="drafts", verbose_name=_("documents"))
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="page_drafts", verbose_name=_("written by")
    )
    saved_at = models.DateTimeField(_("saved on"), default=timezone.now)

    class Meta:
        verbose_name = _("draft of a page")
        verbose_name_plural = _("drafts of pages")
        constraints = [models.CheckConstraint(condition=~Q(title_it=""), name="page_draft_has_a_title")]

    def __str__(self) -> str:
        return self.title_it


class Attachment(models.Model):
    """A page carries a document, in this place."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="attachments", verbose_name=_("page"))
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("document")
    )
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("document of a page")
        verbose_name_plural = _("documents of pages")
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [models.UniqueConstraint(fields=["page", "document"], name="attachment_once")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.document_id}"


class Redirect(models.Model):
    """An address that moved, in both languages: `old` and `new` are without it, such as «pagine/chi-siamo/»."""

    old = models.CharField(_("old address"), max_length=300, unique=True)
    new = models.CharField(_("new address"), max_length=300)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="redirects", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made on"), default=timezone.now)

    class Meta:
        verbose_name = _("address that moved")
        verbose_name_plural = _("addresses that moved")
        ordering: ClassVar[list[str]] = ["old"]
        constraints = [
            models.CheckConstraint(condition=~Q(old=F("new")), name="redirect_leads_elsewhere"),
            models.CheckConstraint(condition=~Q(old="") & ~Q(old__startswith="/"), name="redirect_old_is_a_path"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class CheckedLink(models.Model):
    """A web address that sheets or pages name, and what it answered when it was last asked."""

    class Outcome(models.TextChoices):
        ALIVE = "alive", _("answers")
        GONE = "gone", _("the page is not there")
        BROKEN = "broken", _("the server has an error")
        UNREACHABLE = "unreachable", _("no answer")
        REFUSED = "refused", _("not asked: it is not on the public web")

    address = models.CharField(_("address"), max_length=500, unique=True)
    outcome = models.CharField(_("outcome"), max_length=11, choices=Outcome)
    status = models.PositiveSmallIntegerField(_("status of the answer"), null=True)
    checked_at = models.DateTimeField(_("asked on"))
    alive_at = models.DateTimeField(_("last answered on"), null=True)

    class Meta:
        verbose_name = _("checked link")
        verbose_name_plural = _("checked links")
        ordering: ClassVar[list[str]] = ["address"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="alive") | Q(alive_at__isnull=False), name="checked_link_alive_says_when"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.outcome}"
