"""The names by which a territory is asked for: metropolitan cities by short name, any province by its name or code."""

from collections.abc import Mapping

from aumenta.core.text.plain import slug

METROPOLITAN_CITIES = {
    "torino": "001",
    "genova": "010",
    "milano": "015",
    "venezia": "027",
    "bologna": "037",
    "firenze": "048",
    "roma": "058",
    "napoli": "063",
    "bari": "072",
    "reggio-calabria": "080",
    "palermo": "082",
    "messina": "083",
    "catania": "087",
    "cagliari": "092",
}
"""Short name and first three figures of the codes (Law 56/2014 and the laws of Sicily and Sardinia)."""


def short_name(code: str, province: str) -> str:
    """The short name of the territory with this code."""
    for name, known in METROPOLITAN_CITIES.items():
        if known == code:
            return name
    return slug(province)


def find_code(asked: str, provinces: Mapping[str, str]) -> str | None:
    """The code of the territory asked for, among `provinces` (code to name); None when there is none."""
    wanted = slug(asked)
    if wanted in METROPOLITAN_CITIES:
        return METROPOLITAN_CITIES[wanted]
    return next((code for code, name in provinces.items() if wanted in (slug(name), code)), None)
