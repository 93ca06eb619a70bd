"""The forms of texts of the frame save themselves, as those of sheets do."""

from typing import Any

from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.frame.comparing import compare_texts
from aumenta.desk.frame.forms import copy_name, kind_of
from aumenta.desk.frame.views import WHOLE, thing_or_404
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Edition
from aumenta.review.frame.propose_change import edit_change, propose_change
from aumenta.review.frame.texts import names_of
from aumenta.review.models import FrameProposal
from aumenta.review.rules import may_see_editions


@require_POST
@desk_page(may_see_editions)
def autosave(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """Save what the browser sends every few seconds; the answer says which draft it is and which revision it became."""
    edition = get_object_or_404(Edition, label=label)
    number, kind = whole_number(request.POST.get("change", "")), request.POST.get("kind", "")
    thing = None if code == WHOLE else thing_or_404(edition, code)
    if number is None and kind not in {kind_of(thing, verb) for verb in _verbs(thing)}:
        return HttpResponseBadRequest()
    held = None if number is None else get_object_or_404(FrameProposal, pk=number, edition=edition)
    if held is not None and not held.writes_texts:
        return HttpResponseBadRequest()
    content = {name: request.POST.get(name, "") for name in names_of(held.kind if held else kind)}
    reason = request.POST.get("reason", "")
    try:
        if held is None:
            seen = request.POST.get("seen", "")
            change = propose_change(
                person=request.user, kind=kind, about=thing or edition, content=content, reason=reason, seen=seen
            )
        else:
            revision = whole_number(request.POST.get("revision", "")) or 0
            change = edit_change(person=request.user, change=held, revision=revision, content=content, reason=reason)
    except RefusedError as refusal:
        return JsonResponse(_why(refusal, held, content), status=409)
    return JsonResponse(
        {
            "change": change.pk,
            "revision": change.revision,
            "address": reverse("desk:write_change", args=[change.pk]),
            "copy": copy_name(request, change, kind, label, code),
        }
    )


def _verbs(thing: Any) -> tuple[str, ...]:
    """What can be done with texts: new ones within it, or others instead of its own."""
    if thing is None:
        return ("new",)
    return ("new", "text") if thing.code.count(".") < 2 else ()


def _why(refusal: RefusedError, held: FrameProposal | None, content: dict[str, str]) -> dict[str, Any]:
    """The refusal in words; where another window of hers saved first, with what differs, so that she can decide."""
    answer: dict[str, Any] = {"message": refusal_sentence(refusal)}
    if held is not None and refusal.code == "change_written_meanwhile":
        now = FrameProposal.objects.get(pk=held.pk)
        answer |= {"decide": True, "revision": now.revision}
        answer["changes"] = [str(field["label"]) for field in compare_texts(now.content, content)]
    return answer
