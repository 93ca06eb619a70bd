"""Sessions: one that is convened, who is there, and what is put to the vote."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.governance.forms_sessions import ChangeForm, ComingForm, SessionForm, VoteForm
from aumenta.governance.composition import Composition, Seat, composition
from aumenta.governance.models import Session
from aumenta.governance.polls.attendance import EXCUSED, HERE, attend, call_roll, leave, mark_of
from aumenta.governance.polls.hold import acts_before, change_session, convene, put_to_vote
from aumenta.governance.rules import bodies_kept_by, may_keep_bodies, may_keep_body, may_see_bodies
from aumenta.people.refusals import RefusedError

ON_A_PAGE = 40


@desk_page(may_see_bodies)
def sessions(request: DeskRequest) -> HttpResponse:
    """All sessions, and a form for another."""
    form = SessionForm(request.POST or None, bodies=bodies_kept_by(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            made = convene(person=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Session entered: now say who is there, and put the questions to the vote."))
            return redirect("desk:body_session", made.pk)
    shown = Paginator(Session.objects.select_related("body"), ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {"page": shown, "form": form if may_keep_bodies(request.user) else None}
    return render(request, "desk/governance/sessions.html", context, status=409 if request.method == "POST" else 200)


@desk_page(may_see_bodies)
def session(request: DeskRequest, number: int) -> HttpResponse:
    """A session: what was put to the vote, and a form to put something else."""
    shown = get_object_or_404(Session.objects.select_related("body"), pk=number)
    form = VoteForm(request.POST or None, acts=acts_before(shown.body), initial={"taken_at": _hour_now(shown)})
    if request.method == "POST" and form.is_valid():
        try:
            made = put_to_vote(person=request.user, session=shown, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            return redirect("desk:body_vote", made.pk)
    stays = shown.attendances.all()
    context = {
        "session": shown,
        "polls": shown.polls.select_related("act"),
        "form": form if may_keep_body(request.user, shown.body) else None,
        "here": len({one.seat for one in stays if one.votes and not one.excused}),
        "excused": sum(one.excused for one in stays),
        "guests": sum(not one.votes for one in stays),
        "of": len(composition(shown.body, shown.held_on).seats),
    }
    return render(request, "desk/governance/session.html", context, status=409 if request.method == "POST" else 200)


@desk_page(may_keep_bodies)
def change(request: DeskRequest, number: int) -> HttpResponse:
    """Put right what is known of a session: hour, place, who chairs, the order of the day."""
    shown = get_object_or_404(Session.objects.select_related("body"), pk=number)
    if not may_keep_body(request.user, shown.body):
        raise PermissionDenied
    form = ChangeForm(request.POST or None, initial=vars(shown))
    if request.method == "POST" and form.is_valid():
        try:
            change_session(person=request.user, session=shown, given=form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Session put right."))
            return redirect("desk:body_session", number)
    context = {"session": shown, "form": form}
    status = 409 if request.method == "POST" else 200
    return render(request, "desk/governance/change_session.html", context, status=status)


def _hour_now(shown: Session) -> str:
    """The hour, where the session is today: a vote that is entered while it is taken."""
    now = timezone.localtime()
    return f"{now:%H:%M}" if shown.held_on == now.date() else ""


@desk_page(may_see_bodies)
def attendance(request: DeskRequest, number: int) -> HttpResponse:
    """Who is there: the roll call, then each arrival and departure with its hour."""
    shown = get_object_or_404(Session.objects.select_related("body__territory"), pk=number)
    found = composition(shown.body, shown.held_on)
    coming = ComingForm(request.POST if request.POST.get("verb") == "coming" else None, found=found)
    if request.method == "POST":
        try:
            if _enter(request, shown, found, coming):
                return redirect("desk:body_attendance", number)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
            if request.POST.get("verb") != "coming":
                return redirect("desk:body_attendance", number)
    context = _roll(shown, found) | {
        "session": shown,
        "composition": found,
        "coming": coming,
        "keeps": may_keep_body(request.user, shown.body),
        "moves": shown.attendances.exclude(arrived_at=None, left_at=None).order_by("name", "arrived_at"),
    }
    return render(request, "desk/governance/attendance.html", context, status=409 if request.method == "POST" else 200)


def _enter(request: DeskRequest, shown: Session, found: Composition, coming: ComingForm) -> bool:
    """Do what was sent; False where a form has to be shown again."""
    if request.POST.get("verb") == "coming":
        if not coming.is_valid():
            return False
        given = coming.cleaned_data
        if given["leaves"]:
            leave(person=request.user, session=shown, seat=given["seat"], left_at=given["hour"])
        else:
            attend(person=request.user, session=shown, seat=given["seat"], arrived_at=given["hour"])
        messages.success(request, _("Entered."))
        return True
    if request.POST.get("verb") != "roll":
        raise RefusedError("unknown_verb")
    keys = _keys(found)
    seen = dict(zip(keys, request.POST.get("seen", "").split(","), strict=False))
    marks = {key: request.POST[key] for key in keys if request.POST.get(key, seen.get(key, "")) != seen.get(key, "")}
    lost = call_roll(person=request.user, session=shown, marks=marks, seen=seen)
    messages.success(request, _("Seats entered: %(n)s.") % {"n": len(marks) - len(lost)})
    if lost:
        words = _("Meanwhile somebody else entered these otherwise, and they were left as they are: %(names)s.")
        messages.warning(request, words % {"names": ", ".join(lost)})
    return True


def _keys(found: Composition) -> list[str]:
    """Seats and guests, in the order of the page."""
    return [*(seat.id for seat in found.seats), *(f"m{one.pk}" for one in found.guests)]


def _roll(shown: Session, found: Composition) -> dict[str, Any]:
    """Every seat and guest with its mark and the marks it can have."""
    stays = {one.seat: one for one in shown.attendances.select_related("office").filter(left_at=None)}
    guests = [(f"m{one.pk}", one.holder.full_name, [(HERE, _("here"))]) for one in found.guests]
    seats = [(seat.id, seat.name, _marks(seat)) for seat in found.seats]
    rows = [(key, name, marks, mark_of(stays.get(key))) for key, name, marks in [*seats, *guests]]
    return {"rows": rows, "seen": ",".join(mark for _key, _name, _marks, mark in rows)}


def _marks(seat: Seat) -> list[tuple[str, str]]:
    mayor = _("here: %(name)s") % {"name": seat.head.holder} if seat.head else _("here")
    delegates = [(f"d{one.pk}", _("delegate: %(name)s") % {"name": one.holder}) for one in seat.delegates]
    return [(HERE, mayor), *delegates, (EXCUSED, _("excused"))]
