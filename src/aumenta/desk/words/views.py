"""Everyday words: all of them, teaching new ones, changing and forgetting them, and trying a question at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.words.forms import WordsForm
from aumenta.plan.models import SearchSynonym
from aumenta.plan.rules import may_teach_search
from aumenta.plan.search.teach import forget_words, teach_words

ON_A_PAGE = 50
LONGEST_ASKED = 100


@desk_page(may_teach_search)
def show_all(request: DeskRequest) -> HttpResponse:
    """All everyday words, those with `?q=` in them, and a form to teach new ones."""
    form = WordsForm(request.POST or None)
    if request.method == "POST" and _taught(request, form, None):
        return redirect("desk:words")
    asked = request.GET.get("q", "").strip()[:LONGEST_ASKED]
    words = SearchSynonym.objects.filter(Q(written__icontains=asked) | Q(meaning__icontains=asked))
    shown = Paginator(words, ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {"page": shown, "form": form, "asked": asked, "total": shown.paginator.count}
    return render(request, "desk/words/words.html", context, status=409 if form.errors else 200)


@desk_page(may_teach_search)
def change(request: DeskRequest, number: int) -> HttpResponse:
    """Change what one entry understands."""
    synonym = get_object_or_404(SearchSynonym, pk=number)
    now = {"written": synonym.written, "meaning": synonym.meaning, "language": synonym.language}
    form = WordsForm(request.POST or None, initial=now)
    if request.method == "POST" and _taught(request, form, synonym):
        return redirect("desk:words")
    context = {"form": form, "synonym": synonym}
    return render(request, "desk/words/change.html", context, status=409 if form.errors else 200)


@require_POST
@desk_page(may_teach_search)
def forget(request: DeskRequest, number: int) -> HttpResponse:
    """Take one entry away."""
    synonym = get_object_or_404(SearchSynonym, pk=number)
    forget_words(person=request.user, synonym=synonym)
    messages.success(request, _("The search no longer knows: %(words)s.") % {"words": synonym.written})
    return redirect("desk:words")


def _taught(request: DeskRequest, form: WordsForm, synonym: SearchSynonym | None) -> bool:
    """Whether the words were saved; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        taught = teach_words(person=request.user, synonym=synonym, **form.cleaned_data)
    except ValidationError as problem:
        for name, said in problem.message_dict.items():
            form.add_error(name if name in form.fields else "written", said)
        return False
    messages.success(request, _("The search knows from now on: %(words)s.") % {"words": taught})
    return True
