"""The scales and decisions of a data file, every item looked up and every range worked out and compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from uitknop.instruments.instrument import Cutoff, Decision, How, Item, Scale, Side
from uitknop.instruments.scoring import ends
from uitknop.instruments.toml_condition import read_condition
from uitknop.instruments.toml_node import Node

_TOLERANCE = 0.01
"""Weights are published with four decimals, so that the ends of a weighted scale come out at 40.0 or 99.999."""


def read_scales(node: Node, items: Mapping[str, Item]) -> tuple[Scale, ...]:
    """The scales of an instrument.

    A row with `each = n` stands for n scales, `{n}` in its names being 1 to n.

    Raises:
        KnowledgeError: a row breaks the format, or `low` and `high` are not what the items give.
    """
    scales: list[Scale] = []
    for row in node.parts("scale"):
        scales.append(_read_scale(row, items, scales))
    return tuple(scales)


def read_decisions(node: Node, items: Mapping[str, Item]) -> tuple[Decision, ...]:
    """The decisions of an instrument; `each` works as in scales.

    Raises:
        KnowledgeError: a row breaks the format.
    """
    found = []
    for row in node.parts("decision"):
        yes, no, unknown = (row.text_of(key) if row.has(key) else None for key in ("yes", "no", "unknown"))
        when = read_condition(row.node("when"), items)
        source, verified = row.take("source", str), row.take("verified", bool)
        found.append(Decision(row.take("id", str), when, yes, no, unknown, source, verified))
        row.done()
    return tuple(found)


def _read_scale(row: Node, items: Mapping[str, Item], before: list[Scale]) -> Scale:
    scale = Scale(
        id=row.take("id", str),
        title=row.text(),
        items=_names(row, "items", items),
        how=cast("How", row.one_of("how", ("sum", "mean", "percent"), "sum")),
        low=row.take("low", float),
        high=row.take("high", float),
        reversed=_names(row, "reversed", items),
        recode=row.numbers("recode"),
        weights=_weights(row),
        factor=row.take("factor", float, 1.0),
        may_miss=row.take("may_miss", int, 0),
        cutoffs=tuple(_read_cutoff(cutoff) for cutoff in row.nodes("cutoff")),
        verified=row.take("verified", bool, True),
    )
    _check(row, scale, items)
    if scale.id in {other.id for other in before}:
        raise row.fault("id", "a name of its own", scale.id)
    row.done()
    return scale


def _check(row: Node, scale: Scale, items: Mapping[str, Item]) -> None:
    counted = [items[name] for name in scale.items]
    if not counted or any(item.kind == "many" for item in counted):
        raise row.fault("items", "items with a number", "others")
    if not set(scale.reversed) <= set(scale.items):
        raise row.fault("reversed", "items of the scale", ", ".join(scale.reversed))
    if scale.weights and len(scale.weights) != len(counted):
        raise row.fault("weights", f"{len(counted)} weights", str(len(scale.weights)))
    if scale.recode and any((item.low, item.high + 1) != (0, len(scale.recode)) for item in counted):
        raise row.fault("recode", "a number for each answer from 0", str(len(scale.recode)))
    if scale.may_miss and scale.how != "mean":
        raise row.fault("may_miss", "0 unless the scale is a mean", str(scale.may_miss))
    low, high = ends(scale, counted)
    if scale.how == "percent":
        low, high = 0.0, 100.0
    elif scale.how == "mean":
        low, high = low / len(counted), high / len(counted)
    for key, worked_out, told in (("low", low, scale.low), ("high", high, scale.high)):
        if abs(worked_out * scale.factor - told) > _TOLERANCE:
            raise row.fault(key, f"{worked_out * scale.factor:g}", f"{told:g}")


def _read_cutoff(row: Node) -> Cutoff:
    cutoff = Cutoff(
        cast("Side", row.one_of("side", ("at_least", "above", "at_most", "below"), "at_least")),
        row.take("value", float),
        row.text(),
        row.take("source", str),
        row.take("version", str, ""),
        row.take("verified", bool),
    )
    row.done()
    return cutoff


def _weights(row: Node) -> tuple[float, ...]:
    return tuple(float(weight) for weight in row.take("weights", list, []))


def _names(row: Node, key: str, items: Mapping[str, Item]) -> tuple[str, ...]:
    """Names of items: "all", or a list of names, numbers and stretches such as "1-8"."""
    if row.takes(key, "all"):
        return tuple(items)
    names: list[str] = []
    for word in row.take(key, list, []):
        first, dash, last = str(word).partition("-")
        names += [str(number) for number in range(int(first), int(last) + 1)] if dash else [str(word)]
    for name in names:
        if name not in items:
            raise row.fault(key, "names of items", name)
    return tuple(names)
