"""Two people on one form of an event: nobody saves over what she has not seen.

The form carries a digest of what stood there when it was shown. Where something else stands there when it comes back,
nothing is saved: the page keeps what she typed, says what stands there now, and the next press saves knowingly.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.db.models import Model
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.translation import gettext as _

SEEN: Final = "seen"


class Meanwhile:
    """What stands there now, and whether the form that was posted has seen it.

    Made before the form is checked: checking writes what was typed into the form's instance.
    """

    def __init__(
        self,
        request: HttpRequest,
        form: forms.ModelForm[Any] | None = None,
        lines: Iterable[tuple[Any, Iterable[Mapping[str, Any]]]] = (),
    ) -> None:
        rows = [[_values(row) for row in each] for _formset, each in lines]
        stands = {name: _text(form.instance, name) for name in form.fields} if form is not None else {}
        found = json.dumps([stands, rows], sort_keys=True).encode()
        self.seen = hashlib.sha256(found).hexdigest()[:24]
        posted = request.POST.get(SEEN)
        self.moved = request.method == "POST" and posted is not None and posted != self.seen
        self.says: list[str] = []
        if self.moved and form is not None:
            self.says += [f"{form.fields[name].label}: {stands[name] or '–'}" for name in form.changed_data]
        if self.moved:
            self.says += [" · ".join(filter(None, row)) for each in rows for row in each]


def _values(row: Mapping[str, Any]) -> list[str]:
    return ["" if value is None else str(localize(value)) for value in row.values()]


def _text(instance: Model, name: str) -> str:
    """A field as a person reads it."""
    field = instance._meta.get_field(name)
    if field.many_to_many:
        return ", ".join(str(one) for one in getattr(instance, name).all()) if instance.pk else ""
    value = getattr(instance, name, None)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(localize(value))
