"""Lines of a request that are no lines of a diary: they are set aside with their reason, and the rest is walked.

A slip in one line must not hide a sign in the others, nor one in the line itself: what can be made of it is kept as a
line that raises a sign and does nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from uitknop.core import Entry, Phrase, Value
from uitknop.core.errors import SourceError
from uitknop.core.recording import EntryKind
from uitknop.core.timeline import zone_of

EARLIEST_MS, LATEST_MS = -2_208_988_800_000, 7_258_118_400_000
"""From 1900 to 2200, as the schema has it."""


@dataclass(frozen=True, slots=True)
class SetAside(Value):
    """A line that can't be read.

    Args:
        entry: what can be made of it; signs are looked for in it, and nothing else.
        why: what is wrong with it.
    """

    entry: Entry
    why: Phrase


def set_aside(told: object, why: Phrase, now_ms: int) -> SetAside:
    """A line that is none, with what can be made of it.

    Args:
        told: what stood in its place, anything.
        why: what is wrong with it.
        now_ms: UTC ms, for a line without a moment.
    """
    fields: Mapping[str, Any] = told if isinstance(told, dict) else {"value": told}
    at_ms, zone, kind = fields.get("at_ms"), fields.get("zone"), fields.get("kind")
    moment = at_ms if type(at_ms) is int and EARLIEST_MS <= at_ms <= LATEST_MS else now_ms
    beside = " . ".join(_text(value) for name, value in fields.items() if name not in Entry.__slots__)
    value = " . ".join(part for part in (_text(fields.get("value", "")), beside) if part)
    label = _text(fields.get("label", ""))
    entry = Entry(moment, _zone(zone), cast("EntryKind", kind if isinstance(kind, str) else ""), value, None, label)
    return SetAside(entry, why)


def _text(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_text, value))
    return "" if value is None else str(value)


def _zone(name: object) -> str:
    try:
        zone_of(str(name))
    except SourceError:
        return "UTC"
    return str(name)
