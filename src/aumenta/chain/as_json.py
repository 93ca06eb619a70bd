"""The chain as plain values: every action with its evidence, every voice with its outcome, and what is left alone."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from aumenta.chain.graph import VOICES, Chain, Node

FORMAT: Final = "aumenta-chain/1"
Address = Callable[[Node], str]
"""Where a node is read: an address of the site, empty where it has no page."""


def as_json(chain: Chain, address: Address, today: date) -> dict[str, Any]:
    """`actions` with `evidence`, `measured_by` and whether it is an orphan, `voices` with `outcome` and `led_to`, all
    `nodes` and `ties`, and the keys of `orphans`."""
    alone = {node.key for node in chain.orphans(today)}
    return {
        "format": FORMAT,
        "edition": chain.edition,
        "day": today.isoformat(),
        "actions": [
            {
                **_node(node, address),
                "evidence": [one.key for one in chain.evidence(node.key)],
                "measured_by": [one.key for one in chain.led_to(node.key) if one.kind == "indicator"],
                "orphan": node.key in alone,
            }
            for node in chain.of_kind("action")
        ],
        "voices": [
            {
                **_node(node, address),
                "outcome": chain.outcome(node.key),
                "led_to": [one.key for one in chain.led_to(node.key)],
                "orphan": node.key in alone,
            }
            for node in chain.of_kind(*VOICES)
        ],
        "others": [
            _node(node, address) for node in chain.nodes.values() if node.kind not in VOICES and node.kind != "action"
        ],
        "ties": [{"before": tie.before, "how": tie.how, "after": tie.after} for tie in chain.ties],
        "orphans": sorted(alone),
    }


def _node(node: Node, address: Address) -> Mapping[str, Any]:
    told = {
        "key": node.key,
        "kind": node.kind,
        "title_it": node.title_it,
        "title_en": node.title_en,
        "words": node.words,
        "state": node.state,
        "day": node.day.isoformat() if node.day else "",
        "due": node.due.isoformat() if node.due else "",
        "passed_to": node.about.get("passed_to", ""),
        "sheet_words": node.about.get("sheet_words", ""),
        "address": address(node),
    }
    kept = {name: value for name, value in told.items() if value}
    return {**kept, "invented": True} if node.invented else kept
