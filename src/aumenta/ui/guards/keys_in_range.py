"""A number that no column holds is among no rows: Django knows so for one number (`pk=`), not for several (`pk__in=`).

Fields that choose several rows ask for whatever was sent, and the database broke at a number of 30 figures.
"""

from typing import Any

from django.db.models import IntegerField
from django.db.models.lookups import In


@IntegerField.register_lookup
class InRange(In):
    """Among these numbers, those left out that the column can't hold."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """The numbers a database can be asked for."""
        if self.rhs_is_direct_value():
            least, most = connection.ops.integer_field_range(self.lhs.output_field.get_internal_type())
            self.rhs = [
                one
                for one in self.rhs
                if not isinstance(one, int) or ((least is None or one >= least) and (most is None or one <= most))
            ]
        return super().process_rhs(compiler, connection)
