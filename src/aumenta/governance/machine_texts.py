"""An act for machines: Popolo (JSON) for the vote, Akoma Ntoso 1.0 (XML) for the act itself. Both hold to the published
schemas; nothing in Akoma Ntoso keeps named votes as data, so names stand in its text."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from aumenta.core.tables.writing import clean
from aumenta.governance.models import Act, Vote

AKN: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
COUNTED: Final = ("for", "against", "abstained", "not_voting")
POPOLO: Final = {
    "for": "yes",
    "against": "no",
    "abstained": "abstain",
    "not_voting": "not voting",
    "absent": "absent",
    "excused": "absent",
}
RESULTS: Final = {"passes": "pass", "fails": "fail"}
NO_DAY: Final = "0001-01-01"
"""What stands where Akoma Ntoso asks for a date and no source says one."""


def popolo_of(act: Act, polls: Iterable[Vote], address: str) -> dict[str, Any]:
    """The act as a Popolo motion with its vote events; `address` is its page. Ballots are read as they were fetched."""
    return {
        "id": address,
        "organization_id": act.body.slug,
        "text": act.object_it,
        "identifier": act.label or None,
        "classification": act.kind,
        "date": _moment(act.day),
        "result": act.outcome or act.state,
        "vote_events": [_event(vote, act, address) for vote in polls],
        "sources": [{"url": address}],
    }


def _moment(day: date | None) -> str | None:
    return f"{day:%Y-%m-%d}T00:00:00Z" if day else None


def _event(vote: Vote, act: Act, address: str) -> dict[str, Any]:
    result = vote.result or {}
    return {
        "id": f"{address}#voto-{vote.pk}",
        "organization_id": act.body.slug,
        "identifier": vote.question or vote.subject,
        "classification": vote.subject,
        "start_date": _moment(vote.session.held_on),
        "result": RESULTS.get(result.get("outcome", ""), result.get("outcome")),
        "counts": [{"option": POPOLO[key], "value": result[key]} for key in COUNTED if key in result],
        "votes": [
            {"voter_id": one.seat, "voter": {"name": one.name}, "option": POPOLO[one.option], "weight": 1}
            for one in vote.ballots.all()
        ],
    }


def akoma_ntoso_of(act: Act, polls: Iterable[Vote], address: str) -> bytes:
    """The act as an Akoma Ntoso `doc`: identification, votes as analysis, object, points and names as text."""
    polls = list(polls)
    root = Element("akomaNtoso", xmlns=AKN)
    doc = SubElement(root, "doc", name="deliberazione")
    meta = SubElement(doc, "meta")
    _identification(meta, act)
    if polls:
        analysis = SubElement(meta, "analysis", source="#ente")
        parliamentary = SubElement(analysis, "parliamentary")
        for vote in polls:
            _voting(parliamentary, vote)
    references = SubElement(meta, "references", source="#ente")
    for name, shown in (("ente", act.body.territory.full_name), ("organo", act.body.name_it)):
        SubElement(references, "TLCOrganization", eId=name, href=f"/ontology/organization/{name}", showAs=clean(shown))
    body = SubElement(doc, "mainBody")
    _paragraphs(body, act, polls, address)
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    text: bytes = tostring(root, encoding="utf-8", short_empty_elements=True)
    return head + text


def _identification(meta: Element, act: Act) -> None:
    found = SubElement(meta, "identification", source="#ente")
    day = act.day.isoformat() if act.day else NO_DAY
    work = f"/akn/it/act/{act.body.slug}/{day}/{act.slug}"
    for level, uri in (
        ("FRBRWork", work),
        ("FRBRExpression", f"{work}/ita@{day}"),
        ("FRBRManifestation", f"{work}/ita@{day}.xml"),
    ):
        part = SubElement(found, level)
        SubElement(part, "FRBRthis", value=f"{uri}/!main")
        SubElement(part, "FRBRuri", value=uri)
        SubElement(part, "FRBRdate", date=day, name="deliberazione" if level == "FRBRWork" else level)
        SubElement(part, "FRBRauthor", href="#organo")
        if level == "FRBRWork":
            SubElement(part, "FRBRcountry", value="it")
            if act.number:
                SubElement(part, "FRBRnumber", value=clean(act.number))
        elif level == "FRBRExpression":
            SubElement(part, "FRBRlanguage", language="ita")


def _voting(parent: Element, vote: Vote) -> None:
    result = vote.result or {}
    name = f"voto_{vote.pk}"
    voting = SubElement(parent, "voting", eId=name, outcome=f"#{result.get('outcome', 'not_computable')}")
    if result.get("quorum") is not None:
        SubElement(voting, "quorum", eId=f"{name}__quorum", value=str(result["quorum"]))
    for key in ("present", *COUNTED):
        SubElement(voting, "count", eId=f"{name}__{key}", value=str(result.get(key, 0)), refersTo=f"#{key}")


def _paragraphs(body: Element, act: Act, polls: Iterable[Vote], address: str) -> None:
    lines = [act.object_it, *act.point_list]
    for vote in polls:
        lines.append(f"{vote}: {vote.session}")
        groups: dict[str, list[str]] = {}
        for one in vote.ballots.all():
            groups.setdefault(str(one.get_option_display()), []).append(one.name)
        lines += [f"{option}: {', '.join(names)}" for option, names in groups.items()]
    lines += [act.source] if act.source else []
    for text in (*lines, address):
        SubElement(body, "p").text = clean(text)
