"""The declarative format: a data file becomes instruments, every reference looked up and every sum checked.

README.md in this room shows the format. What breaks it is a `KnowledgeError` that names the file and the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from uitknop.instruments.instrument import Contradiction, FlagRule, Instrument, Item, Licence, Urgency, Wording
from uitknop.instruments.toml_condition import read_condition
from uitknop.instruments.toml_items import URGENCIES, read_items
from uitknop.instruments.toml_node import Node, parse
from uitknop.instruments.toml_rules import read_decisions, read_scales

_LICENCES = ("own", "free", "non_commercial", "permission", "contract")


def read_instruments(text: str, file: str) -> tuple[Instrument, ...]:
    """Every instrument of a data file.

    Args:
        text: the file, TOML: one instrument at the top, or several as `[[instrument]]`.
        file: its name, for errors.
    Raises:
        KnowledgeError: the file breaks the format.
    """
    top = parse(text, file)
    if not top.has("instrument"):
        return (_read_one(top),)
    found = tuple(_read_one(node) for node in top.nodes("instrument"))
    top.done()
    return found


def _read_one(node: Node) -> Instrument:
    items, raised = read_items(node)
    instrument = Instrument(
        id=node.take("id", str),
        version=node.take("version", str),
        title=node.text_of("title"),
        about=node.text_of("about"),
        wording=cast("Wording", node.one_of("wording", ("own", "absent"))),
        licence=cast("Licence", node.one_of("licence", _LICENCES)),
        period_days=node.take("period_days", int),
        reference=node.take("reference", str, ""),
        burden_taps=node.take("burden_taps", int),
        items=tuple(items.values()),
        scales=read_scales(node, items),
        decisions=read_decisions(node, items),
        contradictions=_read_contradictions(node, items),
        flags=(*raised, *_read_flags(node, items)),
        panel=node.take("panel", str, ""),
        total=node.take("total", str, ""),
        also=node.words("also"),
        groups=node.take("groups", int, 0),
        unlimited=node.take("unlimited", bool, False),
        repeat_days=node.take("repeat_days", int, 0),
    )
    _check(node, instrument)
    node.done()
    return instrument


def _read_contradictions(node: Node, items: Mapping[str, Item]) -> tuple[Contradiction, ...]:
    found = []
    for row in node.parts("contradiction"):
        when = read_condition(row.node("when"), items)
        found.append(Contradiction(when, row.text()))
        row.done()
    return tuple(found)


def _read_flags(node: Node, items: Mapping[str, Item]) -> tuple[FlagRule, ...]:
    found = []
    for row in node.nodes("flag"):
        urgency = cast("Urgency", row.one_of("urgency", URGENCIES))
        found.append(FlagRule(row.take("id", str), urgency, read_condition(row.node("when"), items)))
        row.done()
    return tuple(found)


def _check(node: Node, instrument: Instrument) -> None:
    """Own wording is labelled and has no published limits; official wording is absent; taps are those of its items."""
    own = instrument.wording == "own"
    if own != (instrument.licence == "own") or any((item.label is not None) != own for item in instrument.items):
        raise node.fault("wording", "own wording with its label, or an official instrument without words", "a mixture")
    if own and any(scale.cutoffs for scale in instrument.scales):
        raise node.fault("scale", "no published limit on own wording", "one")
    taps = sum(item.needs is None for item in instrument.items)
    if taps != instrument.burden_taps:
        raise node.fault("burden_taps", str(taps), str(instrument.burden_taps))
