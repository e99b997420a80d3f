"""WFDB records without marks: the header is given, the signal lies beside it, R peaks are found.

A header names the files of its signals. Only plain names in the same folder are followed, so that a made-up header
leads nowhere else.
"""

from __future__ import annotations

import re
import warnings
from typing import Any

import numpy as np
import numpy.typing as npt

from uitknop.core import Phrase, Recording
from uitknop.core.errors import Malformed, NotRecognised, SourceError
from uitknop.sources.clock import zone_notes
from uitknop.sources.moved import noted
from uitknop.sources.probe import Probe
from uitknop.sources.r_peaks import check_signal, find_r_peaks, not_installed, recording_of
from uitknop.sources.source import Quality, Request, Source
from uitknop.sources.wfdb_header import HEADER, MARKS, RecordLine, beside, first_line, record_line, start_ms

NAME = "wfdb_signal"

_LEAD = re.compile(r"ECG|EKG|\b(?:M?L?I{1,3}|MLII|V[1-6]|aV[RLF])\b", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
_FEWEST_BITS = 8
_MOST_SIGNALS = 256
_MOST_HEADER_BYTES = 100_000
"""Of 256 signals the longest header takes a quarter of it; the library needs a second for each 200,000."""


def sniff(probe: Probe) -> float:
    """The end of the name, and a first line of a header."""
    if probe.shape != "file" or not probe.name.lower().endswith(HEADER):
        return 0.0
    return 0.9 if record_line(first_line(probe.head_text)) is not None else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """One recording.

    Raises:
        NotRecognised: marks lie beside it, which are read instead; or there is no electrocardiogram in it.
        SourceError: the part that reads it is not installed.
        Malformed: damaged, in segments, or in a zip file.
        Implausible, TooLarge: sampled too slowly, or too long.
    """
    line = record_line(first_line(probe.head_text))
    for end in MARKS:
        if beside(probe, end) is not None:
            raise NotRecognised(
                Phrase(
                    "{name} is the header of {marks}, which holds the beats. Give that file.",
                    {"name": probe.name, "marks": probe.name[: -len(HEADER)] + end},
                )
            )
    if line is None or line.n_signals == 0:
        raise NotRecognised(Phrase("{name} is a header without signals.", {"name": probe.name}))
    _refuse_what_is_not_followed(probe, line)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return (_read(probe, line, request),)
    except SourceError:
        raise
    except ImportError as fault:
        raise not_installed(probe.name) from fault
    except Exception as fault:
        # A damaged header or signal makes the library raise nearly anything.
        raise Malformed(Phrase("{name} or its signal is damaged. Copy both again.", {"name": probe.name})) from fault


def _refuse_what_is_not_followed(probe: Probe, line: RecordLine) -> None:
    if probe.archive is not None or probe.packed:
        raise Malformed(
            Phrase("{name} needs the signal that lies beside it. Unpack and give the folder.", {"name": probe.name})
        )
    if line.segments or line.n_signals > _MOST_SIGNALS:
        raise Malformed(
            Phrase("{name} is put together from segments. Give the header of each segment.", {"name": probe.name})
        )
    if probe.size > _MOST_HEADER_BYTES:
        raise Malformed(Phrase("{name} is longer than any header of a record.", {"name": probe.name}))
    if not _PLAIN.fullmatch(probe.path.name) or "::" in str(probe.path.absolute()):
        raise Malformed(
            Phrase(
                "{name} has an unusual name, by which its signal is not looked for. Rename both.", {"name": probe.name}
            )
        )
    for file in _signal_files(probe.head_text):
        if not _PLAIN.fullmatch(file) or not (probe.path.parent / file).is_file():
            raise Malformed(
                Phrase(
                    "{name} names a signal that does not lie beside it. Give the folder with all files of the record.",
                    {"name": probe.name},
                )
            )


def _signal_files(text: str) -> list[str]:
    """The first word of each line after the first, comments left out."""
    lines = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [words[0] for words in lines[1:]]


def _read(probe: Probe, line: RecordLine, request: Request) -> Recording:
    from wfdb import rdheader, rdrecord  # type: ignore[import-untyped]

    where = str(probe.path.absolute())[: -len(HEADER)]
    header = rdheader(where)
    lead = _lead_of(header, probe.name)
    n = _length(probe, header, lead)
    check_signal(n, line.rate_hz, probe.name)

    def block(first: int, last: int) -> npt.NDArray[np.float64]:
        record = rdrecord(where, sampfrom=first, sampto=last, channels=[lead])
        return np.asarray(record.p_signal[:, 0], np.float64)

    peak_ms = find_r_peaks(block, n, line.rate_hz, probe.name)
    at_ms = start_ms(line, request.zone)
    made = recording_of(peak_ms, line.rate_hz, source=NAME, name=probe.name, start_ms=at_ms, zone=request.zone or "UTC")
    return made if at_ms is None else noted(made, *zone_notes(request.zone))


def _lead_of(header: Any, name: str) -> int:
    """The first signal that is called an electrocardiogram or a lead of one."""
    for i, title in enumerate(header.sig_name or ()):
        if isinstance(title, str) and _LEAD.search(title):
            return i
    raise NotRecognised(Phrase("{name} names no electrocardiogram among its signals.", {"name": name}))


def _length(probe: Probe, header: Any, lead: int) -> int:
    """Samples of a lead, as far as its file can hold them: what a header says of itself is not trusted."""
    files = [str(file) for file in header.file_name]
    if header.samps_per_frame[lead] != 1:
        raise Malformed(Phrase("{name}: several samples in one frame are not read. Convert it.", {"name": probe.name}))
    held = (probe.path.parent / files[lead]).stat().st_size * 8 // (_FEWEST_BITS * files.count(files[lead]))
    return min(int(header.sig_len or held), held)


SOURCE = Source(
    NAME,
    Phrase("WFDB record with a signal (.hea, .dat)"),
    Quality(
        "fair", Phrase("The format is read by a library; tests use files made by us. R peaks are found, not read.")
    ),
    sniff,
    read,
)
