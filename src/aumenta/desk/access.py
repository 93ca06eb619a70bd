"""The desk's doorkeeper: every view names the rule that opens it, and says nothing to anybody else."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from aumenta.people.models import User
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.people.rules import Person, is_signed_in
from aumenta.plan.models import Action, Edition
from aumenta.plan.renumbering import code_now
from aumenta.plan.rules import sheets_seen_by
from aumenta.review.models import Proposal
from aumenta.review.rules import may_manage_editions, may_read_proposal

P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """A request of somebody who is signed in and whom the view's rule let in."""

    user: User


View = Callable[Concatenate[DeskRequest, P], HttpResponse]


def desk_page(
    rule: Callable[[Person], bool],
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let in whom `rule` allows; send strangers to sign in, and answer 403 to everybody else."""

    def mark(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not is_signed_in(request.user):
                return redirect_to_login(request.get_full_path())
            if not rule(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        guarded.rule = rule  # type: ignore[attr-defined]
        return never_cache(guarded)

    return mark


def edition_or_404(request: DeskRequest, label: str) -> Edition:
    """The edition with this label; one in preparation only for those who see sheets of it."""
    edition = get_object_or_404(Edition, label=label)
    if edition.is_public or may_manage_editions(request.user):
        return edition
    if not sheets_seen_by(request.user).filter(strategy__axis__edition=edition).exists():
        raise Http404
    return edition


def sheet_or_404(request: DeskRequest, label: str, code: str) -> Action:
    """The sheet with this code, if her desk shows it.

    What is written on a page that was opened before the sheet got another code is not lost; whoever only reads is led
    to the new address (site/pages/redirects.py).
    """
    sheets = sheets_seen_by(request.user).filter(strategy__axis__edition__label=label)
    found = sheets.with_code(code).select_related("strategy__axis__edition").first()
    if found is None and request.method == "POST":
        edition = Edition.objects.filter(label=label).first()
        now = code_now(edition, code) if edition else None
        found = sheets.with_code(now or "").select_related("strategy__axis__edition").first()
    if found is None:
        raise Http404
    return found


def proposal_or_404(request: DeskRequest, number: int) -> Proposal:
    """The proposal, if she may read it."""
    proposals = Proposal.objects.select_related(
        "author", "decided_by", "base", "version", "edition", "action__strategy__axis__edition"
    )
    proposal = get_object_or_404(proposals, pk=number)
    if not may_read_proposal(request.user, proposal):
        raise Http404
    return proposal


def tell_refusal(request: HttpRequest, refusal: RefusedError) -> None:
    """Show why nothing was done, at the top of the next page."""
    messages.error(request, refusal_sentence(refusal))
