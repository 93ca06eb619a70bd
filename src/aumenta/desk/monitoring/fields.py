"""Fields of forms that read what people type: a number with a comma or a point, an amount, codes of a plan, places."""

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from aumenta.core.text import name_key
from aumenta.plan.models import Action, ActionQuerySet
from aumenta.territory.models import Municipality

_WRITTEN: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_DOUBTFUL: Final = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")


class NumberField(forms.CharField):
    """A number as it is typed: «12,5» or «12.5». What could be a thousand or a thousandth is asked about."""

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        """The number; None where nothing was written."""
        written = str(value if value is not None else "").replace("\u00a0", "").replace(" ", "").replace("−", "-")
        if not written:
            return None
        if _DOUBTFUL.fullmatch(written) and not written.lstrip("+-").startswith("0"):
            plain = re.sub("[.,]", "", written)
            raise ValidationError(
                _("“%(written)s” can be read in two ways: write %(thousands)s, or add another decimal (%(decimal)s).")
                % {"written": written, "thousands": plain, "decimal": f"{written}0"}
            )
        if not _WRITTEN.fullmatch(written) or not math.isfinite(float(written.replace(",", "."))):
            raise ValidationError(_("“%(written)s” is no number: write one such as 12,5.") % {"written": written[:40]})
        return float(written.replace(",", "."))

    def prepare_value(self, value: Any) -> Any:
        """As a reader of this language writes it, so that it reads the same when it comes back."""
        if not isinstance(value, float | int):
            return value
        plain = f"{value:.10f}".rstrip("0").rstrip(".")
        whole, _point, decimals = plain.partition(".")
        # Three decimals would be asked about: another takes the doubt away.
        written = decimals + "0" * (len(decimals) == 3)
        return f"{whole}{get_format('DECIMAL_SEPARATOR')}{written}" if decimals else whole


_AMOUNT: Final = re.compile(r"\d+(?:[.,]\d{1,2})?")
_GROUPED: Final = re.compile(r"\d{1,3}(?:(?P<sign>[.,' ])\d{3})(?:(?P=sign)\d{3})*(?:(?!(?P=sign))[.,]\d{1,2})?")


class AmountField(forms.CharField):
    """Euro and cents as they are typed or pasted: «1234,50», «1.234,50», «€ 1 234». What could be a thousand or a
    thousandth («1.234») is asked about."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The amount; None where nothing was written."""
        written = re.sub("[\u00a0\u202f]", " ", str(value if value is not None else "")).replace("€", "").strip()
        if not written:
            return None
        if _DOUBTFUL.fullmatch(written) and not written.startswith("0"):
            plain = re.sub("[.,]", "", written)
            raise ValidationError(
                _("“%(written)s” can be read in two ways: write %(thousands)s, or with cents (%(thousands)s,00).")
                % {"written": written, "thousands": plain}
            )
        if not (_AMOUNT.fullmatch(written) or _GROUPED.fullmatch(written)):
            raise ValidationError(
                _("“%(written)s” is no amount: write one such as 1234,50.") % {"written": written[:40]}
            )
        whole, _sign, cents = re.sub("[' ]", "", written).replace(",", ".").rpartition(".")
        if not whole or len(cents) == 3:
            return Decimal((whole + cents).replace(".", ""))
        return Decimal(f"{whole.replace('.', '')}.{cents}")

    def prepare_value(self, value: Any) -> Any:
        """Without signs of thousands, with the comma or point of the reader."""
        return (
            f"{value:.2f}".replace(".", str(get_format("DECIMAL_SEPARATOR"))) if isinstance(value, Decimal) else value
        )


class MunicipalitiesField(forms.CharField):
    """Municipalities of today by name or code, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=20_000, **options)

    def clean(self, value: Any) -> list[Municipality]:
        """The municipalities, each once; names the line that is none."""
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        if not lines:
            return []
        current = list(Municipality.objects.current())
        by_code = {one.istat_code: one for one in current}
        by_name = {name_key(one.name): one for one in current}
        found: dict[int, Municipality] = {}
        for line in lines:
            one = by_code.get(line.zfill(6)) or by_name.get(name_key(line))
            if one is None:
                raise ValidationError(_("“%(line)s” is no municipality of today.") % {"line": line[:60]})
            found[one.pk] = one
        return list(found.values())

    @staticmethod
    def written(municipalities: Iterable[Municipality]) -> str:
        """How the field shows municipalities."""
        return "\n".join(one.name for one in municipalities)


class ActionsField(forms.CharField):
    """Actions by edition and code, one a line: «2021-2023 2.2.1»."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, **options)

    def clean(self, value: Any) -> list[Action]:
        """The actions; names the line that is none."""
        found: list[Action] = []
        for line in str(value or "").splitlines():
            if not line.strip():
                continue
            label, _space, code = line.strip().partition(" ")
            action = self._of(label, code.strip())
            if action is None:
                raise ValidationError(
                    _("“%(line)s” is no action: write the years and the code, such as 2021-2023 2.2.1.")
                    % {"line": line.strip()[:60]}
                )
            found.append(action)
        return found

    def _of(self, label: str, code: str) -> Action | None:
        if not re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", code):
            return None
        sheets: ActionQuerySet = Action.objects.filter(strategy__axis__edition__label=label[:9])
        return sheets.with_code(code).select_related("strategy__axis__edition").first()

    @staticmethod
    def written(actions: list[Action]) -> str:
        """How the field shows actions."""
        return "\n".join(f"{one.strategy.axis.edition.label} {one.code}" for one in actions)
