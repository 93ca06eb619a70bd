"""Who was at a session: present, absent, or there without a vote."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from aumenta.core.minutes.lines import MinuteLine
from aumenta.core.minutes.names import is_name, names_in


class AttendanceState(StrEnum):
    """How somebody stands in the attendance."""

    PRESENT = "present"
    ABSENT = "absent"
    WITHOUT_VOTE = "without_vote"


class Attendee(NamedTuple):
    """Somebody in the attendance: the name as printed, in which role, how, and on which line."""

    name: str
    role: str
    state: AttendanceState
    line: int


_OFFICES: Final = (
    r"(?:Vice\s?|Vice)?[Ss]indac[oa](?:\s+[Mm]etropolitan[oa]?)?",
    r"(?:Vice)?[Pp]residente",
    r"(?:Vice\s?)?[Ss]egretari[oa](?:\s+[Gg]enerale)?",
    r"(?:Consiglier[ea]|Assessor[ea])(?:\s+[Mm]etropolitan[oa]?)?",
    r"Direttor[ea]\s+[Gg]enerale",
    r"Portavoce",
)
_ROLES: Final = "|".join(_OFFICES)
_NAME: Final = r"(?:[A-ZÀ-Ý][\w'’.-]*)(?:\s+(?:(?:de|del|della|di|da|dal|lo|la|li)\s+)?[A-ZÀ-Ý][\w'’.-]*){1,4}"
_ROLE_AND_NAME: Final = re.compile(rf"\b(?P<role>{_ROLES})(?:\s+(?:dott|avv|ing|prof)\.?(?:ssa)?)?\s+(?P<name>{_NAME})")
_PLURALS: Final = {
    "consiglieri": "Consigliere",
    "consigliere": "Consigliera",
    "sindaci": "Sindaco",
    "assessori": "Assessore",
    "portavoce": "Portavoce",
    "componenti": "Componente",
    "delegati": "Delegato",
    "dirigenti": "Dirigente",
    "revisori": "Revisore",
}
_PRESENT: Final = re.compile(
    r"sono (?:intervenut|present)[ie]|risultano (?:essere )?(?:present|intervenut)[ie]|sono collegati"
    r"|^present[ie]\b(?!\s*:?\s*(?:n\.?\s*)?\d)|all['’]appello rispondono|hanno risposto all['’]appello",
    re.IGNORECASE,
)
_ABSENT: Final = re.compile(
    r"(?:sono|risultano|risultavano) (?:assent|giustificat)[ie]"
    r"|^(?:ingiustificat[ie]\b|assent[ie]\b)(?!\s*:?\s*(?:n\.?\s*)?\d)"
    r"|hanno giustificato|giustificano l['’]assenza|assenti giustificat[ie]",
    re.IGNORECASE,
)
_GUESTS: Final = re.compile(
    r"senza (?:diritto di )?voto|assist(?:e|ono) (?:alla|inoltre)|partecipano (?:altresì|inoltre)|sono inoltre presenti"
    r"|con la partecipazione|con l['’]assistenza|verbalizza",
    re.IGNORECASE,
)
_STATES: Final = (
    (AttendanceState.WITHOUT_VOTE, _GUESTS),
    (AttendanceState.ABSENT, _ABSENT),
    (AttendanceState.PRESENT, _PRESENT),
)
_ROW: Final = re.compile(
    r"^\|?\s*(?:\d{1,3}[.)]?\s*\|?\s+)?(?P<name>[^|\t\d]+?)\s*(?:\||\t|\s|:|\.{2,}|[-–])+\s*\|?\s*"
    r"(?P<mark>(?i:presente|assente(?: giustificat[oa])?|giustificat[oa])|P|A|AG|A\.G\.|SI|SÌ|NO|X)\s*\|?$"
)
_ROW_STATES: Final = {
    "presente": AttendanceState.PRESENT,
    "p": AttendanceState.PRESENT,
    "si": AttendanceState.PRESENT,
    "sì": AttendanceState.PRESENT,
    "x": AttendanceState.PRESENT,
}


def attendance_of(lines: Sequence[MinuteLine]) -> list[Attendee]:
    """Everybody named in the attendance of a minute, in its order, each once."""
    found: list[Attendee] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if row := _ROW.match(line.text):
            name = row["name"].strip()
            if is_name(name):
                state = _ROW_STATES.get(row["mark"].lower(), AttendanceState.ABSENT)
                found.append(Attendee(name, "Consigliere", state, line.number))
        elif state_and_end := _heading(line.text):
            block, place = _block(lines, place, state_and_end[1])
            found += _people(state_and_end[0], block)
            continue
        place += 1
    return list({person.name.casefold(): person for person in reversed(found)}.values())[::-1]


def _heading(text: str) -> tuple[AttendanceState, bool] | None:
    """The state a line opens a list of, and whether the list goes on below."""
    for state, pattern in _STATES:
        if pattern.search(text):
            return state, text.rstrip().endswith((":", "-", ",", " e", " i", " di")) or len(text) < 60
    return None


def _block(lines: Sequence[MinuteLine], start: int, open_below: bool) -> tuple[list[MinuteLine], int]:
    block, place = [lines[start]], start + 1
    # A heading alone may be followed by one blank line before its names.
    if open_below and place < len(lines) and not lines[place].text and lines[start].text.endswith(":"):
        place += 1
    while open_below and place < len(lines):
        text = lines[place].text
        if not text or _heading(text) or _ends(text):
            break
        block.append(lines[place])
        place += 1
    return block, place


def _ends(text: str) -> bool:
    return bool(
        re.match(r"(?i)oggetto\b|atto n|il (?:presidente|sindaco)\b.*\b(?:dichiara|constatat)|~{3,}|delibera", text)
    )


def _people(state: AttendanceState, block: list[MinuteLine]) -> list[Attendee]:
    first = block[0]
    head, colon, rest = first.text.rpartition(":")
    head = head if colon else first.text
    people = [
        Attendee(
            match["name"].strip(" .,"),
            _role(match["role"]),
            _as(match["role"], head, match.start(), state),
            first.number,
        )
        for match in _ROLE_AND_NAME.finditer(head)
    ]
    plural = next((role for word, role in _PLURALS.items() if re.search(rf"(?i)\b{word}\b", head)), "")
    below = "\n".join([rest.strip() if colon else "", *(line.text for line in block[1:])])
    role = plural or ("" if people else "Consigliere")
    for name in names_in(below):
        number = next((line.number for line in block if name.split()[0] in line.text), first.number)
        if role == "Portavoce" or is_name(name):
            people.append(Attendee(name, role or "Consigliere", state, number))
    return people


def _role(printed: str) -> str:
    """The office with its adjective whole: published texts lose the last letter of «metropolitano»."""
    return re.sub(r"\b[Mm]etropolitan\b", "metropolitano", " ".join(printed.split()))


def _as(role: str, head: str, at: int, state: AttendanceState) -> AttendanceState:
    """A secretary takes part in a session and has no vote, whatever the sentence is about."""
    if role.lower().startswith(("segretari", "vice segretari", "vicesegretari", "direttore")):
        return AttendanceState.WITHOUT_VOTE
    if (
        state is AttendanceState.WITHOUT_VOTE
        and re.search(r"(?i)sotto la presidenza", head[:at])
        and not re.search(r"(?i)partecipazione|assistenza", head[:at])
    ):
        return AttendanceState.PRESENT
    return state
