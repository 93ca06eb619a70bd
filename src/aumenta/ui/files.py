"""What every file that leaves the site has in common: its licence, and cells no spreadsheet will run."""

from typing import Final

LICENCE: Final = "CC BY 4.0"
LICENCE_ADDRESS: Final = "https://creativecommons.org/licenses/by/4.0/"
# What a spreadsheet would run as a formula when the cell begins with it.
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """A text as a cell: an apostrophe stands before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
