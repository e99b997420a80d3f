"""Conditions as they stand in data files, such as `{ any = [{ item = "a", is = 2 }, { item = "b", is = 1 }] }`."""

from __future__ import annotations

from collections.abc import Mapping

from uitknop.instruments.condition import Condition, Count, Not, Picked, Within, all_of, any_of
from uitknop.instruments.instrument import NONE, Item
from uitknop.instruments.toml_node import Node


def read_condition(node: Node, items: Mapping[str, Item]) -> Condition:
    """One condition, its items and keys looked up.

    Args:
        node: a table with `any`, `all`, `count` and `at_least`, `not`, or `item` and what it is compared with: `is`,
            `at_least`, `at_most` of a number; `picked` (keys, or "any") of an item with several answers.
        items: what it may ask after.
    Raises:
        KnowledgeError: not one of these, or an item, number or key that does not exist.
    """
    found: Condition
    if node.has("any"):
        found = any_of(*_parts(node, "any", items))
    elif node.has("all"):
        found = all_of(*_parts(node, "all", items))
    elif node.has("count"):
        found = Count(tuple(_parts(node, "count", items)), node.take("at_least", int))
    elif node.has("not"):
        found = Not(read_condition(node.node("not"), items))
    else:
        found = _compared(node, items)
    node.done()
    return found


def _parts(node: Node, key: str, items: Mapping[str, Item]) -> list[Condition]:
    parts = [read_condition(part, items) for part in node.nodes(key)]
    if not parts:
        raise node.fault(key, "a list of conditions", "nothing")
    return parts


def _compared(node: Node, items: Mapping[str, Item]) -> Condition:
    name = node.take("item", str)
    if name not in items:
        raise node.fault("item", "the name of an item", name)
    item = items[name]
    if item.kind == "many":
        return _picked(node, item)
    if node.has("is"):
        value = node.take("is", int)
        low = high = value
    else:
        low, high = node.take("at_least", int, item.low), node.take("at_most", int, item.high)
    if not item.low <= low <= high <= item.high or (low, high) == (item.low, item.high):
        raise node.fault("item", f"a part of {item.low} to {item.high}", f"{low} to {high}")
    return Within(name, low, high)


def _picked(node: Node, item: Item) -> Picked:
    every = tuple(key for key in item.keys if key != NONE)
    keys = every if node.takes("picked", "any") else node.words("picked")
    if not keys or not set(keys) <= set(item.keys):
        raise node.fault("picked", "keys of that item", ", ".join(keys) or "nothing")
    return Picked(item.id, keys, node.take("at_least", int, 1), node.take("at_most", int, len(keys)))
