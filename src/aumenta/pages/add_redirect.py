"""Says that an address moved, or no longer says so."""

import re
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.urls import Resolver404, resolve

from aumenta.activity.log import log
from aumenta.pages.activity import REDIRECT_ADDED, REDIRECT_DROPPED
from aumenta.pages.models import FOLDERS, Page, Redirect
from aumenta.pages.rules import may_publish_pages
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError

LONGEST: Final = 300
_PATH: Final = re.compile(r"[A-Za-z0-9._~%/-]+")
_WHOLE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_QUERY: Final = re.compile(r"[\x21\x22\x24-\x7e]*")


@transaction.atomic
def add_redirect(*, person: User, old: str, new: str) -> Redirect:
    """`old` leads to `new`, in both languages; each without its language, `new` also a whole web address.

    Raises NotAllowedError; RefusedError «redirect_bad_old», «redirect_bad_new», «redirect_taken»,
    «redirect_there_already», «redirect_nowhere», «redirect_loop».
    """
    check_permission(may_publish_pages(person), "redirects")
    source, target = own_path(old), _target(new)
    if source is None or "?" in source:
        raise RefusedError("redirect_bad_old", address=old.strip()[:LONGEST])
    if found := Redirect.objects.filter(old=source).first():
        raise RefusedError("redirect_there_already", old=found.old, new=found.new)
    if is_taken(source):
        raise RefusedError("redirect_taken", address=source)
    _refuse_loop(source, target)
    if not is_whole(target) and not is_taken(target) and not Redirect.objects.filter(old=_path(target)).exists():
        raise RefusedError("redirect_nowhere", address=target)
    made = Redirect.objects.create(old=source, new=target, made_by=person)
    log(code=REDIRECT_ADDED, person=person, subject=str(made))
    return made


@transaction.atomic
def remove_redirect(*, person: User, redirect: Redirect) -> None:
    """The old address leads nowhere again. Raises NotAllowedError."""
    check_permission(may_publish_pages(person), "redirects")
    log(code=REDIRECT_DROPPED, person=person, subject=str(redirect))
    redirect.delete()


def own_path(address: str) -> str | None:
    """An address of this site without host and language: «/it/pagine/x» gives «pagine/x/». None where it is none, such
    as one with a space, a line break or a part after «#», or longer than `LONGEST`."""
    address = address.strip().removeprefix(settings.PUBLIC_ADDRESS)
    path, mark, query = address.partition("?")
    if path.startswith("//"):
        return None
    path = re.sub(r"^/?(it|en)(?=/|$)", "", path).strip("/")
    if not path or "//" in path or not _PATH.fullmatch(path) or ".." in path:
        return None
    if "." not in path.rsplit("/", 1)[-1]:
        path += "/"
    whole = f"{path}{mark}{query}"
    return whole if len(whole) <= LONGEST and _QUERY.fullmatch(query) else None


def is_whole(target: str) -> bool:
    """Whether a target is a whole web address, and not a page of this site whose query may hold one."""
    return target.startswith(("http://", "https://"))


def _path(target: str) -> str:
    return target.partition("?")[0]


def _target(address: str) -> str:
    address = address.strip()
    if _WHOLE.match(address) and not address.startswith(settings.PUBLIC_ADDRESS):
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError as error:
            raise RefusedError("redirect_bad_new", address=address[:LONGEST]) from error
        if len(address) > LONGEST:
            raise RefusedError("redirect_bad_new", address=address[:LONGEST])
        return address
    path = own_path(address)
    if path is None:
        raise RefusedError("redirect_bad_new", address=address[:LONGEST])
    return path


def is_taken(path: str) -> bool:
    """Whether a page of the site answers at `path`, or would. An address of pages without one there is free, and so is
    that of a page that was withdrawn."""
    path = _path(path)
    for kind, folder in FOLDERS.items():
        if path.startswith(folder) and (name := path.removeprefix(folder).rstrip("/")) and "." not in name:
            return Page.objects.filter(kind=kind, slug=name).exclude(state=Page.State.WITHDRAWN).exists()
    try:
        resolve(f"/{settings.LANGUAGE_CODE}/{path}")
    except Resolver404:
        return False
    return True


def _refuse_loop(source: str, target: str) -> None:
    # An old address answers whatever its query is.
    seen, at = {source}, _path(target)
    while at not in seen:
        seen.add(at)
        follows = Redirect.objects.filter(old=at).first()
        if follows is None:
            return
        at = _path(follows.new)
    raise RefusedError("redirect_loop", old=source, new=target)
