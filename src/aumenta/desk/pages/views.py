"""Pages and news: written, looked at before they are public, published and withdrawn."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.pages.forms import PublishForm, choices, content_of, pairs, posted_content
from aumenta.desk.proposals.comparing import compare_pages, page_changes
from aumenta.pages.models import Page, PageDraft
from aumenta.pages.publish_draft import as_drafted
from aumenta.pages.publish_page import publish_page, throw_draft_away, withdraw_page
from aumenta.pages.rules import may_publish_pages
from aumenta.pages.write_page import PageContent, add_page, documents_of, edit_page, in_hand
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.people.rules import manages_pages
from aumenta.ui.parts import Tab

ON_A_PAGE = 30


@desk_page(manages_pages)
def show_all(request: DeskRequest) -> HttpResponse:
    """All pages and news, the latest saved first; `tipo` narrows."""
    kind = request.GET.get("tipo", "")
    pages = Page.objects.select_related("written_by", "draft__written_by").defer("body_it", "body_en")
    pages = pages.order_by(Coalesce("draft__saved_at", "saved_at").desc(), "-pk")
    if kind in Page.Kind.values:
        pages = pages.filter(kind=kind)
    kinds = [("", _("All")), (Page.Kind.NEWS, _("News")), (Page.Kind.PAGE, _("Pages"))]
    context = {
        "page": Paginator(pages, ON_A_PAGE).get_page(request.GET.get("pagina")),
        "tabs": [Tab(label=label, address=f"?tipo={value}", here=kind == value) for value, label in kinds],
    }
    return render(request, "desk/pages/pages.html", context)


def _form(request: DeskRequest, kind: str, page: Page | None, content: PageContent, **other: Any) -> HttpResponse:
    context = {
        "kind": kind,
        "page": page,
        "content": content,
        "pairs": pairs(content),
        "linked": Page.Linked.choices,
        "revision": page.revision if page else 0,
        "copy_name": _copy_name(request, kind, page),
        **choices(content),
        **other,
    }
    return render(request, "desk/pages/page.html", context, status=409 if request.method == "POST" else 200)


def _copy_name(request: DeskRequest, kind: str, page: Page | None) -> str:
    """Under which name a browser keeps a copy of what this person types."""
    return f"page/{page.pk if page else kind}/{request.user.pk}"


@desk_page(manages_pages)
def new(request: DeskRequest, kind: str) -> HttpResponse:
    """The form of a new page (`page`) or piece of news (`news`)."""
    if kind not in Page.Kind.values:
        raise Http404
    if request.method != "POST":
        return _form(request, kind, None, content_of(None))
    content = posted_content(request.POST)
    try:
        made = add_page(person=request.user, kind=Page.Kind(kind), content=content)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return _form(request, kind, None, content)
    messages.success(request, _("Saved as a draft: the public does not read it until it is published."))
    return redirect("desk:page_preview", made.pk)


@desk_page(manages_pages)
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """The form of a page, or of the draft beside one that is or was public."""
    page = get_object_or_404(Page.objects.select_related("image"), pk=number)
    if request.method != "POST":
        return _form(request, page.kind, page, content_of(in_hand(page)))
    content = posted_content(request.POST)
    # `seen` is what she was shown beside her text and chose to write over («Keep my text», without script).
    revision = whole_number(request.POST.get("seen") or request.POST.get("revision", "")) or 0
    try:
        edit_page(person=request.user, page_id=page.pk, revision=revision, content=content)
    except RefusedError as refusal:
        # The form keeps the revision its author has seen: a newer one would let her next press write over it.
        return _form(request, page.kind, page, content, revision=revision, conflict=_why(refusal, page, content))
    messages.success(request, _("Saved."))
    return redirect("desk:page_preview", number)


@require_POST
@desk_page(manages_pages)
def autosave(request: DeskRequest) -> HttpResponse:
    """Save what the browser sends every few seconds; the answer says which page it is and which revision it became."""
    content, kind = posted_content(request.POST), request.POST.get("kind", "")
    number, revision = (whole_number(request.POST.get(name, "")) for name in ("page", "revision"))
    if number is None and kind not in Page.Kind.values:
        return HttpResponseBadRequest()
    held = None if number is None else get_object_or_404(Page, pk=number)
    try:
        if held is None:
            page = add_page(person=request.user, kind=Page.Kind(kind), content=content)
        else:
            page = edit_page(person=request.user, page_id=held.pk, revision=revision or 0, content=content)
    except RefusedError as refusal:
        return JsonResponse(_why(refusal, held, content), status=409)
    address, copy = reverse("desk:page", args=[page.pk]), _copy_name(request, page.kind, page)
    return JsonResponse({"page": page.pk, "revision": page.revision, "address": address, "copy": copy})


def _why(refusal: RefusedError, held: Page | None, content: PageContent) -> dict[str, Any]:
    """The refusal in words; where somebody else saved first, with what differs, so that the person can decide."""
    answer: dict[str, Any] = {"message": refusal_sentence(refusal)}
    if held is not None and refusal.code == "page_stale":
        now = Page.objects.get(pk=held.pk)
        answer |= {"decide": True, "revision": now.revision, "seen": now.revision}
        answer["changes"] = page_changes(in_hand(now), content)
    return answer


def show(request: DeskRequest, page: Page, form: PublishForm, status: int = 200) -> HttpResponse:
    """The page of a preview."""
    held = in_hand(page)
    drafted = as_drafted(page)
    context = {
        "page": page,
        "drafted": drafted,
        "draft": held if isinstance(held, PageDraft) else None,
        "documents": documents_of(held),
        "fields": compare_pages(page, drafted) if page.state == Page.State.PUBLISHED else [],
        "form": form,
        "may_publish": may_publish_pages(request.user),
        "english_missing": not (drafted.title_en and drafted.summary_en and drafted.body_en),
    }
    return render(request, "desk/pages/preview.html", context, status=status)


def times_of(page: Page) -> PublishForm:
    """The form of the two moments, as they are."""
    times = {"from_at": page.from_at, "until_at": page.until_at} if page.standing in {"scheduled", "public"} else {}
    return PublishForm(initial=times)


@desk_page(manages_pages)
def preview(request: DeskRequest, number: int) -> HttpResponse:
    """A page as the public sees it or will see it, with what can be done about it."""
    page = get_object_or_404(Page.objects.select_related("image", "written_by"), pk=number)
    return show(request, page, times_of(page))


@require_POST
@desk_page(may_publish_pages)
def publish(request: DeskRequest, number: int) -> HttpResponse:
    """Publish a page now or from a moment on."""
    page = get_object_or_404(Page.objects.select_related("image", "written_by"), pk=number)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return show(request, page, form, status=409)
    revision = whole_number(request.POST.get("revision", "")) or 0
    try:
        page = publish_page(person=request.user, page_id=number, revision=revision, **form.cleaned_data)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return show(request, page, form, status=409)
    if page.standing == "scheduled":
        messages.success(request, _("Scheduled: it appears by itself when its time comes."))
    else:
        messages.success(request, _("Published: everybody can read it."))
    return redirect("desk:page_preview", number)


@desk_page(may_publish_pages)
def withdraw(request: DeskRequest, number: int) -> HttpResponse:
    """Withdraw a page, after asking."""
    page = get_object_or_404(Page, pk=number)
    if request.method != "POST":
        question = _("Nobody will read it any more. Its text stays here and can be published again.")
        return ask(request, page, _("Withdraw “%(title)s”"), question, _("Withdraw"))
    try:
        withdraw_page(person=request.user, page_id=number)
        messages.success(request, _("Withdrawn."))
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect("desk:page_preview", number)


@desk_page(manages_pages)
def throw_away(request: DeskRequest, number: int) -> HttpResponse:
    """Throw a draft away that was never public, after asking."""
    page = get_object_or_404(Page, pk=number)
    if request.method != "POST":
        question = _("The draft is gone for good. What was public once can’t be thrown away, only withdrawn.")
        return ask(request, page, _("Throw “%(title)s” away"), question, _("Throw away"))
    try:
        throw_draft_away(person=request.user, page_id=number)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return redirect("desk:page_preview", number)
    messages.success(request, _("The draft is gone."))
    return redirect("desk:pages")


def ask(request: DeskRequest, page: Page, title: str, question: str, submit: str) -> HttpResponse:
    """Ask before something is done that can't be taken back."""
    context = {
        "title": title % {"title": page.title_it},
        "question": question,
        "submit": submit,
        "danger": True,
        "cancel": reverse("desk:page_preview", args=[page.pk]),
        "base_template": "desk/desk.html",
    }
    return render(request, "ui/confirm.html", context)
