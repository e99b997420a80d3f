"""All sources, and which of them knows a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal, cast

from uitknop.core import Phrase
from uitknop.core.errors import NotRecognised
from uitknop.sources.probe import Probe, decode, is_binary
from uitknop.sources.source import Source

Beginning = Literal["folder", "zip", "bytes", "markup", "json", "numbers", "words"]
"""How a probe begins: enough to leave most importers unopened, which takes longer than the look itself."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An importer that is known, and may not have been opened yet.

    Args:
        module: its name in this package; it holds a `SOURCE`.
        begins: how its files may begin; it is not asked about others.
    """

    module: str
    begins: frozenset[Beginning]

    @property
    def source(self) -> Source:
        """The importer, opened on first use."""
        return _opened(self.module)


@cache
def _opened(module: str) -> Source:
    return cast("Source", import_module(f"uitknop.sources.{module}").SOURCE)


def _listed(module: str, *begins: Beginning) -> Listed:
    return Listed(module, frozenset(begins))


LISTED: tuple[Listed, ...] = (
    _listed("own_export", "json", "words"),
    _listed("rr_text", "numbers", "words", "json", "markup"),
    _listed("elite_hrv", "numbers", "words", "json", "markup"),
    _listed("hrv_logger", "words"),
    _listed("selfloops", "numbers", "words"),
    _listed("polar", "json", "words"),
    _listed("welltory", "words"),
    _listed("empatica", "folder", "zip", "numbers", "words", "bytes"),
    _listed("garmin_fit", "bytes"),
    _listed("garmin_account", "json"),
    _listed("samsung", "json", "words"),
    _listed("health_connect", "bytes"),
    _listed("edf", "bytes", "numbers"),
    _listed("wfdb_marks", "bytes", "numbers", "words", "json", "markup"),
    _listed("wfdb_signal", "numbers", "words"),
    _listed("visible", "words"),
    _listed("fitbit", "json", "words"),
    _listed("apple_health", "markup", "words"),
    _listed("whoop", "words"),
    _listed("oura", "json", "words"),
    _listed("polar_flow", "json"),
    _listed("generic_csv", "numbers", "words", "json", "markup"),
)
"""Every format that can be read; of two that are as sure the first wins."""


PARSERS = "1"
"""Version of all importers together: raised when one of them gives other facts for the same file than before."""


def all_sources() -> tuple[Source, ...]:
    """Every importer, in the order of the list."""
    return tuple(listed.source for listed in LISTED)


def beginning_of(probe: Probe) -> Beginning:
    """How a probe begins."""
    if probe.shape != "file":
        return probe.shape
    if is_binary(probe.head):
        return "bytes"
    start = decode(probe.head).lstrip()[:1]
    if start == "<":
        return "markup"
    if start in ("{", "["):
        return "json"
    return "numbers" if start.isdigit() or start in ("-", "+", ".") else "words"


def best_source(probe: Probe) -> Source | None:
    """The source that is surest of a probe; None when none knows it. The first wins a tie."""
    best, certainty = None, 0.0
    for source in _asked(beginning_of(probe)):
        sure = source.sniff(probe)
        if sure > certainty:
            best, certainty = source, sure
    return best


def _asked(beginning: Beginning) -> Iterator[Source]:
    return (listed.source for listed in LISTED if beginning in listed.begins)


def source_of(probe: Probe) -> Source:
    """The source that is surest of a probe.

    Raises:
        NotRecognised: none knows it; the sentence says what was seen.
    """
    found = best_source(probe)
    if found is not None:
        return found
    if probe.shape == "folder":
        raise NotRecognised(
            Phrase("{name} holds no recording. Give a folder with recordings, or a file.", {"name": probe.name})
        )
    if probe.shape == "zip":
        raise NotRecognised(
            Phrase(
                "{name} holds no recording that is read from a zip file. Unpack it and give the folder.",
                {"name": probe.name},
            )
        )
    if not probe.head_text:
        raise NotRecognised(
            Phrase(
                "{name} is a binary file of a kind that is not known. Expected RR intervals as text or CSV, an "
                "Empatica folder or a FIT file.",
                {"name": probe.name},
            )
        )
    raise NotRecognised(
        Phrase(
            "{name} is text, but neither RR intervals nor a table with a known header. Export RR intervals, or say "
            "with a mapping which column is what.",
            {"name": probe.name},
        )
    )
