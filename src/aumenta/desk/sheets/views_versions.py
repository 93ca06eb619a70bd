"""The history of a sheet: its versions, any two compared, an earlier one brought back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, sheet_or_404, tell_refusal
from aumenta.desk.proposals.comparing import compare_contents
from aumenta.people.permission import check_permission
from aumenta.people.reader import reader_language
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import enters_desk, writes_plan
from aumenta.plan.rules import may_propose_on
from aumenta.review.back.restore import restore
from aumenta.review.models import Version
from aumenta.review.sentences import RowNames, change_sentences


@desk_page(enters_desk)
def show_all(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """Every version with what it changed, in sentences; any two can be chosen to compare."""
    action = sheet_or_404(request, label, code)
    versions = list(
        Version.objects.filter(action=action).select_related("author", "approved_by", "proposal").order_by("number")
    )
    names = RowNames([v.content for v in versions], reader_language())
    rows = [
        (version, change_sentences(versions[n - 1].content, version.content, names) if n else [])
        for n, version in enumerate(versions)
    ]
    context = {
        "action": action,
        "edition": action.strategy.axis.edition,
        "rows": rows[::-1],
        "newest": versions[-1].number if versions else 0,
        "may_write": may_propose_on(request.user, action),
    }
    return render(request, "desk/sheets/versions.html", context)


@desk_page(enters_desk)
def compare(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """Two versions side by side; without a choice, the last two."""
    action = sheet_or_404(request, label, code)
    versions = {v.number: v for v in Version.objects.filter(action=action)}
    numbers = sorted(versions)
    wanted = [request.GET.get(name, "") for name in ("da", "a")]
    chosen = [number for text in wanted if (number := whole_number(text)) in versions and number is not None]
    if len(chosen) < 2:
        chosen = numbers[-2:]
    if len(chosen) < 2:
        messages.info(request, _("There is only one version so far: nothing to compare."))
        return redirect("desk:versions", label, code)
    old, new = versions[chosen[0]], versions[chosen[1]]
    context = {
        "action": action,
        "edition": action.strategy.axis.edition,
        "old": old,
        "new": new,
        "numbers": numbers,
        "fields": compare_contents(old.content, new.content),
    }
    return render(request, "desk/sheets/compare.html", context)


@desk_page(writes_plan)
def bring_back(request: DeskRequest, label: str, code: str, number: int) -> HttpResponse:
    """Open a proposal that says what an earlier version said, after asking."""
    action = sheet_or_404(request, label, code)
    check_permission(may_propose_on(request.user, action), "propose")
    version = get_object_or_404(Version, action=action, number=number)
    if request.method != "POST":
        context = {
            "title": _("Bring version %(number)d back?") % {"number": number},
            "question": _("A draft opens with its text. Nothing changes for the public until it is approved."),
            "submit": _("Open the draft"),
            "cancel": reverse("desk:versions", args=[label, code]),
            "base_template": "desk/desk.html",
        }
        return render(request, "ui/confirm.html", context)
    try:
        restore(person=request.user, version=version)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return redirect("desk:versions", label, code)
    return redirect("desk:sheet", label, code)
