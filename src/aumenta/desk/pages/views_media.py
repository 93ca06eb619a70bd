"""Pictures and documents that pages carry: sent, described, taken away."""

from collections.abc import Callable

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.pages.forms import DocumentForm, ImageForm
from aumenta.pages import document_types, pictures
from aumenta.pages.keep_media import describe_image, keep_document, keep_image, remove_document, remove_image
from aumenta.pages.models import Document, Image
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.people.rules import manages_pages

ON_A_PAGE = 24
USED = Count("pages", distinct=True) + Count("drafts", distinct=True)


def _bytes(request: DeskRequest, most: int) -> bytes:
    """The file that was sent: of one that is too large only enough to see that it is."""
    file = request.FILES.get("file")
    return file.read(most + 1) if isinstance(file, UploadedFile) else b""


@desk_page(manages_pages)
def images(request: DeskRequest) -> HttpResponse:
    """All pictures, and a form to send one."""
    form = ImageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("alt_it", "alt_en", "credit")}
        try:
            keep_image(person=request.user, data=_bytes(request, pictures.LARGEST), **words)
        except RefusedError as refusal:
            form.add_error("alt_it" if refusal.code == "alt_required" else "file", refusal_sentence(refusal))
        else:
            messages.success(request, _("The picture is here: pages can show it."))
            return redirect("desk:images")
    shown = Image.objects.annotate(used=USED).order_by("-kept_at", "-pk")
    context = {"page": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("pagina")), "form": form}
    return render(request, "desk/pages/images.html", context, status=409 if form.errors else 200)


@desk_page(manages_pages)
def image(request: DeskRequest, number: int) -> HttpResponse:
    """One picture: what is said of it, and which pages show it."""
    found = get_object_or_404(Image, pk=number)
    words = {name: getattr(found, name) for name in ("alt_it", "alt_en", "credit")}
    form = ImageForm(request.POST or None, initial=words)
    del form.fields["file"]
    if request.method == "POST" and form.is_valid():
        try:
            describe_image(person=request.user, image=found, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error("alt_it", refusal_sentence(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:images")
    context = {"image": found, "form": form, "pages": found.pages.all()}
    return render(request, "desk/pages/image.html", context, status=409 if form.errors else 200)


@desk_page(manages_pages)
def drop_image(request: DeskRequest, number: int) -> HttpResponse:
    """Take a picture away, after asking."""
    found = get_object_or_404(Image, pk=number)
    return _drop(
        request,
        lambda: remove_image(person=request.user, image=found),
        title=_("Take the picture “%(name)s” away") % {"name": found.alt_it},
        done=_("The picture is gone."),
        back="desk:images",
    )


@desk_page(manages_pages)
def documents(request: DeskRequest) -> HttpResponse:
    """All documents, and a form to send one."""
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("title_it", "title_en", "language")}
        try:
            keep_document(person=request.user, data=_bytes(request, document_types.LARGEST), **words)
        except RefusedError as refusal:
            fields = {"document_title_required": "title_it", "document_language_required": "language"}
            form.add_error(fields.get(refusal.code, "file"), refusal_sentence(refusal))
        else:
            messages.success(request, _("The document is here: pages can carry it."))
            return redirect("desk:documents")
    shown = Document.objects.annotate(used=USED).order_by("-kept_at", "-pk")
    context = {"page": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("pagina")), "form": form}
    return render(request, "desk/pages/documents.html", context, status=409 if form.errors else 200)


@desk_page(manages_pages)
def drop_document(request: DeskRequest, number: int) -> HttpResponse:
    """Take a document away, after asking."""
    found = get_object_or_404(Document, pk=number)
    return _drop(
        request,
        lambda: remove_document(person=request.user, document=found),
        title=_("Take the document “%(name)s” away") % {"name": found.title_it},
        done=_("The document is gone."),
        back="desk:documents",
    )


def _drop(request: DeskRequest, remove: Callable[[], None], *, title: str, done: str, back: str) -> HttpResponse:
    """Ask, then take away, then show the list again."""
    if request.method == "POST":
        try:
            remove()
            messages.success(request, done)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        return redirect(back)
    context = {
        "title": title,
        "question": _("It is gone for good. What a page still uses stays."),
        "submit": _("Take away"),
        "danger": True,
        "cancel": reverse(back),
        "base_template": "desk/desk.html",
    }
    return render(request, "ui/confirm.html", context)
