"""EDF and EDF+ (European Data Format): the first electrocardiogram in it, through `edfio`; R peaks are then found.

The file names the person, the birth date and the laboratory: none of that is read into a recording.
"""

from __future__ import annotations

import re
import warnings
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase, Recording
from uitknop.core.errors import Malformed, NotRecognised, SourceError
from uitknop.core.timeline import parse_iso
from uitknop.sources.clock import zone_notes
from uitknop.sources.moved import noted
from uitknop.sources.probe import Probe
from uitknop.sources.r_peaks import check_signal, find_r_peaks, not_installed, recording_of
from uitknop.sources.source import Quality, Request, Source

if TYPE_CHECKING:
    from edfio import Edf, EdfSignal

NAME = "edf"

_VERSION = b"0       "
_LEAD = re.compile(r"\b(?:ECG|EKG)", re.IGNORECASE)
_NO_DATE_YEAR = 1985
"""What a file says whose date was taken out."""

_MOST_SIGNALS = 512


def sniff(probe: Probe) -> float:
    """The version, and a size of the header that fits the number of signals."""
    head = probe.head
    if probe.shape != "file" or head[:8] != _VERSION or len(head) < 256:
        return 0.0
    header_bytes, n_signals = head[184:192].strip(), head[252:256].strip()
    if not (header_bytes.isdigit() and n_signals.isdigit()):
        return 0.0
    return 0.97 if int(header_bytes) == 256 * (int(n_signals) + 1) else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording.

    Raises:
        SourceError: the part that reads it is not installed.
        NotRecognised: no electrocardiogram in it.
        Malformed: damaged, or with interruptions.
        Implausible, TooLarge: sampled too slowly, or too long.
    """
    try:
        import edfio  # noqa: F401
    except ImportError as fault:
        raise not_installed(probe.name) from fault
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return (_read(probe, request),)
    except SourceError:
        raise
    except Exception as fault:
        # A damaged file makes the library raise nearly anything.
        raise Malformed(
            Phrase("{name} is no readable EDF file. Copy or export it again.", {"name": probe.name})
        ) from fault


def _read(probe: Probe, request: Request) -> Recording:
    from edfio import read_edf

    if int(probe.head[252:256]) > _MOST_SIGNALS:
        raise Malformed(Phrase("{name} holds more signals than any EDF file.", {"name": probe.name}))
    file = read_edf(probe.read() if probe.place or probe.packed else probe.path, lazy_load_data=True)
    if not file.is_continuous:
        raise Malformed(Phrase("{name} has interruptions inside. Export it as continuous EDF.", {"name": probe.name}))
    lead = _lead_of(file, probe.name)
    rate_hz = float(lead.sampling_frequency)
    n = round(file.num_data_records * lead.samples_per_data_record)
    check_signal(n, rate_hz, probe.name)

    def block(first: int, last: int) -> npt.NDArray[np.float64]:
        return np.asarray(lead.get_data_slice(first / rate_hz, last / rate_hz), np.float64)

    peak_ms = find_r_peaks(block, n, rate_hz, probe.name)
    start_ms = _start_ms(file, request.zone)
    made = recording_of(peak_ms, rate_hz, source=NAME, name=probe.name, start_ms=start_ms, zone=request.zone or "UTC")
    return made if start_ms is None else noted(made, *zone_notes(request.zone))


def _lead_of(file: Edf, name: str) -> EdfSignal:
    for signal in file.signals:
        if _LEAD.search(signal.label):
            return signal
    raise NotRecognised(
        Phrase("{name} holds no electrocardiogram: none of its signals is called ECG or EKG.", {"name": name})
    )


def _start_ms(file: Edf, zone: str | None) -> int | None:
    """UTC ms of the start; None when the date was taken out."""
    try:
        start: datetime = file.startdatetime
    except Exception:  # the library has an error of its own for a date that was taken out, as for one that can't be
        return None
    return None if start.year <= _NO_DATE_YEAR else parse_iso(start.replace(tzinfo=None).isoformat(), zone or "UTC")


SOURCE = Source(
    NAME,
    Phrase("EDF and EDF+ with an electrocardiogram"),
    Quality(
        "fair", Phrase("The format is read by a library; tests use files made by us. R peaks are found, not read.")
    ),
    sniff,
    read,
)
