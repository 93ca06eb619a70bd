"""How proposals and versions are read: inboxes, histories, past states and the check that nothing was bypassed."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.people.models import User
from aumenta.people.reader import reader_language
from aumenta.people.rules import is_approver
from aumenta.plan.models import Action, Edition
from aumenta.plan.queries import tree
from aumenta.plan.renumbering import code_now
from aumenta.plan.sheet_content import SheetContent, content_hash, read_contents
from aumenta.review.models import Headings, Presence, Proposal, Release, Version
from aumenta.review.sentences import RowNames, change_sentences

PRESENCE_SECONDS = 60
FRAME_TEXTS: Final = ("title_it", "title_en", "purpose_it", "purpose_en", "introduction_it", "introduction_en")
"""What is written of an axis and of a strategy: name, aim, introduction."""


class Change(NamedTuple):
    """One version of a sheet as the public reads it: when, and what changed, in sentences."""

    number: int
    on: datetime
    sentences: list[str]


def public_history(action: Action, edition: Edition) -> list[Change]:
    """What changed in a sheet of `edition` and when, newest first. Three queries.

    The first version says only when it came in. It begins when the edition became public. Names of people and the
    reasons they gave are left out: they are for the desk.
    """
    versions = public_versions(action, edition)
    # A sheet that never changed needs no names: its page stays one query dearer, not three.
    compared = [version.content for version, _on in versions] if len(versions) > 1 else []
    names = RowNames(compared, reader_language())
    changes = []
    for n, (version, on) in enumerate(versions):
        before = versions[n - 1][0]
        sentences = change_sentences(before.content, version.content, names) if n else []
        if n and before.code != version.code:
            sentences.insert(0, _("Until then it was action %(code)s.") % {"code": before.code})
        changes.append(Change(version.number, on, sentences))
    return changes[::-1]


def public_versions(action: Action, edition: Edition) -> list[tuple[Version, datetime]]:
    """The versions of a sheet of `edition` that everybody may read, each with when it became public. One query."""
    since = edition.public_since
    told = Version.objects.filter(action=action).exclude(origin=Version.Origin.MOVED)
    versions = _since(list(told.order_by("number")), since)
    return [(version, version.made_at if since is None else max(version.made_at, since)) for version in versions]


def _since(versions: list[Version], since: datetime | None) -> list[Version]:
    """The version that was valid at a moment, and those after it."""
    before = sum(1 for version in versions if since is not None and version.made_at <= since)
    return versions[max(0, before - 1) :]


def end_of(day: date) -> datetime:
    """The last moment of a day where the plan is."""
    return timezone.make_aware(datetime.combine(day, time.max), timezone.get_default_timezone())


def contents_as_of(edition: Edition, day: date) -> dict[str, SheetContent]:
    """What every sheet of an edition said at the end of a day, by code in the order of the codes; one query."""
    versions = Version.objects.as_of(edition, end_of(day)).only("code", "content")
    by_code = {version.code: version.content for version in versions}
    return dict(sorted(by_code.items(), key=lambda pair: [int(n) for n in pair[0].split(".")]))


def content_as_of(edition: Edition, code: str, day: date) -> Version | None:
    """The version of one sheet that was valid at the end of a day; None before it existed or after it was taken out."""
    return Version.objects.as_of(edition, end_of(day)).filter(code=code).first()


class Ended(NamedTuple):
    """A sheet that was taken out of a public edition: what it last said, when it went, the last day it was there."""

    content: SheetContent
    on: datetime
    last_day: date | None


def ended_sheet(edition: Edition, code: str) -> Ended | None:
    """The sheet that had this code and was taken out after the edition became public; None for any other, and for one
    that was put back under another code."""
    last = Version.objects.filter(edition=edition, code=code).order_by("-made_at", "-number", "-pk").first()
    if last is None or last.origin != Version.Origin.ENDED or not edition.is_public:
        return None
    if code_now(edition, code) is not None:
        return None
    if edition.public_since is not None and last.made_at < edition.public_since:
        return None
    before = timezone.localtime(last.made_at).date() - timedelta(days=1)
    there = was_public_on(edition, before) and content_as_of(edition, code, before) is not None
    return Ended(last.content, last.made_at, before if there else None)


def days_with_changes(edition: Edition) -> list[tuple[date, int]]:
    """The days on which some sheet changed where everybody reads it, newest first, and how many did.

    The first is the day on which the edition became public, with all its sheets. A sheet that changed twice in a day
    is one sheet.
    """
    changed: dict[date, set[str]] = {}
    # What moved on is told once, under its new code.
    versions, since = Version.objects.filter(edition=edition).exclude(origin="moved"), edition.public_since
    if since is not None:
        versions = versions.filter(made_at__gt=since)
    for moment, code in versions.order_by("-made_at").values_list("made_at", "code"):
        changed.setdefault(timezone.localtime(moment).date(), set()).add(code)
    if since is not None:
        first = changed.setdefault(timezone.localtime(since).date(), set())
        first.update(Version.objects.as_of(edition, since).values_list("code", flat=True))
    return [(day, len(codes)) for day, codes in changed.items()]


def was_public_on(edition: Edition, day: date) -> bool:
    """Whether everybody could read the edition at the end of a day."""
    return edition.public_since is None or edition.public_since <= end_of(day)


def public_releases(edition: Edition) -> list[tuple[Release, date]]:
    """The dated versions that everybody may read, newest first, each with the day on which the plan said so.

    One that was frozen before the edition was public is among them where nothing has changed until it was: then it is
    what was published. Of one in preparation: those that would be, were it published now.
    """
    since = edition.public_since if edition.is_public else timezone.now()
    shown = []
    for release in edition.releases.all():
        day = release.frozen_at
        if since is not None and day < since:
            if Version.objects.filter(edition=edition, made_at__gt=day, made_at__lte=since).exists():
                continue
            day = since
        shown.append((release, timezone.localtime(day).date()))
    return shown


def texts_that_stay(edition: Edition) -> int:
    """How many approved texts of an edition were replaced before it was public: they stay with the office."""
    until = edition.public_since or timezone.now()
    made = Version.objects.filter(edition=edition, made_at__lte=until).exclude(origin="moved")
    return made.count() - Version.objects.as_of(edition, until).count()


UNSENT_AFTER: Final = timedelta(days=1)
"""From when on a draft is announced to its writer: whoever means to go on today needs no reminder."""


class Inbox(NamedTuple):
    """What waits for one person."""

    to_review: list[Proposal]
    sent_back: list[Proposal]
    drafts: list[Proposal]
    waiting: list[Proposal]
    decided: list[Proposal]


def inbox(person: User) -> Inbox:
    """Proposals she has to decide on, to correct, to finish, that wait for others, and the latest decisions on hers."""
    proposals = Proposal.objects.select_related("author", "decided_by", "edition", "action").annotate(
        comment_count=Count("comments")
    )
    # A query that groups has no order of its own.
    proposals = proposals.order_by("-saved_at")
    hers = proposals.filter(Q(author=person) | Q(editors__person=person)).distinct()
    # However many were decided since, what is still open is there: the oldest draft is the one that was forgotten.
    mine = list(hers.filter(state__in=Proposal.OPEN))
    return Inbox(
        to_review=list(proposals.approvable_by(person)) if is_approver(person) else [],
        sent_back=[p for p in mine if p.state == Proposal.State.SENT_BACK],
        drafts=[p for p in mine if p.state == Proposal.State.DRAFT],
        waiting=[p for p in mine if p.state == Proposal.State.SUBMITTED],
        decided=list(hers.exclude(state__in=Proposal.OPEN)[:10]),
    )


def forgotten(drafts: Iterable[Proposal]) -> list[Proposal]:
    """Of these drafts those nobody wrote in for UNSENT_AFTER: their writer may believe they were sent. Oldest first."""
    since = timezone.now() - UNSENT_AFTER
    return sorted((draft for draft in drafts if draft.saved_at < since), key=lambda draft: draft.saved_at)


def others_on(action: Action, person: User) -> QuerySet[User]:
    """Who else has this sheet's form open now."""
    since = timezone.now() - timedelta(seconds=PRESENCE_SECONDS)
    return User.objects.filter(presences__action=action, presences__seen_at__gte=since).exclude(pk=person.pk)


def say_present(action: Action, person: User) -> None:
    """Remember that her browser has this sheet's form open now."""
    now = timezone.now()
    # Every few seconds for hours: one statement, and a row only the first time.
    if not Presence.objects.filter(action=action, person=person).update(seen_at=now):
        Presence.objects.get_or_create(action=action, person=person, defaults={"seen_at": now})


def headings_of(edition: Edition) -> dict[str, Any]:
    """Titles of an edition; titles, purposes and introductions of its axes and strategies, as they are now. Three
    queries."""
    axes = [
        {
            "number": axis.number,
            **_texts(axis),
            "strategies": [{"number": strategy.number, **_texts(strategy)} for strategy in axis.strategies.all()],
        }
        for axis in tree(edition)
    ]
    title = {"label": edition.label, "title_it": edition.title_it, "title_en": edition.title_en}
    return {"edition": title, "axes": axes}


def headings_as_of(edition: Edition, day: date) -> dict[str, Any]:
    """What `headings_of` said at the end of a day; before anything was recorded, what was recorded first. One query."""
    kept = Headings.objects.filter(edition=edition)
    valid = kept.filter(made_at__lte=end_of(day)).order_by("-made_at", "-pk").first()
    found = valid or kept.order_by("made_at", "pk").first()
    return found.content if found else {"edition": {}, "axes": []}


def structure_of(edition: Edition) -> dict[str, Any]:
    """What a freeze seals: titles and purposes of edition, axes and strategies, and the hash of each sheet."""
    actions = Action.objects.filter(strategy__axis__edition=edition)
    contents = read_contents(actions)
    codes = {action.pk: action.code for action in actions.select_related("strategy__axis")}
    return {**headings_of(edition), "sheets": {codes[pk]: content_hash(contents[pk]) for pk in codes}}


def _texts(row: Any) -> dict[str, str]:
    return {name: getattr(row, name) for name in FRAME_TEXTS}


def release_is_intact(release: Release) -> bool:
    """Whether the versions kept still are exactly what the release sealed."""
    versions = Version.objects.as_of(release.edition, release.frozen_at)
    kept = {version.code: content_hash(version.content) for version in versions}
    return content_hash(release.structure) == release.content_hash and kept == release.structure["sheets"]


def sheets_beside_their_version(edition: Edition) -> list[str]:
    """Codes of the sheets that say something else than their latest version: empty unless somebody bypassed review."""
    actions = Action.objects.filter(strategy__axis__edition=edition)
    contents = read_contents(actions)
    newest: dict[int, str] = dict(
        Version.objects.filter(action__in=actions).order_by("number").values_list("action", "content_hash")
    )
    codes = {action.pk: action.code for action in actions.select_related("strategy__axis")}
    return sorted(codes[pk] for pk, content in contents.items() if newest.get(pk) != content_hash(content))
