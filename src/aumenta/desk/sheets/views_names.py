"""Names: which wordings of documents mean the same actor or framework item."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.core.text import name_key
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import YES, asked_first
from aumenta.desk.sheets.forms_names import MeantForm, MergeForm, NameForm
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import changes_names
from aumenta.plan.change_names import Meant, add_alias, change_alias, drop_alias, rename_meant
from aumenta.plan.models import Actor, ActorAlias, Framework, FrameworkItem, Involvement, ItemAlias
from aumenta.review.names.merge import merge_names, uses_of

ON_A_PAGE = 50
ACTORS = "attori"


def meanings(kind: str) -> list[tuple[Meant, list[ActorAlias] | list[ItemAlias]]]:
    """What a kind of names can mean, each with its other wordings, in two queries; Http404 for no such kind."""
    if kind == ACTORS:
        return [(actor, list(actor.aliases.all())) for actor in Actor.objects.prefetch_related("aliases")]
    framework = Framework.objects.filter(code=kind).first()
    if framework is None:
        raise Http404
    items = FrameworkItem.objects.filter(framework=framework).select_related("framework").prefetch_related("aliases")
    return [(item, list(item.aliases.all())) for item in items]


@desk_page(changes_names)
def show_all(request: DeskRequest) -> HttpResponse:
    """Actors, or the items of a framework (`tipo`), with their other wordings; `q` narrows, a form adds one."""
    kind = request.GET.get("tipo", ACTORS)
    found = meanings(kind)
    form = NameForm(request.POST or None, meanings=[meant for meant, _aliases in found])
    if request.method == "POST" and form.is_valid():
        try:
            besides = YES in request.POST
            alias = add_alias(
                person=request.user, printed=form.cleaned_data["printed"], meant=form.meant, besides=besides
            )
        except RefusedError as refusal:
            if refusal.code == "alias_means_other" and (question := _ask_besides(request, refusal)):
                return question
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("From now on: %(alias)s.") % {"alias": alias})
            return redirect(f"{request.path}?tipo={kind}")
    asked = name_key(request.GET.get("q", ""))
    if asked:
        found = [row for row in found if any(asked in name_key(str(name)) for name in (row[0], *row[1]))]
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("pagina"))
    kinds = [(ACTORS, _("Actors")), *((framework.code, framework) for framework in Framework.objects.all())]
    context = {"kind": kind, "kinds": kinds, "page": page, "form": form, "q": request.GET.get("q", "")}
    return render(request, "desk/sheets/names.html", context)


def _list_of(kind: str) -> str:
    return f"{reverse('desk:names')}?tipo={kind}"


def _ask_besides(request: DeskRequest, refusal: RefusedError) -> HttpResponse | None:
    """Before a wording that means one thing means a second one too."""
    words = {name: str(refusal.params[name]) for name in ("printed", "other", "meant")}
    return asked_first(
        request,
        title=_("“%(printed)s” means “%(other)s” already") % words,
        question=_("Shall it mean “%(meant)s” too?") % words,
        says=[
            _("A document with this wording will be tied to both."),
            _("To let it mean only “%(meant)s”, open the wording in the list and change it.") % words,
        ],
        submit=_("Let it mean both"),
        cancel=request.get_full_path(),
        danger=False,
    )


def _printed_in(alias: ActorAlias | ItemAlias) -> str:
    rows = (
        Involvement.objects.filter(actor=alias.actor) if isinstance(alias, ActorAlias) else alias.item.alignments.all()
    )
    count = rows.filter(printed__iexact=alias.printed).values("action").distinct().count()
    return ngettext(
        "%(count)d sheet has this wording: it keeps the tie it has.",
        "%(count)d sheets have this wording: they keep the ties they have.",
        count,
    ) % {"count": count}


def _ask_to_change(request: DeskRequest, alias: ActorAlias | ItemAlias, meant: Meant) -> HttpResponse | None:
    now = alias.actor if isinstance(alias, ActorAlias) else alias.item
    words = {"printed": alias.printed, "now": str(now), "meant": str(meant)}
    return asked_first(
        request,
        title=_("“%(printed)s” means “%(now)s”: let it mean “%(meant)s”?") % words,
        question=_("You can change it back."),
        says=[_printed_in(alias), _("Documents and sheets from now on are tied to “%(meant)s”.") % words],
        submit=_("Change what it means"),
        cancel=request.get_full_path(),
        danger=False,
    )


def _ask_to_drop(request: DeskRequest, alias: ActorAlias | ItemAlias) -> HttpResponse | None:
    return asked_first(
        request,
        title=_("Remove the wording “%(printed)s”?") % {"printed": alias.printed},
        question=_("You can add it again."),
        says=[_printed_in(alias), _("Where it comes again it is a new name.")],
        submit=_("Remove this wording"),
        cancel=request.get_full_path(),
    )


@desk_page(changes_names)
def meant(request: DeskRequest, kind: str, number: int) -> HttpResponse:
    """One actor or item: its name, put right everywhere at once, or merged with another (`verb`)."""
    found = meanings(kind)
    thing = next((one for one, _aliases in found if one.pk == number), None)
    if thing is None:
        raise Http404
    others = [one for one, _aliases in found if one.pk != number]
    merging = request.POST.get("verb") == "merge"
    names = MeantForm(request.POST if request.method == "POST" and not merging else None, initial=vars(thing))
    merge = MergeForm(request.POST if merging else None, meanings=others)
    form = merge if merging else names
    if request.method == "POST" and form.is_valid():
        try:
            if merging:
                if question := _ask_to_merge(request, thing, merge.meant):
                    return question
                kept = merge_names(person=request.user, gone=thing, kept=merge.meant)
                messages.success(request, _("Merged: “%(kept)s” stands everywhere now.") % {"kept": kept})
            else:
                rename_meant(person=request.user, meant=thing, **names.cleaned_data)
                messages.success(request, _("The name is changed everywhere: “%(name)s”.") % {"name": thing})
            return redirect(_list_of(kind))
        except RefusedError as refusal:
            tell_refusal(request, refusal)
    context = {"meant": thing, "kind": kind, "form": names, "merge_form": merge, "uses": uses_of(thing)}
    return render(request, "desk/sheets/meant.html", context, status=409 if request.method == "POST" else 200)


def _ask_to_merge(request: DeskRequest, gone: Meant, kept: Meant) -> HttpResponse | None:
    """How many sheets, drafts and wordings the merger touches."""
    uses, words = uses_of(gone), {"gone": str(gone), "kept": str(kept)}
    return asked_first(
        request,
        title=_("Merge “%(gone)s” into “%(kept)s”?") % words,
        question=_("It can't be undone: “%(gone)s” is then another wording of “%(kept)s”.") % words,
        says=[
            _("Sheets: %(sheets)d, in %(editions)d editions. Each gets a new version that says so.")
            % {"sheets": uses.sheets, "editions": uses.editions},
            _("Open proposals: %(count)d. Their texts stay, only the name changes.") % {"count": uses.proposals},
            _("Other wordings that pass on: %(count)d.") % {"count": uses.wordings},
        ],
        submit=_("Merge the names"),
        cancel=request.get_full_path(),
    )


@desk_page(changes_names)
def change(request: DeskRequest, kind: str, number: int) -> HttpResponse:
    """Say that a wording means something else, or nothing (`togli`)."""
    alias: ActorAlias | ItemAlias
    if kind == ACTORS:
        alias = get_object_or_404(ActorAlias, pk=number)
    else:
        alias = get_object_or_404(ItemAlias, pk=number, item__framework__code=kind)
    form = NameForm(
        request.POST or None,
        meanings=[meant for meant, _aliases in meanings(kind)],
        initial={"printed": alias.printed},
    )
    form.fields["printed"].disabled = True
    if request.method == "POST":
        try:
            if "togli" in request.POST:
                if question := _ask_to_drop(request, alias):
                    return question
                drop_alias(person=request.user, alias=alias)
            elif form.is_valid():
                if question := _ask_to_change(request, alias, form.meant):
                    return question
                change_alias(person=request.user, alias=alias, meant=form.meant)
            else:
                return render(request, "desk/sheets/name.html", {"alias": alias, "kind": kind, "form": form})
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Saved: it counts from the next document or sheet on."))
        return redirect(_list_of(kind))
    return render(request, "desk/sheets/name.html", {"alias": alias, "kind": kind, "form": form})
