"""The items of a data file: questions worded here in two languages, or the bare shape of an official instrument."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from uitknop.instruments.condition import Picked
from uitknop.instruments.instrument import NONE, FlagRule, Item, ItemKind, Option, Urgency
from uitknop.instruments.text import OWN_WORDING
from uitknop.instruments.toml_condition import read_condition
from uitknop.instruments.toml_node import Node

URGENCIES: tuple[Urgency, ...] = ("now", "112", "today", "days", "doctor", "help", "adapted")

_Set = tuple[tuple[Option, ...], dict[str, Urgency]]
"""A set of options, and which of them raise a flag."""


def read_items(node: Node) -> tuple[dict[str, Item], tuple[FlagRule, ...]]:
    """The items of an instrument by name, and the flags that their options raise.

    Raises:
        KnowledgeError: an item breaks the format, or two have one name.
    """
    if node.has("items"):
        return _bare_items(node.node("items")), ()
    sets = _read_sets(node)
    items: dict[str, Item] = {}
    rules: list[FlagRule] = []
    for number, row in enumerate(node.nodes("item"), 1):
        options, urgencies = sets[row.one_of("options", tuple(sets))] if row.has("options") else ((), {})
        item = _read_item(row, number, options, items)
        if item.id in items:
            raise row.fault("id", "a name of its own", item.id)
        items[item.id] = item
        rules += [FlagRule(key, urgency, Picked(item.id, (key,), 1, 1)) for key, urgency in urgencies.items()]
    return items, tuple(rules)


def _read_sets(node: Node) -> dict[str, _Set]:
    found: dict[str, _Set] = {}
    outer = node.node("options") if node.has("options") else Node({}, node.file)
    for name in outer.names():
        table = outer.node(name)
        options, urgencies = [], {}
        for place, key in enumerate(table.names()):
            row = table.node(key)
            if row.has("urgency"):
                urgencies[key] = cast("Urgency", row.one_of("urgency", URGENCIES))
            numbered = key.isdecimal()
            options.append(Option(int(key) if numbered else place, row.text(), "" if numbered else key))
            row.done()
        found[name] = tuple(options), urgencies
    return found


def _read_item(row: Node, number: int, options: tuple[Option, ...], before: Mapping[str, Item]) -> Item:
    kind = cast("ItemKind", row.one_of("kind", ("choice", "number", "many"), "choice"))
    keyed = [bool(option.key) for option in options]
    if (kind == "number") == bool(options) or (kind == "many") != any(keyed) or (any(keyed) and not all(keyed)):
        raise row.fault("options", f"the options of a {kind}", "others")
    if kind == "many" and options[-1].key != NONE:
        raise row.fault("options", "none of these as the last", options[-1].key)
    values = [option.value for option in options]
    item = Item(
        id=row.take("id", str),
        number=number,
        kind=kind,
        low=row.take("low", int) if kind == "number" else min(values),
        high=row.take("high", int) if kind == "number" else max(values),
        options=options,
        text=row.text(),
        needs=read_condition(row.node("needs"), before) if row.has("needs") else None,
        from_day=row.take("from_day", int, 1),
        label=OWN_WORDING,
    )
    row.done()
    return item


def _bare_items(node: Node) -> dict[str, Item]:
    """Items without wording: how many, from where to where, what each is about, and its LOINC code.

    `names` gives other names than 1, 2, 3 ...; `allowed`, `lows` and `highs` give each item its own numbers, `step`
    leaves out those between.
    """
    count = node.take("count", int)
    names = node.words("names") or tuple(str(number) for number in range(1, count + 1))
    lows = node.numbers("lows") or (node.take("low", int),) * count
    highs = node.numbers("highs") or (node.take("high", int),) * count
    constructs, loinc = node.words("constructs") or ("",) * count, node.words("loinc") or ("",) * count
    step = node.take("step", int, 1)
    allowed = node.node("allowed") if node.has("allowed") else Node({}, node.file)
    if {count} != {len(names), len(lows), len(highs), len(constructs), len(loinc)}:
        raise node.fault("count", "as many of everything", str(count))
    items = {}
    for place, name in enumerate(names):
        low, high, numbers = lows[place], highs[place], allowed.numbers(name)
        if step > 1:
            numbers = tuple(range(low, high + 1, step))
        items[name] = Item(
            *(name, place + 1, "number", low, high), allowed=numbers, construct=constructs[place], loinc=loinc[place]
        )
    allowed.done()
    node.done()
    return items
