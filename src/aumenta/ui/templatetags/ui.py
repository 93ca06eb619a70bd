"""The components a page is made of. `{% load ui %}`; every one is shown on the style guide page, with its call.

Each tag hands its arguments to a template in `ui/components/`, where all the markup of the design system lives.
"""

from collections.abc import Sequence
from html import unescape
from itertools import islice
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select, Textarea
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape, format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.people.reader import field_in_language, reader_language
from aumenta.ui.addresses import in_other_language, with_query
from aumenta.ui.json_ld import breadcrumb_list
from aumenta.ui.preview_pictures import preview_token
from aumenta.ui.sorting import PARAMETER

register = template.Library()

AXIS_COLOURS = 6

NOTICES = {
    "info": ("it-info-circle", gettext_noop("Information")),
    "good": ("it-check-circle", gettext_noop("Done")),
    "warning": ("it-warning-circle", gettext_noop("Attention")),
    "error": ("it-error", gettext_noop("Error")),
}


@register.simple_tag
def icon(name: str, label: str = "", size: str = "sm") -> SafeString:
    """`{% icon "it-search" %}`: one of frontend/icons.txt. Without a label it is decoration and silent.

    `size` is xs, sm, lg or "" (32 px).
    """
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    size_class = f" icon-{size}" if size else ""
    return format_html(
        '<svg class="icon{}" {} focusable="false"><use href="{}#{}"></use></svg>',
        size_class,
        said,
        static("built/icons.svg"),
        name,
    )


@register.filter
def axis_class(axis: Any) -> str:
    """The class that brings an axis' colour: takes an Axis or its number. From the seventh axis colours come again,
    which is why the number always stands beside the colour."""
    number = int(getattr(axis, "number", axis))
    return f"axis-{(number - 1) % AXIS_COLOURS + 1}"


@register.inclusion_tag("ui/components/breadcrumb.html")
def breadcrumb(*steps: Any) -> dict[str, Any]:
    """`{% breadcrumb _("Plan") plan_url "2.2" strategy_url "2.2.2" %}`: pairs of name and address, last the page itself
    without one."""
    if len(steps) % 2 == 0:
        raise template.TemplateSyntaxError("breadcrumb takes pairs of name and address, then the name of the page.")
    pairs = list(zip(steps[0:-1:2], steps[1:-1:2], strict=True))
    return {"steps": pairs, "here": steps[-1], "json_ld": breadcrumb_list(pairs, steps[-1])}


@register.inclusion_tag("ui/components/page_header.html")
def page_header(title: str, lead: str = "", kicker: str = "", axis: Any = None, kind: str = "") -> dict[str, Any]:
    """The page's only <h1>, with one sentence under it (`lead`) and the kind of thing above it (`kicker`).

    With `axis` (an Axis or its number) the title carries its colour. `kind="wide"` lets a long title use the whole
    width, `kind="picture"` makes it step back behind the picture that follows.
    """
    return {"title": title, "lead": lead, "kicker": kicker, "axis": axis, "kind": kind}


@register.simple_block_tag
def page_actions(content: str) -> SafeString:
    """`{% page_actions %}<a class="btn btn-primary">…</a>{% endpage_actions %}`: what can be done, under the title."""
    return format_html('<div class="page-actions">{}</div>', content)


def _kept_together(content: str) -> SafeString:
    """Each cell with a `data-label` holds one piece: beside its name on a phone words, links and signs stay in order.

    Cut by hand and not by a pattern: the table of all actions has hundreds, and is made anew at every question.
    """
    *cells, rest = content.split("</td>")
    whole = []
    for cell in cells:
        begin = cell.rfind("<td")
        inside = cell.index(">", begin) + 1
        labelled = " data-label=" in cell[begin:inside]
        whole.append(f"{cell[:inside]}<div>{cell[inside:]}</div></td>" if labelled else f"{cell}</td>")
    return SafeString("".join([*whole, rest]))


@register.simple_block_tag
def data_table(content: str, caption: str, hide_caption: bool = False, kind: str = "") -> SafeString:
    """A table around <thead> and <tbody>; wide ones scroll in their own box, reachable by keyboard.

    The caption says what the table shows. Numbers go in `<td class="figure">` (right, tabular figures), the row's name
    in `<th scope="row">`. `kind="stacked"` turns rows into cards on a phone: then each <td> needs `data-label`, and
    what is in it stays together beside that name; `kind="named"` keeps the rows' names wide enough to be read where
    there are many columns.
    """
    hidden = SafeString(' class="visually-hidden"') if hide_caption else SafeString("")
    if kind == "stacked":
        content = _kept_together(content)
    return format_html(
        '<div class="table-box{}" role="region" tabindex="0" aria-label="{}">'
        '<table class="table data-table"><caption{}>{}</caption>{}</table></div>',
        f" table-{kind}" if kind else "",
        strip_tags(caption),
        hidden,
        caption,
        content,
    )


@register.simple_tag
def share_bar(percent: float | None, interval: tuple[float, float] | None = None) -> SafeString:
    """`{% share_bar line.percent line.interval %}`: a bar as long as a percentage, with a line where it could be.

    Nothing where it is left out. Decoration: the numbers stand beside it.
    """
    if percent is None:
        return SafeString("")
    low, high = interval or (percent, percent)
    return format_html(
        '<svg class="rank-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<path d="M0 0h{}v10H0z"/><path class="could-be" d="M{} 4H{}v2H{}z"/></svg>',
        f"{percent:.1f}",
        f"{low:.1f}",
        f"{high:.1f}",
        f"{low:.1f}",
    )


@register.inclusion_tag("ui/components/sort_header.html", takes_context=True)
def sort_header(context: Context, label: str, key: str, numeric: bool = False, default: str = "") -> dict[str, Any]:
    """A column heading that puts the table in order by `?ordina=key`; a second press turns the order round.

    `default` is the order the view uses when the address asks for none (the same as in `ui.sorting.ordering`).
    """
    request: HttpRequest = context["request"]
    now = request.GET.get(PARAMETER, default)
    ascending = now == key
    turned = f"-{key}" if ascending else key
    state = "ascending" if ascending else "descending" if now == f"-{key}" else ""
    return {
        "label": label,
        "numeric": numeric,
        "state": state,
        "arrow": {"ascending": "it-arrow-up-triangle", "descending": "it-arrow-down-triangle"}.get(state, ""),
        "said": _("put in descending order") if ascending else _("put in order"),
        "link": with_query(request, {PARAMETER: turned}, without=("pagina",)),
    }


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: Context, page: "Page[Any]") -> dict[str, Any]:
    """Links to the other pages of a list (`?pagina=`), keeping filters and order; nothing where there is one page."""
    request: HttpRequest = context["request"]
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": [
            (number, with_query(request, {"pagina": number}) if isinstance(number, int) else "") for number in shown
        ],
        "previous": with_query(request, {"pagina": page.number - 1}) if page.has_previous() else "",
        "next": with_query(request, {"pagina": page.number + 1}) if page.has_next() else "",
    }


@register.inclusion_tag("ui/components/nav_link.html", takes_context=True)
def nav_link(context: Context, label: str, address: str, exact: bool = False) -> dict[str, Any]:
    """One entry of the main navigation; marked as current on its page and, unless `exact`, on the pages under it."""
    path = context["request"].path if "request" in context else ""
    here = path == address
    return {"label": label, "address": address, "here": here, "within": not exact and path.startswith(address)}


@register.simple_tag(takes_context=True)
def page_in(context: Context, language: str, absolute: bool = False) -> str:
    """The address of this page in another language, with its query; empty where the page has no other language.

    `absolute` gives the public address without query, for `hreflang` and `canonical`.
    """
    request: HttpRequest | None = context.get("request")
    other = in_other_language(request.path, language) if request else None
    if other is None or request is None:
        return ""
    if absolute:
        return f"{context.get('public_address', '')}{other}"
    query = request.META.get("QUERY_STRING", "")
    return f"{other}?{query}" if query and request.method == "GET" else other


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's widget with the design system's class and its size; used by `ui/form/field.html`."""
    widget = field.field.widget
    own = str(widget.attrs.get("class", ""))
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return field.as_widget()
    name = "form-select" if isinstance(widget, Select) else "form-control"
    attributes: dict[str, Any] = {"class": f"{name} {own}".strip()}
    if isinstance(widget, Textarea) and widget.attrs.get("rows") == "10":
        attributes["rows"] = 5  # ten lines, Django's own, push the buttons off the screen
    # A browser cuts what is pasted at `maxlength`, without a word; the form refuses it with a sentence.
    if longest := widget.attrs.pop("maxlength", None):
        widget.attrs["data-longest"] = longest
    return field.as_widget(attrs=attributes)


@register.filter
def field_kind(field: BoundField) -> str:
    """How a field is laid out: tick, choices, file or line."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "tick"
    return "file" if isinstance(widget, FileInput) else "line"


class Fold(NamedTuple):
    """Choices of a field under one name; `is_open` where one of them is chosen, so that no tick is hidden."""

    name: str
    choices: list[Any]
    is_open: bool


@register.filter
def folds(field: BoundField) -> list[Fold]:
    """Choices as the field groups them: a long list is folded under the names of its groups, one without groups is
    a single fold without a name."""
    shown = iter(field.subwidgets)
    found: list[Fold] = []
    widget = field.field.widget
    for name, options, _index in widget.optgroups(field.html_name, widget.format_value(field.value())):
        choices = list(islice(shown, len(options)))
        chosen = any(option["selected"] for option in options)
        if name or not found or found[-1].name:
            found.append(Fold(str(name or ""), choices, chosen))
        else:
            found[-1].choices.extend(choices)
    return found


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """All errors of a form at its top, each a link to its field; nothing where there are none. `{{ form }}` has it."""
    return {"form": form}


@register.inclusion_tag("ui/components/form_buttons.html")
def form_buttons(
    submit: str, cancel: str = "", danger: bool = False, name: str = "", value: str = ""
) -> dict[str, Any]:
    """`{% form_buttons _("Send for review") cancel=address %}`: the button says what happens."""
    return {"submit": submit, "cancel": cancel, "danger": danger, "name": name, "value": value}


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """A remark on the page: kind info, good, warning or error. Its icon has words, so colour is never alone."""
    symbol, said = NOTICES[kind]
    heading = format_html('<p class="notice-title">{}</p>', title) if title else SafeString("")
    return format_html(
        '<div class="notice notice-{}">{}<div class="notice-text">{}{}</div></div>',
        kind,
        icon(symbol, label=_(said), size=""),
        heading,
        content,
    )


@register.inclusion_tag("ui/components/messages.html")
def notifications(messages: Sequence[Any]) -> dict[str, Any]:
    """What the last step answered (`django.contrib.messages`), at the top of the page."""
    kinds = {"success": "good", "warning": "warning", "error": "error"}
    return {
        "notes": [
            (kinds.get(message.level_tag, "info"), *NOTICES[kinds.get(message.level_tag, "info")], message)
            for message in messages or ()
        ]
    }


class ShareMeta(template.Node):
    """Writes a page's title and description once for the browser, search engines and the cards of social networks."""

    child_nodelists = ("title", "description")

    def __init__(self, address: Any, title: template.NodeList, description: template.NodeList) -> None:
        self.address = address
        self.title = title
        self.description = description

    def render(self, context: Context) -> SafeString:
        """<title>, description, Open Graph. The blocks are already escaped; only tags and quotes are left to mend."""
        title = _one_line(self.title.render(context))
        description = _one_line(self.description.render(context))
        address = self.address.resolve(context)
        full_title = f"{title} · Aumenta" if title else "Aumenta"
        # A view may give the page a picture of its own: its whole address and what it shows.
        own = context.get("share_image") or _preview(context, title, address)
        properties = [
            ("og:type", "website"),
            ("og:site_name", "Aumenta"),
            ("og:title", title or "Aumenta"),
            ("og:description", description),
            ("og:url", escape(address)),
            ("og:image", own[0]),
            ("og:image:alt", escape(own[1])),
            ("og:image:width", "1200"),
            ("og:image:height", "630"),
        ]
        lines = [f"<title>{full_title}</title>", f'<meta name="description" content="{description}">']
        lines.append('<meta name="twitter:card" content="summary_large_image">')
        lines += [f'<meta property="{name}" content="{value}">' for name, value in properties if value]
        return SafeString("\n".join(lines))


def _preview(context: Context, title: str, address: str) -> tuple[str, str]:
    """A picture of the page's title under the plan's name; the site's own for what has no address of its own."""
    if not title or not address:
        return f"{settings.PUBLIC_ADDRESS}{static('ui/preview.png')}", ""
    plain, plan = unescape(title), context.get("plan_of_site")
    over = field_in_language(plan, "name", reader_language())[0] if plan else ""
    token = preview_token(plain, over)
    return f"{settings.PUBLIC_ADDRESS}{reverse('ui:preview', args=[token])}", plain


def _one_line(rendered: str) -> str:
    return " ".join(strip_tags(rendered).replace('"', "&quot;").split())


@register.tag
def share_meta(parser: Any, token: Any) -> ShareMeta:
    """`{% share_meta address %}title{% description_of_page %}description{% endshare_meta %}`, used by ui/base.html."""
    address = parser.compile_filter(token.split_contents()[1])
    title = parser.parse(("description_of_page",))
    parser.delete_first_token()
    description = parser.parse(("endshare_meta",))
    parser.delete_first_token()
    return ShareMeta(address, title, description)
