"""Changed files through every importer: each is read or refused with a sentence, quickly and in little memory.

    python scripts/fuzz.py [--mutants 100000] [--jobs 2] [--first 0]

Counted as escaped: any error that is no SourceError, a recording that breaks the rules of `core`, a sentence that
names a folder, more than 2 s of processor time, more than 300 MB in the process. Mutants are told by their number
(scripts/fuzz_mutants.py). Exit code 1 when anything escaped. Linux only.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Never

import numpy as np
from fuzz_corpus import NOW_MS, Files, corpus
from fuzz_mutants import Mutant, mutant, unchanged

from uitknop.core import Recording
from uitknop.core.errors import SourceError
from uitknop.core.timeline import zone_of
from uitknop.sources import Mapping, pieces, request_of
from uitknop.sources.limits import GAP_MS, OWN_WORDS, WORDS

MOST_S, MOST_MB = 2.0, 300.0
FUSE_S, FUSE_BYTES = 30.0, 2_000_000_000
"""What ends a mutant that runs away: wall time, and address space beyond what the process begins with."""

PART = 250
ZONES = (None, "Europe/Amsterdam")
TABLE = Mapping(time="moment", rr="interval")


class Escaped(Exception):
    """Something came out that must not."""


@dataclass
class Tally:
    """What became of mutants.

    Args:
        n, read, refused: mutants; those that gave a recording; those that gave none.
        slowest, largest: s of processor time and MB, with the number of the mutant.
        escaped: what escaped, with the numbers of the mutants.
    """

    n: int = 0
    read: int = 0
    refused: int = 0
    slowest: tuple[float, int] = (0.0, 0)
    largest: tuple[float, int] = (0.0, 0)
    escaped: dict[str, list[int]] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.n, self.read, self.refused = self.n + other.n, self.read + other.read, self.refused + other.refused
        self.slowest, self.largest = max(self.slowest, other.slowest), max(self.largest, other.largest)
        for what, numbers in other.escaped.items():
            self.escaped.setdefault(what, []).extend(numbers)


def outcome(one: Mutant, folder: Path) -> bool:
    """Whether a mutant, laid down in an empty folder, gives a recording.

    Raises:
        Escaped: a recording or a sentence is not as it must be.
        Exception: what no importer may let through.
    """
    for name, content in one.files.items():
        (folder / name).write_bytes(content)
    path = folder / one.given
    read = False
    try:
        mapping = TABLE if one.source == "generic_csv" else None
        for piece in pieces(path, request_of(ZONES[one.number % 2], None, mapping), now_ms=NOW_MS):
            if piece.fault is not None:
                check_sentence(piece.fault, folder)
            if piece.recording is not None:
                check_recording(piece.recording, own=one.source == "uitknop")
                read = True
    except SourceError as fault:
        check_sentence(fault, folder)
    return read


def check_sentence(fault: SourceError, folder: Path) -> None:
    """Raises Escaped where an error is no sentence, or names a folder."""
    said = str(fault)
    if not said or "{" in fault.phrase.template.format_map(dict.fromkeys(fault.phrase.fields, "")):
        raise Escaped("an error without a sentence")
    if str(folder) in said:
        raise Escaped("an error that names the folder")


def check_recording(recording: Recording, *, own: bool) -> None:
    """Raises Escaped where a recording is none; an own export gives back whatever was kept, missing values too."""
    for holds, what in _claims(recording, own=own):
        if not holds:
            raise Escaped(f"{recording.source}: {what}")


def _claims(recording: Recording, *, own: bool) -> Iterator[tuple[bool, str]]:
    yield bool(recording.source and recording.name) and "/" not in recording.name, "a name"
    if recording.clock is not None:
        zone_of(recording.clock)
    if recording.beats is not None:
        rr_ms = recording.beats.rr_ms
        yield bool(np.all(np.isfinite(rr_ms) & (rr_ms > 0) & (rr_ms <= GAP_MS))), "RR intervals"
        tick_ms = recording.beats.tick_ms
        yield tick_ms is None or 0 < tick_ms <= 1000, "the tick"  # a list in whole seconds says no more
    for series in recording.samples:
        finite = np.isfinite(series.value) | (own & np.isnan(series.value))
        yield bool(np.all(finite)), f"values of {series.kind}"
    for columns in (recording.beats, *recording.samples):
        if columns is not None and len(columns):
            yield abs(int(columns.t_ms[0])) < 1e14 > abs(int(columns.t_ms[-1])), "times"
            yield len(columns.device) <= WORDS and "\0" not in columns.device, "the device"
    for entry in recording.entries:
        yield (
            abs(entry.at_ms) < 1e14 and (entry.end_ms is None or entry.at_ms <= entry.end_ms < 1e14),
            "an entry's time",
        )
        most = OWN_WORDS if own else WORDS
        yield len(entry.value) <= most and len(entry.label) <= most, "the words of an entry"
        zone_of(entry.zone)
    yield all(str(note) for note in recording.notes), "a note"


def run_part(numbers: range) -> dict[str, Tally]:
    """Try mutants one by one."""
    files = small_files()
    tallies: dict[str, Tally] = {}
    for number in numbers:
        one = mutant(files, number)
        tallies.setdefault(one.source, Tally()).add(try_one(one))
    return tallies


@lru_cache(maxsize=1)
def small_files() -> dict[str, Files]:
    """What mutants are made of."""
    return corpus()


def try_one(one: Mutant) -> Tally:
    """One mutant, measured."""
    tally = Tally(1)
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=_memory_disk()) as name:
        _forget_peak()
        started = time.process_time()
        signal.setitimer(signal.ITIMER_REAL, FUSE_S)
        try:
            read = outcome(one, Path(name))
            tally.read, tally.refused = int(read), int(not read)
        except Exception as fault:
            tally.escaped[shown(fault)] = [one.number]
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
    took_s, peak_mb = time.process_time() - started, _peak_mb()
    tally.slowest, tally.largest = (took_s, one.number), (peak_mb, one.number)
    if took_s > MOST_S:
        tally.escaped[f"longer than {MOST_S:.0f} s"] = [one.number]
    if peak_mb > MOST_MB:
        tally.escaped[f"more than {MOST_MB:.0f} MB"] = [one.number]
    return tally


def shown(fault: Exception) -> str:
    """An error with the last place of ours that it came through."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if "uitknop" in frame.filename]
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(fault).__name__}: {str(fault)[:100]}{place}"


def begin() -> None:
    """Limits, and everything loaded that is loaded on demand, so that no mutant pays for it."""

    def stop(_: int, __: FrameType | None) -> Never:
        raise TimeoutError(f"still running after {FUSE_S:.0f} s")

    signal.signal(signal.SIGALRM, stop)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        for number, one in enumerate(unchanged(small_files())):
            folder = Path(name) / str(number)
            folder.mkdir()
            outcome(one, folder)
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + FUSE_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _memory_disk() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    end = options.first + options.mutants
    parts = [range(at, min(at + PART, end)) for at in range(options.first, end, PART)]
    whole = collect(parts, options.jobs)
    escaped = tell(whole)
    sys.exit(1 if escaped else 0)


def collect(parts: Iterable[range], jobs: int) -> dict[str, Tally]:
    """All parts, some at a time; a process that dies is told as what escaped."""
    whole: dict[str, Tally] = {}
    started = time.monotonic()
    waiting = list(parts)
    while waiting:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), begin) as pool:
            futures = {part: pool.submit(run_part, part) for part in waiting}
            for part, future in futures.items():
                try:
                    found = future.result()
                except BrokenProcessPool:
                    found = {"any": Tally(len(part), escaped={"the process died": [part.start]})}
                for source, tally in found.items():
                    whole.setdefault(source, Tally()).add(tally)
                waiting.remove(part)
                if "any" in found:
                    break
        done = sum(tally.n for tally in whole.values())
        print(f"{done:,} mutants in {time.monotonic() - started:.0f} s", flush=True)
    return whole


def tell(whole: dict[str, Tally]) -> int:
    """Print what became of all; the number that escaped."""
    columns = f"{'read':>9}{'refused':>9}{'escaped':>9}{'slowest':>10}{'largest':>9}{'slowest is':>12}"
    print(f"{'source':16}{'mutants':>9}{columns}")
    total = Tally()
    for source, tally in sorted(whole.items()):
        print(row(source, tally))
        total.add(tally)
    print(row("all", total))
    for what, numbers in sorted(total.escaped.items(), key=lambda each: -len(each[1])):
        print(f"  {len(numbers)} x {what}; mutants {', '.join(map(str, numbers[:5]))}")
    return sum(map(len, total.escaped.values()))


def row(source: str, tally: Tally) -> str:
    """One line of the table."""
    n_escaped = sum(map(len, tally.escaped.values()))
    counts = f"{tally.n:>9,}{tally.read:>9,}{tally.refused:>9,}{n_escaped:>9,}"
    return f"{source:16}{counts}{tally.slowest[0]:>8.2f} s{tally.largest[0]:>6.0f} MB{tally.slowest[1]:>10}"


if __name__ == "__main__":
    main()
