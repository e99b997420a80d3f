"""All sources, and which of them knows a file."""

from __future__ import annotations

from uitknop.core import Phrase
from uitknop.core.errors import NotRecognised
from uitknop.sources import (
    apple_health,
    edf,
    elite_hrv,
    empatica,
    fitbit,
    garmin_account,
    garmin_fit,
    generic_csv,
    health_connect,
    hrv_logger,
    oura,
    own_export,
    polar,
    polar_flow,
    rr_text,
    samsung,
    selfloops,
    visible,
    welltory,
    wfdb_marks,
    wfdb_signal,
    whoop,
)
from uitknop.sources.probe import Probe
from uitknop.sources.source import Source

SOURCES: tuple[Source, ...] = (
    own_export.SOURCE,
    rr_text.SOURCE,
    elite_hrv.SOURCE,
    hrv_logger.SOURCE,
    selfloops.SOURCE,
    polar.SOURCE,
    welltory.SOURCE,
    empatica.SOURCE,
    garmin_fit.SOURCE,
    garmin_account.SOURCE,
    samsung.SOURCE,
    health_connect.SOURCE,
    edf.SOURCE,
    wfdb_marks.SOURCE,
    wfdb_signal.SOURCE,
    visible.SOURCE,
    fitbit.SOURCE,
    apple_health.SOURCE,
    whoop.SOURCE,
    oura.SOURCE,
    polar_flow.SOURCE,
    generic_csv.SOURCE,
)
"""Every format that can be read."""


PARSERS = "1"
"""Version of all importers together: raised when one of them gives other facts for the same file than before."""


def best_source(probe: Probe) -> Source | None:
    """The source that is surest of a probe; None when none knows it. The first wins a tie."""
    best, certainty = None, 0.0
    for source in SOURCES:
        sure = source.sniff(probe)
        if sure > certainty:
            best, certainty = source, sure
    return best


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
