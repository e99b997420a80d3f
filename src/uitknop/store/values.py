"""What the store says of itself: where facts came from, what was new, which series there are."""

from __future__ import annotations

from dataclasses import dataclass

from uitknop.core.table import Value


@dataclass(frozen=True, slots=True)
class Origin(Value):
    """Where a batch came from.

    Args:
        name: name of the file, without its path.
        sha256: digest of the file's bytes, hexadecimal.
        source: name of the source that read it.
        parser: version of the importer.
        options: zone, start and mapping as text: what else decided how the file was read.
        added_ms: UTC ms at which it was added.
    """

    name: str
    sha256: str
    source: str
    parser: str
    options: str
    added_ms: int


@dataclass(frozen=True, slots=True)
class Kept(Value):
    """How many facts were new, known already, or kept aside because the same moment says something else.

    >>> Kept(3, 1, 0) + Kept(0, 4, 1)
    Kept(n_new=3, n_known=5, n_aside=1)
    """

    n_new: int = 0
    n_known: int = 0
    n_aside: int = 0

    def __add__(self, other: Kept) -> Kept:
        return Kept(self.n_new + other.n_new, self.n_known + other.n_known, self.n_aside + other.n_aside)


@dataclass(frozen=True, slots=True)
class BatchInfo(Value):
    """One file taken in.

    Args:
        id: number of the batch.
        origin: where it came from.
        kept: what it brought.
        withdrawn_ms: UTC ms at which it stopped counting; None while it counts.
        first_ms: its earliest moment, UTC ms; None when it brought nothing with a clock.
        last_ms: its latest.
        notes: what its source assumed, repaired or left out; each to be read with `read_note`.
    """

    id: int
    origin: Origin
    kept: Kept
    withdrawn_ms: int | None
    first_ms: int | None
    last_ms: int | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeriesInfo(Value):
    """One series of which facts count now.

    Args:
        id: number of the series in this file.
        kind: "rr", "ppg" or a kind of sample.
        source: name of the source that read it.
        device: empty when unknown.
        person: whose it is, where one file tells of several people; else empty.
        own_clock: empty when its times are UTC; else names the clockless recording whose start is its zero.
        first_ms: first moment.
        last_ms: last moment.
        n: rows, those kept aside included.
    """

    id: int
    kind: str
    source: str
    device: str
    person: str
    own_clock: str
    first_ms: int
    last_ms: int
    n: int


@dataclass(frozen=True, slots=True)
class Aside(Value):
    """A fact kept aside: another one was there first for the same moment.

    Args:
        kind: "rr", "ppg", a kind of sample, or "answer".
        source: name of the source; empty for an answer.
        device: empty when unknown.
        at_ms: the moment both tell of.
        counts: what counts.
        aside: what is kept aside.
    """

    kind: str
    source: str
    device: str
    at_ms: int
    counts: str
    aside: str
