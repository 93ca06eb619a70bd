"""What is drawn of a page's form, and the content that is read back from what was posted."""

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from aumenta.core.text import whole_number
from aumenta.desk.sheets.forms import TextField
from aumenta.pages.models import Document, Image, Page, PageDraft
from aumenta.pages.write_page import LINES, RICH, PageContent, documents_of

MOST_CHOICES: Final = 60
_LABELS: Final[dict[str, Any]] = {
    "title_it": _("Title in Italian"),
    "title_en": _("Title in English"),
    "summary_it": _("Summary in Italian"),
    "summary_en": _("Summary in English"),
    "body_it": _("Text in Italian"),
    "body_en": _("Text in English"),
}
_NO_FILE: Final[dict[str, Any]] = {"required": _("Choose a file first.")}
_NO_WORDS: Final[dict[str, Any]] = {
    "required": _("Say what the picture shows, in both languages: who can't see it reads this instead.")
}


class PublishForm(forms.Form):
    """From when and until when a page is public, in the time of the territory."""

    from_at = forms.DateTimeField(
        label=_("Public from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: now. Time of Rome."),
    )
    until_at = forms.DateTimeField(
        label=_("Public until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: until it is withdrawn. Time of Rome."),
    )


class ImageForm(forms.Form):
    """A picture to send, with what it shows."""

    file = forms.FileField(
        label=_("File"),
        error_messages=_NO_FILE,
        help_text=_("JPEG, PNG or WebP, 15 MB at most. Where it was taken is removed."),
    )
    alt_it = forms.CharField(
        label=_("What it shows, in Italian"),
        max_length=300,
        error_messages=_NO_WORDS,
        help_text=_("One sentence for those who can’t see it, such as “Una piazza alberata con un mercato”."),
    )
    alt_en = forms.CharField(label=_("What it shows, in English"), max_length=300, error_messages=_NO_WORDS)
    credit = forms.CharField(label=_("Author and licence"), max_length=200, required=False)


class DocumentForm(forms.Form):
    """A document to send."""

    file = forms.FileField(
        label=_("File"), error_messages=_NO_FILE, help_text=_("PDF, ODT, ODS, ODP, DOCX, XLSX or PPTX, 20 MB at most.")
    )
    title_it = forms.CharField(label=_("Title in Italian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language it is written in"), choices=Document.Language)


class RedirectForm(forms.Form):
    """An address that moved."""

    old = forms.CharField(
        label=_("Old address"),
        max_length=300,
        help_text=_("Without the language, such as “pagine/vecchia/”: it counts for both."),
    )
    new = forms.CharField(
        label=_("New address"), max_length=300, help_text=_("Of this site, such as “pagine/nuova/”, or a whole one.")
    )


def content_of(held: Page | PageDraft | None) -> PageContent:
    """What a page or the draft beside it says now, as the form needs it."""
    if held is None:
        return PageContent(title_it="")
    texts = {name: getattr(held, name) for name in (*LINES, *RICH)}
    return PageContent(**texts, slug=held.slug, linked=held.linked, image=held.image, documents=documents_of(held))


def posted_content(posted: QueryDict) -> PageContent:
    """The content that was posted; pictures and documents that are not there any more are left out."""
    chosen = [whole_number(key) or 0 for key in posted.getlist("documents")]
    linked = posted.get("linked", "")
    texts: dict[str, Any] = {name: posted.get(name, "") for name in (*LINES, *RICH)}
    return PageContent(
        **texts,
        slug=posted.get("slug", ""),
        linked=linked if linked in Page.Linked.values else Page.Linked.NOWHERE,
        image=Image.objects.filter(pk=whole_number(posted.get("image", "")) or 0).first(),
        documents=list(Document.objects.filter(pk__in=chosen)),
    )


def pairs(content: PageContent) -> list[tuple[TextField, TextField]]:
    """Title, summary and text, each in Italian and English side by side."""
    found = []
    for stem in ("title", "summary", "body"):
        it, en = (
            TextField(
                name=name,
                label=str(_LABELS[name]),
                value=getattr(content, name),
                rich=name in RICH,
                language=language,
                longest=LINES.get(name, 0),
            )
            for language in ("it", "en")
            if (name := f"{stem}_{language}")
        )
        found.append((it, en))
    return found


def choices(content: PageContent) -> dict[str, list[tuple[Image | Document, bool]]]:
    """The latest pictures and documents, each with whether the page has it; what it has is always among them."""
    images: list[Image | Document] = list(Image.objects.all()[:MOST_CHOICES])
    if content.image and content.image not in images:
        images.append(content.image)
    documents: list[Image | Document] = list(Document.objects.all()[:MOST_CHOICES])
    documents += [one for one in content.documents if one not in documents]
    return {
        "images": [(one, one == content.image) for one in images],
        "documents": [(one, one in content.documents) for one in documents],
    }
