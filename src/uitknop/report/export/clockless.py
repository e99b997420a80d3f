"""A recording without a clock as one JSON file: its beats, samples and lines share a time line with nothing else, so
they stay together. Such recordings are short; their pieces are gathered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from uitknop.core import Beats, Recording, Samples
from uitknop.core.table import plain
from uitknop.report.export.block import Block, Ledger, encoded, slug
from uitknop.report.export.series_files import FORMAT, MARKER


@dataclass(slots=True)
class ClocklessFiles:
    """Gathers recordings without a clock and writes each as a file of its own."""

    ledger: Ledger
    _pieces: dict[tuple[str, str, str], list[Recording]] = field(default_factory=dict)

    def add(self, piece: Recording) -> None:
        """One more piece; pieces of one source, name and person are one recording."""
        self._pieces.setdefault((piece.source, piece.name, piece.person), []).append(piece)

    def blocks(self) -> Iterator[Block]:
        """The files."""
        for number, pieces in enumerate(self._pieces.values(), start=1):
            first = pieces[0]
            name = "_".join(word for word in ("clockless", f"{number:03d}", slug(first.source)) if word) + ".json"
            beats = [_beats(piece.beats) for piece in pieces if piece.beats is not None and len(piece.beats)]
            samples = [_samples(series) for piece in pieces for series in piece.samples if len(series)]
            told = {
                MARKER: FORMAT,
                "table": "recording",
                "source": first.source,
                "name": first.name,
                "person": first.person,
                "grade": max(piece.grade for piece in pieces),
                "beats": beats,
                "samples": samples,
                "entries": [entry.to_dict() for piece in pieces for entry in piece.entries],
            }
            self.ledger.rows[name] = sum(len(part["t_ms"]) for part in (*beats, *samples))
            yield Block(name, encoded(json.dumps(told, ensure_ascii=False) + "\n"))


def _beats(beats: Beats) -> dict[str, Any]:
    return {
        "kind": beats.kind,
        "device": beats.device,
        "tick_ms": beats.tick_ms,
        "t_ms": beats.t_ms.tolist(),
        "rr_ms": beats.rr_ms.tolist(),
        "starts_run": beats.starts_run.astype(int).tolist(),
        "flag": beats.flag.tolist(),
    }


def _samples(series: Samples) -> dict[str, Any]:
    return {
        "kind": series.kind,
        "unit": series.unit,
        "device": series.device,
        "t_ms": series.t_ms.tolist(),
        "value": plain(series.value),
    }
