"""The package that a spreadsheet is, read within the budget of one table."""

from aumenta.core.package import Package, PackageFault
from aumenta.core.tables.findings import TableError
from aumenta.core.tables.table import Budget


def open_spreadsheet(data: bytes, budget: Budget) -> Package:
    """The package in `data`; it raises TableError, now and while it is read."""

    def refuse(fault: PackageFault, said: str) -> TableError:
        match fault:
            case PackageFault.TOO_LARGE:
                return TableError("unpacked", most=budget.limits.unpacked // 1_000_000)
            case PackageFault.LOCKED:
                return TableError("password")
        return TableError("damaged", reason=said)

    return Package(data, most=budget.limits.unpacked, refuse=refuse, spend=budget.spend_unpacked)
