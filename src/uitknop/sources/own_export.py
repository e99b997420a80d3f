"""What `uitknop export` wrote, read back: the same facts under the names of the sources they first came from.

Tables of beats and samples carry their series in a comment line; diary lines and recordings without a clock are JSON.
The conclusions among the files are no facts, and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from uitknop.core import Beats, Phrase, Recording, Samples
from uitknop.core.errors import NotRecognised, TooLarge
from uitknop.sources import limits
from uitknop.sources.own_json import read_own_json
from uitknop.sources.own_series import MARKER, OwnSeries, comment_of
from uitknop.sources.own_tables import Rows, beat_rows, sample_rows
from uitknop.sources.probe import Probe
from uitknop.sources.source import Quality, Request, Source

NAME = "uitknop"

_TABLE = f'# {{"{MARKER}":'.encode()
_JSON = f'{{"{MARKER}":'.encode()
_NO_FACTS = (
    b"at_ms,start,end_ms,end,zone,kind,value,label,person\n",
    b"start,end,start_s,end_s,kind,label,posture,answer,probability,movement,level_band,",
    b"kind,label,n,n_judged,reasons,share_settled,",
    b"day_hr_bpm,night_hr_bpm,day_ln_rmssd,night_ln_rmssd,n_days,",
    b'{\n "recordings": [',
    b'{\n "name": "uitknop-export",',
)
"""How the other files of an export begin: their facts stand in the JSON, or they hold conclusions."""


def sniff(probe: Probe) -> float:
    """The first bytes, which no other program writes."""
    return 1.0 if probe.shape == "file" and probe.head.startswith((_TABLE, _JSON, *_NO_FACTS)) else 0.0


def read(probe: Probe, request: Request) -> tuple[Recording, ...]:
    """The one series, the diary, or the recording without a clock.

    Raises:
        NotRecognised: a file of an export that holds no facts.
        Malformed: not as it was written, with the line or place.
        TooLarge: more rows than are held at once; `parts` takes them.
    """
    if not probe.head.startswith(_TABLE):
        return _json(probe)
    series = comment_of(probe)
    rows: list[Rows] = []
    n = 0
    for block in _rows(probe, series):
        n += block.size
        if n > limits.BEATS:
            raise TooLarge(
                Phrase(
                    "{name} holds more than {most} rows, the most that is held at once. Take it into your file with "
                    "uitknop import.",
                    {"name": probe.name, "most": limits.BEATS},
                )
            )
        rows.append(block)
    return (_recording(np.concatenate(rows), series, probe.name),)


def parts(probe: Probe, request: Request) -> Iterator[Recording]:
    """The same in pieces; a piece of beats that goes on from the one before begins with the last beat of that one.

    Raises:
        NotRecognised, Malformed: as for `read`.
    """
    if not probe.head.startswith(_TABLE):
        yield from _json(probe)
        return
    series = comment_of(probe)
    last: Rows | None = None
    for block in _rows(probe, series):
        goes_on = series.beat_kind is not None and last is not None and not block["starts_run"][0]
        yield _recording(np.concatenate((last, block)) if goes_on and last is not None else block, series, probe.name)
        last = block[-1:].copy()


def _json(probe: Probe) -> tuple[Recording, ...]:
    if probe.head.startswith(_JSON):
        return read_own_json(probe, NAME)
    raise NotRecognised(
        Phrase(
            "{name} is part of an export and holds no facts of its own. Give beats_*.csv, samples_*.csv, "
            "clockless_*.json or entries_*.json, or the folder.",
            {"name": probe.name},
        )
    )


def _rows(probe: Probe, series: OwnSeries) -> Iterator[Rows]:
    return sample_rows(probe) if series.beat_kind is None else beat_rows(probe)


def _recording(rows: Rows, series: OwnSeries, name: str) -> Recording:
    about = (series.source, name, series.clock)
    if series.beat_kind is None:
        samples = Samples(series.sample_kind, rows["t_ms"], rows["value"], series.device)
        return Recording(*about, None, (samples,), grade=series.grade, person=series.person)
    starts = rows["starts_run"].astype(np.bool_)
    starts[0] = True
    beats = Beats(
        rows["t_ms"],
        rows["value"],
        rows["flag"],
        np.flatnonzero(starts),
        series.tick_ms,
        series.source,
        series.device,
        series.beat_kind,
    )
    return Recording(*about, beats, grade=series.grade, person=series.person)


SOURCE = Source(
    NAME,
    Phrase("Uitknop's own export"),
    Quality("solid", Phrase("Every file that is exported is read back in the tests and gives the same facts.")),
    sniff,
    read,
    parts,
)
