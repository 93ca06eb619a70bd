"""Papers of acts and sessions: annexes in, drafts out as OpenDocument texts."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_for_good
from aumenta.governance import drafts
from aumenta.governance.models import Act, Annex, Opinion, Session
from aumenta.governance.road.annexes import MOST_BYTES, add_annex, drop_annex
from aumenta.governance.rules import may_keep_bodies, may_keep_body, may_see_bodies
from aumenta.people.refusals import RefusedError

ODT = "application/vnd.oasis.opendocument.text"
OF_SESSION = {"convocazione": drafts.convening, "verbale": drafts.minutes_of}


class AnnexForm(forms.Form):
    """A file of an act."""

    title = forms.CharField(label=gettext_lazy("What the file is"), max_length=200, required=False)
    file = forms.FileField(label=gettext_lazy("File (PDF, OpenDocument, Office)"), required=False)
    signed = forms.BooleanField(label=gettext_lazy("It is signed: it will not be taken away"), required=False)


@require_POST
@desk_page(may_keep_bodies)
def add(request: DeskRequest, slug: str) -> HttpResponse:
    """A file is added to an act."""
    act = get_object_or_404(Act.objects.select_related("body"), slug=slug)
    if not may_keep_body(request.user, act.body):
        raise PermissionDenied
    file = request.FILES.get("file")
    try:
        if file is not None and file.size is not None and file.size > MOST_BYTES:
            raise RefusedError("annex_too_large", most=MOST_BYTES // 1_000_000)
        made = add_annex(
            person=request.user,
            act=act,
            data=file.read() if file is not None else b"",
            title=request.POST.get("title", "") or (file.name or "" if file is not None else ""),
            signed="signed" in request.POST,
        )
        messages.success(request, _("Annex %(n)s added.") % {"n": made.number})
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect("desk:act", slug)


@require_POST
@desk_page(may_keep_bodies)
def drop(request: DeskRequest, number: int) -> HttpResponse:
    """A file is taken away from an act."""
    annex = get_object_or_404(Annex.objects.select_related("act__body"), pk=number)
    if not may_keep_body(request.user, annex.act.body):
        raise PermissionDenied
    if not annex.signed and (question := _ask_to_drop(request, annex)):
        return question
    try:
        drop_annex(person=request.user, annex=annex)
        messages.success(request, _("“%(title)s” taken away.") % {"title": annex.title})
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect("desk:act", annex.act.slug)


def _ask_to_drop(request: DeskRequest, annex: Annex) -> HttpResponse | None:
    return asked_for_good(
        request,
        title=_("Take “%(title)s” away from the act?") % {"title": annex.title},
        says=[_("The file is gone from the act and from the public register; it can be sent again.")],
        submit=_("Take the file away"),
        cancel=reverse("desk:act", args=[annex.act.slug]),
    )


def _sent(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=ODT, headers={"Content-Disposition": f'attachment; filename="{name}.odt"'}
    )


@desk_page(may_see_bodies)
def act_draft(request: DeskRequest, slug: str) -> HttpResponse:
    """The proposed resolution as an OpenDocument text."""
    act = get_object_or_404(Act.objects.select_related("body__territory"), slug=slug)
    return _sent(drafts.proposal(act), f"proposta-{act.slug[:60]}")


@desk_page(may_see_bodies)
def opinion_draft(request: DeskRequest, number: int) -> HttpResponse:
    """The opinion of a body as an OpenDocument text."""
    opinion = get_object_or_404(Opinion.objects.select_related("body__territory", "act__body", "text"), pk=number)
    return _sent(drafts.opinion_of(opinion), f"parere-{opinion.body.slug}-{opinion.act.slug[:40]}")


@desk_page(may_see_bodies)
def session_draft(request: DeskRequest, number: int, kind: str) -> HttpResponse:
    """The notice that convenes a session, or its minutes, as an OpenDocument text."""
    if kind not in OF_SESSION:
        raise Http404
    session = get_object_or_404(Session.objects.select_related("body__territory"), pk=number)
    return _sent(OF_SESSION[kind](session), f"{kind}-{session.body.slug}-{session.held_on:%Y-%m-%d}")
