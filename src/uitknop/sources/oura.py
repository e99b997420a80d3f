"""Oura: the table of trends, and the account export as JSON. Neither holds beats; RMSSD of five minutes at best."""

from __future__ import annotations

from uitknop.core import Phrase, Recording
from uitknop.sources.json_text import head_keys, read_json
from uitknop.sources.oura_account import read_account
from uitknop.sources.oura_trends import is_trends, read_trends
from uitknop.sources.probe import Probe
from uitknop.sources.source import Quality, Request, Source

NAME = "oura"

_PERIOD = frozenset({"bedtime_start", "bedtime_end"})
_PERIOD_TOO = frozenset({"sleep_phase_5_min", "average_hrv", "lowest_heart_rate", "hrv", "time_in_bed"})


def sniff(probe: Probe) -> float:
    """Sleep periods as Oura's programming interface describes them, or the columns of the table of trends."""
    if probe.shape != "file":
        return 0.0
    keys = head_keys(probe)
    if keys:
        # An account may begin with other lists than those of sleep; then its name has to tell.
        return 0.95 if keys >= _PERIOD and keys & _PERIOD_TOO else 0.5 if "oura" in probe.name.lower() else 0.0
    return 0.95 if probe.head_lines and is_trends(probe.head_lines[0]) else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording for a table; of an account one for each year.

    Raises:
        SourceError: broken content, with its place.
    """
    if head_keys(probe):
        return read_account(read_json(probe), request.zone)
    return read_trends(probe, request.zone)


SOURCE = Source(
    NAME,
    Phrase("Oura trends and account export"),
    Quality(
        "experimental",
        Phrase("The table is known from public readers, the account only from Oura's programming interface."),
    ),
    sniff,
    read,
)
