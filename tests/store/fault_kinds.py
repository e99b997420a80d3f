"""The kinds of fault that `faults.py` tries, and the story of batches they interrupt."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from uitknop.core import Beats, Entry, Recording, Samples
from uitknop.core.errors import StoreError
from uitknop.store import Origin, Store, create_store, open_store

KEY = bytes(range(32))
ZERO = 1_767_322_800_000
N_BATCHES = 6
N_PIECES = 3
BASE = "person.uitknop"


def pieces(number: int) -> Iterator[Recording]:
    """The batch `number`: pieces of a night, of which the first is known from the batch before or told otherwise."""
    for piece in range(number * (N_PIECES - 1), number * (N_PIECES - 1) + N_PIECES):
        rng = np.random.default_rng(piece)
        start_ms = ZERO + piece * 2_500_000
        beats = Beats.from_rr_ms(rng.integers(600, 1200, 2_000).astype(float), start_ms=start_ms, device="strap")
        value = rng.integers(50, 90, 200).astype(float) + number % 2 / 10
        heart_rate = Samples("heart_rate", start_ms + np.arange(200) * 12_000, value, "watch")
        entries = tuple(Entry(start_ms + i, "UTC", "answer", str(number), None, "tired") for i in range(10))
        yield Recording("rr_text", "night", "Europe/Amsterdam", beats, (heart_rate,), entries)


def tell(store: Store, number: int) -> None:
    """Add the batch `number` of the story."""
    with store.batch(Origin(f"{number}", f"sha-{number}", "rr_text", "1", "", ZERO)) as batch:
        for piece in pieces(number):
            batch.add(piece)


@dataclass(frozen=True)
class Story:
    """A file with its first batch in, and what it holds after each of the others.

    Args:
        base: bytes of the file after batch 0.
        dumps: digest of the dump after the first 1, 2, ... batches.
        facts: number of facts after them.
        kilobytes: size of the file with all of them.
        took_s: how long batches 1 to the last take, opening included.
    """

    base: bytes
    dumps: tuple[str, ...]
    facts: tuple[int, ...]
    kilobytes: int
    took_s: float

    @classmethod
    def told(cls, folder: Path) -> Story:
        """Tell it once without faults."""
        path = folder / BASE
        create_store(path, KEY, now_ms=ZERO).close()
        dumps, facts, base, started = [], [], b"", 0.0
        for number in range(N_BATCHES):
            with open_store(path, KEY) as store:
                tell(store, number)
                dumps.append(store.dump_sha256())
                facts.append(sum(info.kept.n_new + info.kept.n_aside for info in store.batches()))
            if number == 0:
                base, started = path.read_bytes(), time.perf_counter()
        kilobytes = path.stat().st_size // 1024
        path.unlink()
        return cls(base, tuple(dumps), tuple(facts), kilobytes, time.perf_counter() - started)

    def lay(self, place: Path) -> Path:
        """The file after batch 0, in a folder."""
        path = place / BASE
        path.write_bytes(self.base)
        return path

    def chapter(self, store: Store) -> int | None:
        """How many batches the file holds exactly; None when it is none of the whole numbers."""
        found = store.dump_sha256()
        if len(store.batches()) > N_BATCHES or found not in self.dumps:
            return None
        number = self.dumps.index(found) + 1
        return number if len(store.batches()) == number else None


@dataclass
class Total:
    """What came of one kind of fault."""

    kind: str
    faults: int = 0
    facts_lost: int = 0
    half_batches: int = 0
    said: dict[str, int] = field(default_factory=dict)

    def line(self) -> str:
        """For a person."""
        said = ", ".join(f"{n} x {text}" for text, n in sorted(self.said.items()))
        counts = f"{self.faults:5} faults  {self.facts_lost} facts lost  {self.half_batches} half batches"
        return f"{self.kind:7} {counts}   ({said})"

    def note(self, text: str) -> None:
        """Count what a fault led to."""
        self.said[text] = self.said.get(text, 0) + 1

    def judge(self, story: Story, path: Path, told: int, *, go_on: bool = True) -> None:
        """Open the file after a fault; `told` batches had been reported as kept.

        It must pass its check, hold a whole number of batches, and take the rest if told to `go_on`.
        """
        self.faults += 1
        try:
            with open_store(path, KEY) as store:
                store.check()
                found = story.chapter(store)
                if found is None:
                    self.half_batches += 1
                    return
                self.facts_lost += max(0, story.facts[told - 1] - story.facts[found - 1])
                self.note(f"{min(found - told, 1):+d} batch" if found != told else "as told")
                if go_on:
                    for number in range(found, N_BATCHES):
                        tell(store, number)
                    self.half_batches += story.chapter(store) != N_BATCHES
        except StoreError as fault:
            self.note(str(fault))
            self.facts_lost += story.facts[told - 1]


def kill_a_writer(story: Story, place: Path, chance: random.Random, total: Total) -> None:
    """`kill -9` at a random moment while batches are added one after the other."""
    path = story.lay(place)
    few_pages = chance.random() < 0.5  # pages of an open batch then reach the log long before its end
    heard, mouth = os.pipe()
    pid = os.fork()
    if pid == 0:
        _write_until_killed(path, mouth, few_pages)
    os.close(mouth)
    time.sleep(chance.uniform(0.0, 1.2 * story.took_s))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with os.fdopen(heard, "rb") as lines:
        told = 1 + len(lines.read())
    total.judge(story, path, told)


def _write_until_killed(path: Path, mouth: int, few_pages: bool) -> None:
    try:
        with open_store(path, KEY) as store:
            if few_pages:
                store._db.execute("pragma cache_size = 10")
            for number in range(1, N_BATCHES):
                tell(store, number)
                os.write(mouth, b".")
        signal.pause()
    finally:
        os._exit(1)


@dataclass(frozen=True)
class _Log:
    """The file and its log with nothing copied from one to the other yet.

    Args:
        first: number of batches in the file.
        before: the file.
        log: its log, which holds the other batches.
        after: the file once all is copied.
        ends: number of batches, and where in the log the last of them ends.
    """

    first: int
    before: bytes
    log: bytes
    after: bytes
    ends: tuple[tuple[int, int], ...]


@cache
def _log_after(story: Story, place: Path, first: int) -> _Log:
    path = story.lay(place)
    with open_store(path, KEY) as store:
        store._db.execute("pragma wal_autocheckpoint = 0")
        for number in range(1, first):
            tell(store, number)
        store._db.execute("pragma wal_checkpoint(restart)")  # the log starts anew, old pages stay behind its end
        ends = []
        for number in range(first, N_BATCHES):
            tell(store, number)
            ends.append((number + 1, _end_of_log(store)))
        before, log = path.read_bytes(), path.with_name(path.name + "-wal").read_bytes()
        store._db.execute("pragma wal_checkpoint(passive)")
        return _Log(first, before, log, path.read_bytes(), tuple(ends))


def tear_a_log(story: Story, place: Path, chance: random.Random, total: Total) -> None:
    """Cut, garble or lengthen the write-ahead log, or leave a checkpoint half done, as a power cut may."""
    story_so_far = _log_after(story, place.parent, chance.choice([1, 4]))
    path, go_on = place / BASE, chance.random() < 0.1
    if chance.random() < 0.2:
        path.write_bytes(_half_done(story_so_far.before, story_so_far.after, chance))
        path.with_name(BASE + "-wal").write_bytes(story_so_far.log)
        total.judge(story, path, N_BATCHES, go_on=go_on)
        return
    path.write_bytes(story_so_far.before)
    hurt, first_changed = _hurt(story_so_far.log, story_so_far.ends[-1][1], chance)
    path.with_name(BASE + "-wal").write_bytes(hurt)
    whole = [number for number, end in story_so_far.ends if end <= first_changed]
    total.judge(story, path, max(whole, default=story_so_far.first), go_on=go_on)


def _end_of_log(store: Store) -> int:
    """Bytes of the log that are in use: a header of 32 bytes, then frames of a page and 24 bytes."""
    _, frames, _ = store._db.execute("pragma wal_checkpoint(noop)").fetchone()
    return 32 + int(frames) * (4096 + 24)


def _hurt(whole: bytes, end: int, chance: random.Random) -> tuple[bytes, int]:
    """The log after a mishap, and the first byte that changed."""
    hurt = bytearray(whole)
    at = chance.randrange(end)
    how = chance.choice(["cut", "flip", "zeros", "noise", "longer"])
    if how == "cut":
        return bytes(hurt[:at]), at
    if how == "flip":
        hurt[at] ^= 1 << chance.randrange(8)
        return bytes(hurt), at
    if how == "longer":
        return bytes(hurt[:end]) + chance.randbytes(chance.randrange(1, 20_000)), end
    at -= at % 512  # sectors are written whole
    size = 512 * chance.randrange(1, 40)
    hurt[at : at + size] = bytes(size) if how == "zeros" else chance.randbytes(size)
    changed = next((i for i in range(at, min(at + size, end)) if i >= len(whole) or hurt[i] != whole[i]), end)
    return bytes(hurt), changed


def _half_done(before: bytes, after: bytes, chance: random.Random) -> bytes:
    """A checkpoint that had copied only some pages when the power went."""
    pages = max(len(before), len(after)) // 4096
    longer = before.ljust(len(after), b"\0")
    cuts = (slice(i * 4096, i * 4096 + 4096) for i in range(pages))
    return b"".join(chance.choice((longer, after))[cut] for cut in cuts)


def fill_a_disk(story: Story, place: Path, chance: random.Random, total: Total) -> None:
    """A disk that fills up while batches are added; then there is room again."""
    kilobytes = len(story.base) // 1024 + chance.randrange(0, 2 * story.kilobytes)
    with small_disk(place, kilobytes) as room:
        path = story.lay(place)
        told = _tell_until_refused(path, total, "is full")
        if room is not None:
            room()
        total.judge(story, path, told)
        for leftover in place.iterdir():
            leftover.unlink()


def _tell_until_refused(path: Path, total: Total, expected: str) -> int:
    """Add batches until an error; the open file must go on being readable. Number of batches told as kept."""
    told = 1
    try:
        with open_store(path, KEY) as store:
            try:
                for number in range(1, N_BATCHES):
                    tell(store, number)
                    told = number + 1
                total.note("room for all")
            except StoreError as fault:
                total.note(f'said "{expected}"' if expected in str(fault) else str(fault))
                assert len(store.batches()) == told, "after a fault the open file no longer holds what was told"
    except StoreError as fault:
        total.note(f"on opening or closing: {fault}")
    return told


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Callable[[], None] | None]:
    """A disk of that size at `place`, as root; else a limit on the size of files. Gives what makes room, or None."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        with largest_file(kilobytes * 512):
            yield None
        return
    try:
        yield lambda: _run("mount", "-o", "remount,size=64m", str(place))
    finally:
        _run("umount", "--lazy", str(place))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Writing beyond `size` fails with EFBIG, which SQLite takes for a fault of the disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def refuse_writes(story: Story, place: Path, chance: random.Random, total: Total) -> None:
    """Writes that fail from some moment on: beyond a size, or because the open file no longer takes any."""
    path = story.lay(place)
    if chance.random() < 0.5:
        with largest_file(chance.randrange(20_000, 1024 * story.kilobytes)):
            told = _tell_until_refused(path, total, "The disk gave an error")
    else:
        told = _tell_to_a_broken_disk(path, chance, total)
    total.judge(story, path, told)


def _tell_to_a_broken_disk(path: Path, chance: random.Random, total: Total) -> int:
    """At some piece the open file or its log takes no more writes."""
    told, breaks_at = 1, chance.randrange((N_BATCHES - 1) * N_PIECES)
    victim = chance.choice(["", "-wal"])
    heard, mouth = os.pipe()
    pid = os.fork()  # the broken descriptors die with the process
    if pid == 0:
        _write_until_broken(path, mouth, breaks_at, path.with_name(path.name + victim))
    os.close(mouth)
    os.waitpid(pid, 0)
    with os.fdopen(heard, "rb") as lines:
        said = lines.read()
    told += said.count(b".")
    total.note("said a sentence" if said.endswith(b"!") else "not noticed" if said.endswith(b"-") else "ended badly")
    return told


def _write_until_broken(path: Path, mouth: int, breaks_at: int, victim: Path) -> None:
    piece = 0
    try:
        with open_store(path, KEY) as store:
            store._db.execute("pragma cache_size = 10")
            for number in range(1, N_BATCHES):
                with store.batch(Origin(f"{number}", f"sha-{number}", "rr_text", "1", "", ZERO)) as batch:
                    for recording in pieces(number):
                        if piece == breaks_at:
                            _break(victim)
                        piece += 1
                        batch.add(recording)
                os.write(mouth, b".")
        os.write(mouth, b"-")
    except StoreError:
        os.write(mouth, b"!")
    finally:
        os._exit(1)


def _break(victim: Path) -> None:
    """Put a read-only descriptor in place of each one that has the file open."""
    for descriptor in list(Path("/proc/self/fd").iterdir()):
        if descriptor.is_symlink() and descriptor.readlink() == victim:
            os.dup2(os.open(victim, os.O_RDONLY), int(descriptor.name))


Kind = Callable[[Story, Path, random.Random, Total], None]

KINDS: dict[str, Kind] = {
    "kills": kill_a_writer,
    "logs": tear_a_log,
    "disks": fill_a_disk,
    "errors": refuse_writes,
}
