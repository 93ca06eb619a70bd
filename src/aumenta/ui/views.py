"""Pages that belong to no door: the one on accessibility, and the style guide with every component."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aumenta.people.reader import reader_language
from aumenta.ui.caching import public_page
from aumenta.ui.preview_pictures import preview_of
from aumenta.ui.samples import SampleForm, sample_parts, sample_picture


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is done so that everybody can use the site, and what does not work yet."""
    return render(request, "ui/accessibility.html", {"home_address": f"/{reader_language()}/"})


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The picture that a link to a page shows elsewhere; its title stands in the address, signed by us."""
    picture = preview_of(token)
    if picture is None:
        raise Http404
    # Named by what it shows: it never changes under this address.
    return HttpResponse(
        picture, content_type="image/png", headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


def style_guide(request: HttpRequest) -> HttpResponse:
    """All components with sample content."""
    messages.success(request, "Proposta inviata per la revisione.")
    unbound, bound = SampleForm(prefix="vuoto"), SampleForm({"errato-title": ""}, prefix="errato")
    page = Paginator(range(1, 200), 20).get_page(4)
    answer = {"1.1.1", "1.3.2", "2.2.1", "3.1.2", "5.1.1", "6.2.2"}
    sizes = [7, 5, 4, 2, 4, 2]
    context = {
        **sample_parts(),
        "form": unbound,
        "wrong_form": bound,
        "page": page,
        "plan": sample_picture(sizes, 7),
        "answered": sample_picture(sizes, 7, answer),
    }
    return render(request, "ui/style_guide.html", context)
