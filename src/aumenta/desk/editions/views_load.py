"""Load an edition: files or pasted text, what was read beside its source, then an edition in preparation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aumenta.core.extraction import ExtractionError, ReadPlan
from aumenta.core.extraction.apart import contents_read_apart
from aumenta.core.extraction.layout import NOT_UTF8
from aumenta.core.extraction.sentences import ABOUT_LAYOUTS, say_error
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.editions.loading import LoadedPlan, forget, keep, kept
from aumenta.desk.waiting import check_mark, mark_of
from aumenta.people.reader import in_language
from aumenta.people.refusals import RefusedError
from aumenta.plan.import_plan import ImportReport, printed_years
from aumenta.plan.models import Edition, Framework
from aumenta.review.editions.load_edition import load_edition
from aumenta.review.rules import may_manage_editions

MOST_FILES = 30
MOST_BYTES = 20_000_000
LONGEST_LAYOUT = 100_000
PROBLEMS_ON_A_PAGE = 40
LINES_ON_A_PAGE = 150


class LoadForm(forms.Form):
    """Which edition a document becomes."""

    label = forms.CharField(
        label=gettext_lazy("Years"),
        max_length=20,
        help_text=gettext_lazy(
            "Two years with a hyphen, such as 2027-2029. Where there is an edition of these years in preparation, "
            "it is completed; what the document leaves empty stays."
        ),
    )
    title_it = forms.CharField(label=gettext_lazy("Title in Italian"), max_length=300)
    public_too = forms.BooleanField(
        label=gettext_lazy("Also where that edition is public and a mere proposal: everybody reads it at once"),
        required=False,
    )


@desk_page(may_manage_editions)
def load(request: DeskRequest) -> HttpResponse:
    """Choose the files or paste the text of a plan; it is read, and nothing is written."""
    problem, about_layout = "", False
    if request.method == "POST":
        try:
            keep(request.session, _read(request))
            return redirect("desk:read_edition")
        except ExtractionError as error:
            problem = say_error(error, str(error.params.get("path") or _names(request)), _)
            about_layout = error.code in ABOUT_LAYOUTS
        except RefusedError as refusal:
            tell_refusal(request, refusal)
    context = {
        "problem": problem,
        "about_layout": about_layout,
        "pasted": request.POST.get("text", ""),
        "waiting": kept(request.session),
        "most_megabytes": MOST_BYTES // 1_000_000,
        "most_files": MOST_FILES,
    }
    return render(request, "desk/editions/load.html", context, status=409 if request.method == "POST" else 200)


def _read(request: DeskRequest) -> ReadPlan:
    """What was sent, read as far as it goes. Raises ExtractionError; RefusedError for too much or nothing."""
    files = request.FILES.getlist("files")
    text = request.POST.get("text", "")
    if not files and not text.strip():
        raise RefusedError("file_required")
    if len(files) > MOST_FILES:
        raise RefusedError("too_many_files", most=MOST_FILES)
    if sum(file.size or 0 for file in files) > MOST_BYTES:
        raise RefusedError("file_too_large", most=MOST_BYTES // 1_000_000)
    contents = sorted((file.name or _("file"), file.read()) for file in files)
    if text.strip():
        contents.append((_("pasted text"), text.encode()))
    return contents_read_apart(contents, layout=_layout(request))


def _names(request: DeskRequest) -> str:
    """What was sent, by name."""
    return ", ".join(file.name or "" for file in request.FILES.getlist("files")) or _("pasted text")


def _layout(request: DeskRequest) -> tuple[str, str] | None:
    """The name of a layout that was sent, and what it says."""
    file = request.FILES.get("layout")
    if file is None:
        return None
    name = file.name or _("layout")
    if (file.size or 0) > LONGEST_LAYOUT:
        raise ExtractionError("bad_layout", path=name, where="", detail=_("longer than any layout"))
    try:
        return name, file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExtractionError("bad_layout", path=name, where="", detail=NOT_UTF8) from error


@desk_page(may_manage_editions)
def read(request: DeskRequest) -> HttpResponse:
    """What was read beside its source, and the problems by line; then it becomes an edition, or is left."""
    plan = kept(request.session)
    if plan is None:
        if request.method == "POST":
            tell_refusal(request, RefusedError("nothing_waits"))
        return redirect("desk:load_edition")
    sent = request.method == "POST"
    try:
        if sent:
            check_mark(request, plan.kept)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        sent = False
    if sent and request.POST.get("verb") == "leave":
        forget(request.session)
        messages.success(request, _("What was read is left: nothing was written."))
        return redirect("desk:load_edition")
    title = plan.document.title
    typed = request.POST if sent else None
    form = LoadForm(typed, initial={"label": printed_years(title), "title_it": title[:300]})
    if sent and form.is_valid():
        try:
            report = load_edition(person=request.user, document=plan.document, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            forget(request.session)
            _tell(request, report, plan)
            return redirect("desk:edition", report.edition)
    context = {"plan": plan, "mark": mark_of(plan.kept), "form": form, **_parts(request, plan)}
    return render(request, "desk/editions/read.html", context, status=409 if request.method == "POST" else 200)


def _parts(request: DeskRequest, plan: LoadedPlan) -> dict[str, Any]:
    """The parts that can be looked at, and the one that is."""
    document = plan.document
    chosen = request.GET.get("parte", "")
    counts: dict[str, int] = {}
    for action in document.actions:
        counts[action.strategy] = counts.get(action.strategy, 0) + 1
    strategies = [(entry, counts.get(entry.code, 0)) for entry in document.strategies]
    chapters = [(f"testo-{number}", chapter) for number, chapter in enumerate(document.chapters, start=1)]
    context: dict[str, Any] = {"chosen": chosen, "strategies": strategies, "chapters": chapters, "texts": None}
    if any(entry.code == chosen for entry in document.strategies):
        names = {one.code: in_language(one.name_it, one.name_en) for one in Framework.objects.all()}
        context["texts"] = plan.of_strategy(chosen, names)
    elif chapter := dict(chapters).get(chosen):
        context["texts"] = [plan.of_chapter(chapter)]
    if context["texts"] is None:
        context["chosen"] = ""
        context["outside"] = Paginator(plan.outside(), LINES_ON_A_PAGE).get_page(request.GET.get("righe"))
    page = Paginator(document.problems, PROBLEMS_ON_A_PAGE).get_page(request.GET.get("problemi"))
    return {**context, "problem_page": page, "problems": plan.problems(page.object_list)}


def _tell(request: DeskRequest, report: ImportReport, plan: LoadedPlan) -> None:
    """What the import did, at the top of the edition's page."""
    public = Edition.objects.filter(label=report.edition, state=Edition.State.PUBLIC).exists()
    if report.nothing_new:
        told = _("The edition %(label)s already says what the document says: nothing was changed.")
    elif public:
        told = _("Edition %(label)s: %(added)d new, %(changed)d changed. It is public: everybody reads it now.")
    else:
        told = _("Edition %(label)s: %(added)d new, %(changed)d changed. It is in preparation: only the desk reads it.")
    words = {"label": report.edition, "added": len(report.added), "changed": len(report.changed)}
    messages.success(request, told % words)
    if report.kept:
        messages.info(
            request, _("Left as the office has reviewed them: %(codes)s.") % {"codes": ", ".join(report.kept)}
        )
    if report.removed:
        codes = ", ".join(report.removed)
        messages.info(request, _("Removed, as only the proposal had them: %(codes)s.") % {"codes": codes})
    if report.title_before:
        told = _("The title of the edition is the one you wrote now; it was “%(title)s”.")
        messages.info(request, told % {"title": report.title_before})
    if report.absent:
        told = _(
            "The edition has these, the document has not, and they stay: %(codes)s. To take one out, open “Structure: "
            "axes, strategies, actions” of this edition."
        )
        messages.warning(request, told % {"codes": ", ".join(report.absent)})
    count = len(report.unknown_names)
    if count:
        some = "; ".join(wording for _kind, wording in report.unknown_names[:5])
        text = ngettext("%(n)d name is new: %(some)s", "%(n)d names are new, among them: %(some)s", count)
        messages.info(request, text % {"n": count, "some": some})
    if plan.titles_proposed:
        text = ngettext(
            "%(n)d title was made from the text: confirm it.",
            "%(n)d titles were made from the text: confirm them.",
            plan.titles_proposed,
        )
        messages.info(request, text % {"n": plan.titles_proposed})
