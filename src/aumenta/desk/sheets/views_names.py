"""Names: which wordings of documents mean the same actor or framework item."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from aumenta.core.text import name_key
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.sheets.forms_names import NameForm
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import changes_names
from aumenta.plan.change_names import Meant, add_alias, change_alias, drop_alias
from aumenta.plan.models import Actor, ActorAlias, Framework, FrameworkItem, ItemAlias

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
            alias = add_alias(person=request.user, printed=form.cleaned_data["printed"], meant=form.meant)
        except RefusedError as refusal:
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
                drop_alias(person=request.user, alias=alias)
            elif form.is_valid():
                change_alias(person=request.user, alias=alias, meant=form.meant)
            else:
                return render(request, "desk/sheets/name.html", {"alias": alias, "kind": kind, "form": form})
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Done."))
        return redirect(f"{request.path.split(f'{kind}/')[0]}?tipo={kind}")
    return render(request, "desk/sheets/name.html", {"alias": alias, "kind": kind, "form": form})
