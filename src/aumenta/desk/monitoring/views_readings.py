"""Readings at the desk: files sent, what each would do, taking them in; the template; the correction of one reading."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.core.readings import HEADINGS, unmistakable, write_flags
from aumenta.core.readings.sentences import say_where
from aumenta.core.tables import FORMATS, MEDIA_TYPES, SheetToWrite, write_table
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.monitoring.forms import CorrectionForm, EnterForm, SendForm, TakeForm
from aumenta.desk.monitoring.source_files import SHOWN, in_figures, seen_figures
from aumenta.monitoring.compare_readings import Changed, New, Said
from aumenta.monitoring.correct_reading import correct_reading
from aumenta.monitoring.enter_reading import enter_reading
from aumenta.monitoring.models import Indicator, MeasuredPlace, Reading, SourceFile
from aumenta.monitoring.rules import may_keep_indicators
from aumenta.monitoring.take_readings import look_at_readings, put_readings_aside, send_readings, take_readings
from aumenta.people.refusals import RefusedError

ON_A_PAGE = 40
MOST_BYTES: Final = 30_000_000


@desk_page(may_keep_indicators)
def files(request: DeskRequest) -> HttpResponse:
    """Files of readings that were sent, and a form for another; nothing is taken in before it was looked at."""
    form = SendForm(request.POST or None, request.FILES or None, initial={"retrieved_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            kept = _send(request, form)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            return redirect("desk:readings_file", kept.pk)
    shown = Paginator(
        SourceFile.objects.exclude(format="progetti").select_related("entered_by").defer("content", "structure"),
        ON_A_PAGE,
    )
    context = {"form": form, "page": shown.get_page(request.GET.get("pagina"))}
    return render(request, "desk/monitoring/files.html", context, status=409 if request.method == "POST" else 200)


def _send(request: DeskRequest, form: SendForm) -> SourceFile:
    file, structure = form.cleaned_data["file"], form.cleaned_data["structure"]
    if file.size > MOST_BYTES or (structure and structure.size > MOST_BYTES):
        raise RefusedError("file_too_large", most=MOST_BYTES // 1_000_000)
    return send_readings(
        person=request.user,
        name=file.name or _("file"),
        data=file.read(),
        retrieved_on=form.cleaned_data["retrieved_on"],
        structure=structure.read() if structure else b"",
    )


@desk_page(may_keep_indicators)
def file(request: DeskRequest, number: int) -> HttpResponse:
    """What a file would do, row by row where it is refused; then take it in, or put it aside."""
    kept = get_object_or_404(SourceFile.objects.exclude(format="progetti").select_related("entered_by"), pk=number)
    form = TakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _settle(request, kept, form)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
    # Shown only where readings change, and then a reason is asked for.
    form.fields["reason"].required = True
    context: dict[str, Any] = {"file": kept, "form": form, "twin": _twin(kept), "words": _words()}
    if kept.taken_at:
        context["taken"] = kept.readings.count()
    else:
        context |= _looked_at(request, kept)
    return render(request, "desk/monitoring/file.html", context, status=409 if request.method == "POST" else 200)


def _twin(kept: SourceFile) -> SourceFile | None:
    """The very same file, byte by byte, that was sent before this one; None where there is none."""
    same = SourceFile.objects.filter(sha256=kept.sha256, pk__lt=kept.pk)
    return same.select_related("entered_by").defer("content", "structure").order_by("-pk").first()


def _settle(request: DeskRequest, kept: SourceFile, form: TakeForm) -> HttpResponse:
    verb = request.POST.get("verb")
    if verb == "aside":
        put_readings_aside(person=request.user, file=kept)
        messages.success(request, _("File put aside: nothing was taken from it."))
        return redirect("desk:readings_files")
    if verb != "take":
        raise RefusedError("unknown_verb")
    looked_at = seen_figures(request)
    done = take_readings(person=request.user, file=kept, reason=form.cleaned_data["reason"], looked_at=looked_at)
    counts = {"new": len(done.new), "changed": len(done.changed), "refused": done.n_refused}
    messages.success(request, _("Taken in: %(new)s new, %(changed)s changed; left out: %(refused)s.") % counts)
    return redirect("desk:readings_file", kept.pk)


def _looked_at(request: DeskRequest, kept: SourceFile) -> dict[str, Any]:
    try:
        preview = look_at_readings(file=kept)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return {}
    return in_figures(preview) | {
        "new": _named(preview.new[:SHOWN]),
        "changed": _named(preview.changed[:SHOWN]),
        "refused": [say_where(one, _) for one in preview.refused[:SHOWN]],
        "notes": [say_where(one, _) for one in preview.notes],
        "unknown": sorted(preview.unknown_series.items(), key=lambda one: -one[1])[:SHOWN],
    }


def _words() -> dict[str, str]:
    return {
        "all": _("Files of readings"),
        "all_url": reverse("desk:readings_files"),
        "new": _("New readings"),
        "changed": _("Changed readings"),
        "take": _("Take the readings in"),
        "nothing": _("There is nothing to take in: every reading is known already, or was refused."),
    }


def _named(some: Sequence[New | Changed]) -> list[dict[str, Any]]:
    cards = Indicator.objects.in_bulk({one.indicator for one in some})
    places = MeasuredPlace.objects.in_bulk({one.place for one in some})
    return [
        {
            "indicator": cards[one.indicator],
            "place": places[one.place],
            "period": one.period,
            "said": one.said,
            "flags": _flags(one.said),
            "before": one.before if isinstance(one, Changed) else None,
            "flags_before": _flags(one.before) if isinstance(one, Changed) else "",
        }
        for one in some
    ]


def _flags(said: Said) -> str:
    return write_flags(said.absence, said.marks)


def _as_it_is(value: float | None) -> float | None:
    return value


@desk_page(may_keep_indicators)
def template(request: DeskRequest, code: str, kind: str) -> HttpResponse:
    """The table of readings of an indicator, to be changed and sent back; empty where it has none yet."""
    indicator = get_object_or_404(Indicator, code=code)
    if kind not in FORMATS:
        raise Http404(_("This can be had as .csv, .xlsx and .ods."))
    readings = indicator.readings.order_by("place__code", "period").select_related("place")
    number = unmistakable if kind == "csv" else _as_it_is
    rows = [
        [
            indicator.code,
            one.place.code,
            one.period,
            number(one.value),
            write_flags(one.absence, one.marks),
            number(one.numerator),
            number(one.denominator),
            one.note,
        ]
        for one in readings
    ]
    header = [headings[0] for headings in HEADINGS.values()]
    content = write_table([SheetToWrite(_("Readings"), header, rows, frozen=1)], FORMATS[kind])
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="rilevazioni-{indicator.code}.{kind}"'
    return response


@desk_page(may_keep_indicators)
def enter(request: DeskRequest, code: str) -> HttpResponse:
    """Enter one reading of an indicator that no file brings."""
    indicator = get_object_or_404(Indicator, code=code)
    chosen = MeasuredPlace.objects.filter(code=request.GET.get("luogo", "")[:20]).first()
    form = EnterForm(request.POST or None, initial={"place": chosen})
    if request.method == "POST" and form.is_valid():
        about = {"place": form.cleaned_data["place"], "period": form.cleaned_data["period"], "said": form.said()}
        try:
            enter_reading(person=request.user, indicator=indicator, latest_year=timezone.localdate().year, **about)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Reading entered: the statuses were worked out anew."))
            return redirect(f"{reverse('desk:indicator', args=[code])}?luogo={about['place'].code}")
    context = {"indicator": indicator, "form": form}
    return render(request, "desk/monitoring/enter.html", context, status=409 if request.method == "POST" else 200)


@desk_page(may_keep_indicators)
def correct(request: DeskRequest, number: int) -> HttpResponse:
    """Correct one reading: the old value stays, with the reason, for everybody to read."""
    reading = get_object_or_404(Reading.objects.select_related("indicator", "place", "file"), pk=number)
    form = CorrectionForm(request.POST or None, initial=CorrectionForm.of(reading))
    if request.method == "POST" and form.is_valid():
        try:
            correct_reading(person=request.user, reading=reading, said=form.said(), reason=form.cleaned_data["reason"])
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Reading corrected: the value before and the reason stay readable."))
            return redirect("desk:indicator", reading.indicator.code)
    context = {
        "reading": reading,
        "form": form,
        "corrections": reading.corrections.select_related("corrected_by"),
    }
    return render(request, "desk/monitoring/correct.html", context, status=409 if request.method == "POST" else 200)
