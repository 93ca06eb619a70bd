"""The verbs of annexes: a file is added to an act, and taken away while nobody has signed or decided on it."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.documents.kinds import KINDS
from aumenta.core.documents.limited import kind_looked_at_apart
from aumenta.governance.activity import ANNEX_ADDED, ANNEX_DROPPED
from aumenta.governance.models import Act, Annex
from aumenta.governance.rules import may_keep_body
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError

MOST_BYTES = 30_000_000


def annex_file(digest: str, kind: str) -> str:
    """Where an annex is kept: named by its content."""
    return f"acts/annexes/{digest}.{kind}"


def content_of(annex: Annex) -> bytes | None:
    """The content, None where the file is gone or is no longer what its hash says."""
    try:
        with default_storage.open(annex_file(annex.digest, annex.kind)) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == annex.digest else None


def add_annex(*, person: User, act: Act, data: bytes, title: str, signed: bool = False) -> Annex:
    """Add a file. Raises NotAllowedError; RefusedError «annex_empty», «annex_title_required», «annex_too_large»,
    «annex_wrong_kind», «annex_damaged», «annex_has_macros», «annex_busy», «annex_twice»."""
    check_permission(may_keep_body(person, act.body), "add_annex")
    if not data:
        raise RefusedError("annex_empty")
    if not (words := " ".join(title.split())[:200]):
        raise RefusedError("annex_title_required")
    if len(data) > MOST_BYTES:
        raise RefusedError("annex_too_large", most=MOST_BYTES // 1_000_000)
    # Before the lock: nobody who writes waits for what a file does to its reader.
    kind = kind_looked_at_apart(data)
    if kind not in KINDS:
        raise RefusedError(f"annex_{kind}")
    return _keep(person, act, data, Annex(title=words, kind=kind, size=len(data), signed=signed, kept_by=person))


@transaction.atomic
def _keep(person: User, act: Act, data: bytes, made: Annex) -> Annex:
    kept = Act.objects.select_for_update(of=("self",)).get(pk=act.pk)
    made.act, made.digest = kept, hashlib.sha256(data).hexdigest()
    if twice := Annex.objects.filter(act=kept, digest=made.digest).first():
        raise RefusedError("annex_twice", title=twice.title)
    made.number = (kept.annexes.aggregate(last=Max("number"))["last"] or 0) + 1
    name = annex_file(made.digest, made.kind)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    made.save()
    log(code=ANNEX_ADDED, person=person, about=made, within=kept.object_it, detail=made.digest)
    touch()
    return made


@transaction.atomic
def drop_annex(*, person: User, annex: Annex) -> None:
    """Take a file away. Raises NotAllowedError; RefusedError «annex_signed», «annex_decided_on»."""
    check_permission(may_keep_body(person, annex.act.body), "drop_annex")
    act = Act.objects.select_for_update(of=("self",)).get(pk=annex.act_id)
    if annex.signed:
        raise RefusedError("annex_signed", title=annex.title)
    if act.state not in (Act.State.DRAFTING, Act.State.DEPOSITED, Act.State.EXAMINED, Act.State.OPINIONS):
        raise RefusedError("annex_decided_on", title=annex.title)
    log(code=ANNEX_DROPPED, person=person, about=annex, within=act.object_it, detail=annex.digest)
    name, digest = annex_file(annex.digest, annex.kind), annex.digest
    annex.delete()
    transaction.on_commit(lambda: _forget(name, digest))
    touch()


def _forget(name: str, digest: str) -> None:
    """Another act may have the same file: it goes with the last."""
    if not Annex.objects.filter(digest=digest).exists():
        default_storage.delete(name)
