"""One line of a diary as text, and back; what comes back is checked."""

from __future__ import annotations

import json
from typing import get_args

from uitknop.core.recording import Entry, EntryKind

VERSION = 1


def entry_to_json(entry: Entry) -> bytes:
    """The entry as one line of JSON."""
    told = [VERSION, entry.at_ms, entry.zone, entry.kind, entry.value, entry.end_ms, entry.label]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def entry_from_json(text: bytes) -> Entry:
    """The entry that was written.

    Raises:
        ValueError: not an entry of this version.
    """
    try:
        told = json.loads(text)
    except RecursionError:
        raise ValueError("not an entry") from None
    if type(told) is not list or len(told) != 7 or told[0] != VERSION:
        raise ValueError("not an entry")
    _, at_ms, zone, kind, value, end_ms, label = told
    words = (zone, kind, value, label)
    if type(at_ms) is not int or (end_ms is not None and type(end_ms) is not int):
        raise ValueError("not an entry")
    if not all(type(word) is str for word in words) or kind not in get_args(EntryKind):
        raise ValueError("not an entry")
    return Entry(at_ms, zone, kind, value, end_ms, label)
