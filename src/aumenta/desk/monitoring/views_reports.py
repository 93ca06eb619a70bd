"""The yearly report at the desk: begin it, write its texts, look at it, freeze it, publish it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_first, asked_for_good
from aumenta.desk.governance.forms import day_field
from aumenta.monitoring.actions.standing import standing_of
from aumenta.monitoring.models import ReportText, YearlyReport
from aumenta.monitoring.queries import dashboard_rows
from aumenta.monitoring.reports.freeze_report import freeze_report, open_again, publish_report
from aumenta.monitoring.reports.write_report import (
    begin_report,
    drop_report,
    text_digest,
    write_introduction,
    write_text,
)
from aumenta.monitoring.rules import may_freeze_report, may_write_report
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition, Strategy


class BeginForm(forms.Form):
    """A report to begin."""

    edition = forms.ModelChoiceField(label=gettext_lazy("Edition"), queryset=Edition.objects.all())
    year = forms.IntegerField(label=gettext_lazy("Year of the report"), min_value=2000, max_value=2100)
    as_of = day_field(
        gettext_lazy("State as of"), required=False, help_text=gettext_lazy("Left empty, the last day of the year.")
    )


class TextForm(forms.Form):
    """A text of the report in both languages; an empty line parts paragraphs."""

    text_it = forms.CharField(
        label=gettext_lazy("Text (Italian)"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("An empty line begins a new paragraph."),
    )
    text_en = forms.CharField(
        label=gettext_lazy("Text (English)"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class PublishReportForm(forms.Form):
    """What the report is published with."""

    approved_with = forms.CharField(
        label=gettext_lazy("Act that approved it"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As it is cited: Deliberazione del Consiglio metropolitano n. 12/2026."),
    )


def _text_form(sent: Any, italian: str, english: str) -> TextForm:
    """The form with what is kept, or with what was sent."""
    seen = text_digest(italian, english)
    return TextForm(sent or None, initial={"text_it": italian, "text_en": english, "seen": seen})


@desk_page(may_write_report)
def reports(request: DeskRequest) -> HttpResponse:
    """The yearly reports, those that are being written too, and a form for another."""
    form = BeginForm(request.POST or None, initial={"year": timezone.localdate().year - 1})
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_report(person=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Report begun: write its texts, then freeze it."))
            return redirect("desk:yearly_report", made.pk)
    context = {"reports": YearlyReport.objects.select_related("edition"), "form": form}
    return render(request, "desk/monitoring/reports.html", context, status=409 if request.method == "POST" else 200)


def _report(number: int) -> YearlyReport:
    return get_object_or_404(YearlyReport.objects.select_related("edition", "frozen_by", "before"), pk=number)


@desk_page(may_write_report)
def report(request: DeskRequest, number: int) -> HttpResponse:
    """A report: its introduction, which strategies have a text, the next step: freeze, open again, publish, drop."""
    shown = _report(number)
    verb = request.POST.get("verb", "")
    sent = request.POST if verb == "write" else None
    introduction = _text_form(sent, shown.introduction_it, shown.introduction_en)
    publishing = PublishReportForm(request.POST if verb == "publish" else None)
    if request.method == "POST":
        if question := _question(request, shown, verb):
            return question
        try:
            if _did(request, shown, verb, introduction, publishing):
                return redirect("desk:yearly_reports") if verb == "drop" else redirect("desk:yearly_report", number)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
    texts = {one.strategy_id: one for one in shown.texts.all()}
    strategies = Strategy.objects.filter(axis__edition=shown.edition).select_related("axis")
    context = {
        "report": shown,
        "introduction_form": introduction,
        "publish_form": publishing,
        "strategies": [(one, texts.get(one.pk)) for one in strategies.order_by("axis__number", "number")],
        "may_freeze": may_freeze_report(request.user),
        "early": shown.as_of > timezone.localdate(),
    }
    return render(request, "desk/monitoring/report.html", context, status=409 if request.method == "POST" else 200)


def _question(request: DeskRequest, shown: YearlyReport, verb: str) -> HttpResponse | None:
    """What is asked before a step that others will see, or that loses something."""
    back = reverse("desk:yearly_report", args=[shown.pk])
    if verb == "drop":
        says = [_("The draft and its %(n)s texts are deleted.") % {"n": shown.texts.count()}]
        return asked_for_good(request, title=_("Drop this draft?"), says=says, submit=_("Drop it"), cancel=back)
    if verb == "publish":
        return asked_for_good(
            request,
            title=_("Publish the report?"),
            says=[_("Everybody can read it from now on, and it stays as it is: it is neither changed nor withdrawn.")],
            submit=_("Publish it"),
            cancel=back,
        )
    if verb == "open":
        return asked_first(
            request,
            title=_("Open the report again?"),
            question=_("What was frozen is thrown away; freezing again takes the figures of that moment."),
            says=[_("Its texts stay.")],
            submit=_("Open it again"),
            cancel=back,
        )
    return None


def _did(
    request: DeskRequest, shown: YearlyReport, verb: str, introduction: TextForm, publishing: PublishReportForm
) -> bool:
    """Do what was asked; False where a form would not have it."""
    person = request.user
    if verb == "write":
        if not introduction.is_valid():
            return False
        write_introduction(person=person, report=shown, **introduction.cleaned_data)
        messages.success(request, _("Saved."))
    elif verb == "freeze":
        freeze_report(person=person, report=shown)
        messages.success(request, _("Frozen: look at it, then publish it."))
    elif verb == "open":
        open_again(person=person, report=shown)
        messages.success(request, _("Open again: it can be written."))
    elif verb == "publish":
        if not publishing.is_valid():
            return False
        publish_report(person=person, report=shown, **publishing.cleaned_data)
        messages.success(request, _("Published: everybody can read it."))
    elif verb == "drop":
        drop_report(person=person, report=shown)
        messages.success(request, _("Draft dropped."))
    else:
        raise RefusedError("unknown_verb")
    return True


@desk_page(may_write_report)
def report_text(request: DeskRequest, number: int, code: str) -> HttpResponse:
    """What a report says of a strategy, with its indicators and actions beside the text."""
    shown = _report(number)
    axis, _point, position = code.partition(".")
    strategy = get_object_or_404(
        Strategy.objects.select_related("axis__edition"),
        axis__edition=shown.edition,
        axis__number=int(axis) if axis.isascii() and axis.isdigit() else 0,
        number=int(position) if position.isascii() and position.isdigit() else 0,
    )
    kept = ReportText.objects.filter(report=shown, strategy=strategy).first() or ReportText()
    form = _text_form(request.POST, kept.text_it, kept.text_en)
    if request.method == "POST" and form.is_valid():
        try:
            write_text(person=request.user, report=shown, strategy=strategy, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:yearly_report", number)
    actions = Action.objects.filter(strategy=strategy).select_related("strategy__axis__edition").order_by("number")
    context = {
        "report": shown,
        "strategy": strategy,
        "form": form,
        "rows": standing_of(list(actions), until=shown.as_of),
        "indicators": dashboard_rows(shown.edition, strategy.code),
    }
    return render(request, "desk/monitoring/report_text.html", context, status=409 if request.method == "POST" else 200)
