"""Fitbit: the files of its own account export and of Google Takeout, old JSON and newer CSV.

A file is known by the fields or columns it begins with, and by its name only where those fit two kinds: the folders
have changed more than once. No Fitbit file holds beats.
"""

from __future__ import annotations

from uitknop.core import Phrase, Recording
from uitknop.sources.fitbit_json import JSON_KINDS
from uitknop.sources.fitbit_tables import table_kind
from uitknop.sources.json_text import head_keys, read_json
from uitknop.sources.probe import Probe
from uitknop.sources.source import Quality, Request, Source

NAME = "fitbit"


def sniff(probe: Probe) -> float:
    """Fields or columns of a kind of file that is read."""
    if probe.shape != "file":
        return 0.0
    return 0.95 if _json_kind(probe) is not None or table_kind(probe) is not None else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording for the file: samples, sleep stages or workouts; none when all it holds is missing.

    Raises:
        SourceError: broken content, with its place.
    """
    kind = _json_kind(probe)
    if kind is not None:
        return JSON_KINDS[kind].read(read_json(probe), probe.name, request.zone)
    reader = table_kind(probe)
    return () if reader is None else reader(probe, request.zone)


def _json_kind(probe: Probe) -> str | None:
    keys = head_keys(probe)
    for name, kind in JSON_KINDS.items():
        if kind.fields <= keys and (not kind.named or probe.name.lower().startswith(name)):
            return name
    return None


SOURCE = Source(
    NAME,
    Phrase("Fitbit and Google Takeout"),
    Quality("fair", Phrase("The shapes are known from public readers and descriptions; no authentic file was seen.")),
    sniff,
    read,
)
