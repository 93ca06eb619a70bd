"""The chain as W3C PROV-JSON (https://www.w3.org/submissions/prov-json/): what was derived from what, and by whom.

Everything in the chain is an entity; acts are activities of the authority that adopted the edition; what answers or
groups voices is attributed to the authority. Nobody who spoke or wrote is an agent: the chain names no person.
"""

from collections.abc import Mapping
from typing import Any, Final

from aumenta.chain.as_json import Address
from aumenta.chain.graph import Chain, Node

OFFICES: Final = {"answer", "issue", "theme", "strategy", "action", "edition"}
"""Kinds that the authority made out of what was said."""


def prov_json(chain: Chain, address: Address, *, base: str, authority: str) -> dict[str, Any]:
    """A PROV-JSON document. `base` is the address of the site, `authority` the name of who publishes the plan."""
    entities = {_id(node): _entity(node, address) for node in chain.nodes.values() if node.kind != "act"}
    acts = {_id(node): _activity(node, address) for node in chain.of_kind("act")}
    derived: dict[str, dict[str, str]] = {}
    adopted: dict[str, dict[str, str]] = {}
    parts: dict[str, dict[str, str]] = {}
    for number, tie in enumerate(chain.ties, 1):
        before, after = _id(chain.nodes[tie.before]), _id(chain.nodes[tie.after])
        how = {"aum:how": tie.how}
        if tie.how == "adopted_by":
            adopted[f"_:a{number}"] = {"prov:entity": before, "prov:activity": after, **how}
        elif tie.how == "part_of":
            parts[f"_:m{number}"] = {"prov:collection": after, "prov:entity": before}
        else:
            derived[f"_:d{number}"] = {"prov:generatedEntity": after, "prov:usedEntity": before, **how}
    made = [node for node in chain.nodes.values() if node.kind in OFFICES]
    return {
        "prefix": {"aum": f"{base}/id/", "prov": "http://www.w3.org/ns/prov#"},
        "entity": entities,
        "activity": acts,
        "agent": {
            "aum:authority": {"prov:type": {"$": "prov:Organization", "type": "prov:QUALIFIED_NAME"}}
            | _label(authority)
        },
        "wasDerivedFrom": derived,
        "wasGeneratedBy": adopted,
        "hadMember": parts,
        "wasAttributedTo": {
            f"_:t{n}": {"prov:entity": _id(node), "prov:agent": "aum:authority"} for n, node in enumerate(made, 1)
        },
        "wasAssociatedWith": {
            f"_:w{n}": {"prov:activity": act, "prov:agent": "aum:authority"} for n, act in enumerate(acts, 1)
        },
    }


def _id(node: Node) -> str:
    return f"aum:{node.key}"


def _label(text: str) -> dict[str, str]:
    return {"prov:label": text}


def _entity(node: Node, address: Address) -> Mapping[str, Any]:
    told = {
        "prov:label": node.title_it or node.words,
        "aum:kind": node.kind,
        "aum:state": node.state,
        "aum:words": node.words,
        "aum:day": node.day.isoformat() if node.day else "",
        "prov:location": address(node),
    }
    kept: dict[str, Any] = {name: value for name, value in told.items() if value}
    if node.kind == "edition":
        kept["prov:type"] = {"$": "prov:Collection", "type": "prov:QUALIFIED_NAME"}
    return {**kept, "aum:invented": True} if node.invented else kept


def _activity(node: Node, address: Address) -> Mapping[str, Any]:
    told = {"prov:label": node.title_it, "aum:kind": "act", "aum:state": node.state, "prov:location": address(node)}
    kept = {name: value for name, value in told.items() if value}
    return {**kept, "prov:endTime": f"{node.day.isoformat()}T00:00:00"} if node.day else kept
