"""Files of pages: served with headers that keep a browser from taking them for anything but what they are."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response

from aumenta.pages.document_types import TYPES
from aumenta.pages.keep_media import document_file, image_file
from aumenta.pages.models import Document, Image
from aumenta.people.rules import manages_pages

SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
A_YEAR = 60 * 60 * 24 * 365


def image(request: HttpRequest, digest: str, end: str) -> HttpResponse:
    """A picture of a public page in one of its widths; of any page for those who write pages."""
    public = Image.objects.public().filter(digest=digest).exists()
    if not public and not (manages_pages(request.user) and Image.objects.filter(digest=digest).exists()):
        raise Http404
    kind = "image/webp" if end.endswith("webp") else "image/jpeg"
    answer = _file(request, image_file(digest, end), kind, f"{digest[:20]}-{end}")
    # Named by its content: it never changes under this address.
    answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if public else "private, no-store"
    return answer


def document(request: HttpRequest, name: str) -> HttpResponse:
    """A document that a public page carries, as a download; any document for those who write pages."""
    slug, _dot, kind = name.rpartition(".")
    public = Document.objects.public().filter(slug=slug, kind=kind).first()
    if public is None and not manages_pages(request.user):
        raise Http404
    found = public or get_object_or_404(Document, slug=slug, kind=kind)
    name, sort = document_file(found.digest, found.kind), TYPES[Document.Kind(found.kind)]
    answer = _file(request, name, sort, found.digest[:20])
    answer["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    answer["Cache-Control"] = "public, no-cache" if public else "private, no-store"
    return answer


def _file(request: HttpRequest, name: str, kind: str, tag: str) -> HttpResponse:
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=kind, headers={**SAFE, "ETag": f'"{tag}"'})
    kept = get_conditional_response(request, etag=f'"{tag}"', response=response)
    return kept or response
