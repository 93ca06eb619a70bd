"""What every file that leaves the site has in common: its licence."""

from typing import Final

LICENCE: Final = "CC BY 4.0"
LICENCE_ADDRESS: Final = "https://creativecommons.org/licenses/by/4.0/"
