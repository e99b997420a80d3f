"""Several programs at one file: readers go on while one writes; a second writer waits, then says so."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from uitknop.core import Beats, Recording
from uitknop.core.errors import StoreError
from uitknop.store import Origin, Store, open_store


def other_program(path: Path, key: bytes, body: str) -> subprocess.Popen[str]:
    """A process with the file open as `store`; it says a line where `body` says `tell`, and waits for one at `hear`."""
    start = f"""
        import sys, time
        from pathlib import Path
        from uitknop.core import *
        from uitknop.core.errors import *
        from uitknop.store import *
        def tell(text): print(text, flush=True)
        def hear(): return sys.stdin.readline().strip()
        def some(n, at_ms=0): return Recording("rr_text", "b", "UTC", Beats.from_rr_ms([800.0] * n, start_ms=at_ms))
        def origin(name): return Origin(name, name, "rr_text", "1", "", 0)
        store = open_store(Path({str(path)!r}), bytes.fromhex({key.hex()!r}))
    """
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(start) + textwrap.dedent(body)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def said(other: subprocess.Popen[str]) -> str:
    assert other.stdout is not None
    return other.stdout.readline().strip()


def tell(other: subprocess.Popen[str], text: str = "") -> None:
    assert other.stdin is not None
    other.stdin.write(text + "\n")
    other.stdin.flush()


def ended(other: subprocess.Popen[str]) -> None:
    other.communicate(timeout=60)
    assert other.returncode == 0


@pytest.fixture
def path(
    store: Store, origin: Callable[..., Origin], recording: Callable[..., Recording], beats: Callable[..., Beats]
) -> Path:
    with store.batch(origin()) as batch:
        batch.add(recording(beats(5_000)))
    return store.path


def test_a_reader_sees_what_was_committed_while_another_program_writes(path: Path, key: bytes) -> None:
    writer = other_program(
        path,
        key,
        """
        with store.batch(origin("b")) as batch:
            batch.add(some(100_000))
            tell("in the middle")
            hear()
        tell("done")
        store.close()
        """,
    )
    with open_store(path, key, wait_s=0.1) as reader:
        assert said(writer) == "in the middle"
        before = reader.dump_sha256()
        assert (len(reader.batches()), sum(info.n for info in reader.series())) == (1, 5_000)
        tell(writer)
        assert said(writer) == "done"
        assert (len(reader.batches()), sum(info.n for info in reader.series())) == (2, 105_000)
        assert reader.dump_sha256() != before
    ended(writer)


def test_a_second_writer_waits_and_then_says_so(path: Path, key: bytes, origin: Callable[..., Origin]) -> None:
    writer = other_program(
        path,
        key,
        """
        with store.batch(origin("b")):
            tell("writing")
            hear()
        tell("done")
        store.close()
        """,
    )
    assert said(writer) == "writing"
    with open_store(path, key, wait_s=0.1) as second:
        with pytest.raises(StoreError, match="Another window or program is writing"), second.batch(origin("c")):
            raise AssertionError("two writers at once")
        with pytest.raises(StoreError, match="Another window or program is writing"):
            second.keep_setting("lang", "nl")
        tell(writer)
        assert said(writer) == "done"
        with second.batch(origin("c")):
            pass
        assert [info.origin.name for info in second.batches()] == ["a.txt", "b", "c"]
    ended(writer)


def test_a_second_writer_that_may_wait_gets_its_turn(path: Path, key: bytes, origin: Callable[..., Origin]) -> None:
    writer = other_program(
        path,
        key,
        """
        with store.batch(origin("b")):
            tell("writing")
            time.sleep(0.3)
        store.close()
        """,
    )
    assert said(writer) == "writing"
    with open_store(path, key, wait_s=30.0) as second:
        with second.batch(origin("c")):
            pass
        assert [info.origin.name for info in second.batches()] == ["a.txt", "b", "c"]
    ended(writer)


def test_readers_never_see_half_a_batch(path: Path, key: bytes) -> None:
    """A reader looks again and again while twenty batches of two series each are added."""
    reader = other_program(
        path,
        key,
        """
        tell("ready")
        seen = set()
        while len(store.batches()) < 21:
            for recording in store.recordings(Span(0, 10**12)):
                seen.add(len(recording.beats))
        tell(" ".join(str(n) for n in sorted(seen)))
        store.close()
        """,
    )
    assert said(reader) == "ready"
    with open_store(path, key, wait_s=30.0) as writer:
        for number in range(20):
            with writer.batch(Origin(str(number), str(number), "x", "1", "", 0)) as batch:
                for part in range(2):
                    beats = Beats.from_rr_ms([800.0] * 50, start_ms=number * 10_000_000 + part * 3_600_000)
                    batch.add(Recording("x", "x", "UTC", beats))
    sizes = [int(n) for n in said(reader).split()]
    ended(reader)
    assert all(n % 100 == 0 for n in sizes)


def test_nothing_can_be_read_without_the_key(
    store: Store, origin: Callable[..., Origin], recording: Callable[..., Recording], beats: Callable[..., Beats]
) -> None:
    """Planted values are in none of the files beside each other, during a batch, after it, after a checkpoint."""
    from uitknop.core import Entry

    planted = [
        "PlantedDiary",
        "PlantedDevice",
        "PlantedPerson",
        "PlantedFile",
        "PlantedSetting",
        "rr_text",
        "Amsterdam",
    ]
    given = beats(3_000, device="PlantedDevice")
    columns = [given.rr_ms[:4].tobytes(), given.t_ms[:2].tobytes(), b"create table", b"SQLite format"]
    needles = [text.encode() for text in planted] + [text.encode("utf-16-le") for text in planted] + columns

    def assert_hidden(files: list[Path]) -> None:
        for path in files:
            content = path.read_bytes()
            assert [needle for needle in needles if needle in content] == []

    entry = Entry(0, "Europe/Amsterdam", "answer", "PlantedDiary", None, "PlantedDiary")
    with store.batch(origin("PlantedFile")) as batch:
        batch.add(recording(given, entries=(entry,), person="PlantedPerson"))
        assert_hidden(list(store.path.parent.iterdir()))
    store.keep_setting("PlantedSetting", "PlantedSetting")
    store.keep_derived("rest", "PlantedDiary", "v1", b"PlantedDiary")
    files = list(store.path.parent.iterdir())
    assert {path.suffix for path in files} == {".uitknop", ".uitknop-wal", ".uitknop-shm"}
    assert_hidden(files)
    store.backup_to(store.path.with_name("backup.uitknop"))
    assert_hidden([store.path.with_name("backup.uitknop")])
    store.close()
    assert_hidden(list(store.path.parent.iterdir()))
