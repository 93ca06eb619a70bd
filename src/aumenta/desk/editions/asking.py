"""What the office is told, in figures, before it publishes, freezes, removes or unties something of an edition."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.desk.asking import asked_first
from aumenta.plan.models import Action, ActionContinuation, Edition, StrategyContinuation
from aumenta.review.editions.figures import Holds, held_by
from aumenta.review.models import Proposal, Version


def _sheets(count: int) -> str:
    return ngettext("%(count)d sheet", "%(count)d sheets", count) % {"count": count}


def _contents(held: Holds) -> str:
    axes = ngettext("%(count)d axis", "%(count)d axes", held.axes) % {"count": held.axes}
    strategies = ngettext("%(count)d strategy", "%(count)d strategies", held.strategies) % {"count": held.strategies}
    return _("It holds %(axes)s, %(strategies)s and %(sheets)s.") % {
        "axes": axes,
        "strategies": strategies,
        "sheets": _sheets(held.actions),
    }


def ask_to_publish(request: HttpRequest, edition: Edition) -> HttpResponse | None:
    """What the public will read, what it will miss, and which edition the site goes on showing first."""
    held, current = held_by(edition), Edition.objects.current()
    says = [_contents(held)]
    if held.sparse:
        says.append(
            _("Hardly any of it is written: %(sheets)s where the edition before has %(before)d. Is it ready?")
            % {"sheets": _sheets(held.actions), "before": held.earlier_actions}
        )
    if held.without_description or held.without_summary:
        says.append(
            _("Without a description: %(description)d. Without a summary: %(summary)d.")
            % {"description": held.without_description, "summary": held.without_summary}
        )
    if held.drafts or held.waiting:
        says.append(
            _("Not in it yet: %(drafts)d drafts and %(waiting)d proposals to be decided.")
            % {"drafts": held.drafts, "waiting": held.waiting}
        )
    says.append(
        _("Its sheets can be read, searched and downloaded by everybody, and from then on change by proposals.")
    )
    if current is not None:
        says.append(
            _("The site goes on showing the edition %(label)s first, until you say which one is in force.")
            % {"label": current.label}
        )
    return asked_first(
        request,
        title=_("Publish the edition %(label)s?") % {"label": edition.label},
        question=_("For 24 hours you can hide it again; after that it stays public."),
        says=says,
        submit=_("Publish the edition"),
        cancel=reverse("desk:edition", args=[edition.label]),
    )


def ask_to_hide(request: HttpRequest, edition: Edition) -> HttpResponse | None:
    """What the public no longer finds, and which edition the site shows then."""
    others = Edition.objects.public().exclude(pk=edition.pk)
    shown = others.current()
    says = [
        _("Its pages, files and search results are gone for everybody at once; whoever copied a text keeps it."),
        _("Sheets, versions and proposals stay as they are, and you can publish it again."),
        _("The site will show the edition %(label)s first.") % {"label": shown.label}
        if shown
        else _("No other edition is public: the site will show no plan."),
        _("The activity log keeps who published and who hid it."),
    ]
    return asked_first(
        request,
        title=_("Hide the edition %(label)s again?") % {"label": edition.label},
        question=_("It goes back into preparation."),
        says=says,
        submit=_("Hide the edition"),
        cancel=reverse("desk:edition", args=[edition.label]),
    )


def ask_to_freeze(request: HttpRequest, edition: Edition, title: str) -> HttpResponse | None:
    """How many sheets are sealed, and what waits meanwhile."""
    held = held_by(edition)
    says = [
        _contents(held),
        _("What it says today is sealed under “%(title)s” and can't be changed in that version.") % {"title": title},
        ngettext(
            "No proposal is approved until you reopen it; %(drafts)d draft stays as it is.",
            "No proposal is approved until you reopen it; %(drafts)d drafts stay as they are.",
            held.drafts,
        )
        % {"drafts": held.drafts},
    ]
    return asked_first(
        request,
        title=_("Freeze the edition %(label)s?") % {"label": edition.label},
        question=_("You can reopen it for its update; the dated version stays."),
        says=says,
        submit=_("Freeze"),
        cancel=reverse("desk:edition", args=[edition.label]),
    )


def ask_to_drop(request: HttpRequest, action: Action) -> HttpResponse | None:
    """Which sheet goes and what goes with it."""
    versions = Version.objects.filter(action=action).count()
    ties = action.continues.count() + action.continued_by.count()
    opened = Proposal.objects.open().filter(action=action).count()
    says = [
        f"{action.code} {action.title_it}",
        ngettext("%(count)d version stays in the history.", "%(count)d versions stay in the history.", versions)
        % {"count": versions},
        ngettext("%(count)d tie to another edition goes.", "%(count)d ties to other editions go.", ties)
        % {"count": ties},
    ]
    if opened:
        says.append(_("A proposal is open on it: it must be decided first."))
    label = action.strategy.axis.edition.label
    return asked_first(
        request,
        title=_("Take sheet %(code)s out of the edition %(label)s?") % {"code": action.code, "label": label},
        question=_("For 90 days it can be put back as it was, under “Structure”. Its text stays in its versions."),
        says=says,
        submit=_("Take the sheet out"),
        cancel=reverse("desk:edition", args=[label]),
    )


def ask_to_untie(
    request: HttpRequest, tie: ActionContinuation | StrategyContinuation, label: str
) -> HttpResponse | None:
    """Which two things are no longer said to go on from one another."""
    return asked_first(
        request,
        title=_("Remove the tie %(older)s → %(newer)s?") % {"older": tie.older.code, "newer": tie.newer.code},
        question=_("You can write it down again on the same page."),
        says=[
            f"{tie.older.code} {tie.older.title_it}",
            f"{tie.newer.code} {tie.newer.title_it}",
            _("The comparison will show the first as dropped and the second as new, unless other ties remain."),
        ],
        submit=_("Remove the tie"),
        cancel=reverse("desk:edition", args=[label]),
    )


def ask_to_remove(request: HttpRequest, edition: Edition) -> HttpResponse | None:
    """What goes with an edition that was opened by mistake."""
    held = held_by(edition)
    source = edition.earlier
    says = [_contents(held), _("Nobody of the public has read it.")]
    if source is not None:
        says.append(_("The edition %(label)s stays as it is.") % {"label": source.label})
    return asked_first(
        request,
        title=_("Remove the edition %(label)s?") % {"label": edition.label},
        question=_("It is gone for good. You can open it again from the edition before."),
        says=says,
        submit=_("Remove the edition"),
        cancel=reverse("desk:edition", args=[edition.label]),
    )
