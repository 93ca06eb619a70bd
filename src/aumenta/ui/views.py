"""The style guide: every component on one page, as it looks and as it is called."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aumenta.ui.samples import SampleForm


def style_guide(request: HttpRequest) -> HttpResponse:
    """All components with sample content."""
    messages.success(request, "Proposta inviata per la revisione.")
    unbound, bound = SampleForm(prefix="vuoto"), SampleForm({"errato-title": ""}, prefix="errato")
    page = Paginator(range(1, 200), 20).get_page(4)
    return render(request, "ui/style_guide.html", {"form": unbound, "wrong_form": bound, "page": page})
