"""Files go into the person's file whole or not at all, once, and in any order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from uitknop.core.errors import Malformed
from uitknop.person import Secret, Taken, make_file, open_file, take_in
from uitknop.sources.mapping import parse_mapping
from uitknop.store import Kept, Store

NOW_MS = 1_780_000_000_000
START_MS = 1_772_434_800_000
Write = Callable[..., Path]
ZONE = "Europe/Amsterdam"


def take(store: Store, *paths: Path, **said: object) -> tuple[Taken, ...]:
    return take_in(store, paths, now_ms=int(str(said.pop("now_ms", NOW_MS))), **said)  # type: ignore[arg-type]


def outcomes(taken: tuple[Taken, ...]) -> list[str]:
    return [each.outcome for each in taken]


def test_a_file_comes_in_and_is_known_the_second_time(store: Store, watch: Write) -> None:
    first = take(store, watch(), zone=ZONE)
    assert [(each.name, each.outcome, each.kept) for each in first] == [("watch.csv", "new", Kept(180))]
    before = store.dump_sha256()
    again = take(store, watch(), zone=ZONE)
    assert [(each.outcome, each.kept) for each in again] == [("known", Kept(n_known=180))]
    assert (store.dump_sha256(), len(store.batches())) == (before, 1)


def test_the_same_exports_in_any_order_twice_and_overlapping_are_the_same_facts(
    tmp_path: Path, secret: Secret, watch: Write, strap: Write, clockless: Write
) -> None:
    files = [
        watch(),
        watch("later.csv", "2026-03-02T09:30:00", 200, seed=1),
        strap("a.csv", 0, 6_000),
        strap("b.csv", 4_000, 9_000),
        clockless(),
    ]
    packed = tmp_path / "all.zip"
    with ZipFile(packed, "w") as archive:
        for file in files[:3]:
            archive.write(file, file.name)
    dumps = set()
    for number, order in enumerate([*permutations(files, 5)][::29]):
        opened, _ = make_file(tmp_path / f"{number}.uitknop", secret, now_ms=NOW_MS)
        with opened as store:
            for each in (order, (), order[:2], (packed,) if number % 2 else ()):
                assert "refused" not in outcomes(take(store, *each, zone=ZONE, now_ms=NOW_MS + number))
            dumps.add(store.dump_sha256())
    assert len(dumps) == 1


def test_overlapping_exports_are_one_run_of_beats(store: Store, strap: Write) -> None:
    taken = take(store, strap("b.csv", 4_000, 9_000), strap("a.csv", 0, 6_000))
    assert [each.kept for each in taken] == [Kept(5_000), Kept(4_000, 2_000)]
    (recording,) = store.recordings()
    assert recording.beats is not None
    assert (len(recording.beats), recording.beats.run.tolist()) == (9_000, [0])


def test_a_zone_that_is_said_later_supersedes_and_nothing_stands_twice(store: Store, watch: Write) -> None:
    take(store, watch(), zone="UTC")
    moved = take(store, watch(), zone=ZONE, now_ms=NOW_MS + 1)
    assert outcomes(moved) == ["new"]
    (recording,) = store.recordings()
    assert len(recording.samples[0]) == 180
    assert recording.samples[0].t_ms[0] == START_MS - 3_600_000
    assert len(store.batch_of(store.batches()[0].origin.sha256)) == 1
    assert outcomes(take(store, watch(), now_ms=NOW_MS + 2)) == ["known"]
    assert outcomes(take(store, watch(), zone="UTC", now_ms=NOW_MS + 3)) == ["new"]
    assert store.recordings()[0].samples[0].t_ms[0] == START_MS


def test_what_counted_stays_when_the_same_file_can_no_longer_be_read(
    store: Store, watch: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(store, watch(), zone="UTC")
    before = store.dump_sha256()
    nonsense = parse_mapping('time = "gone"\nheart_rate = "heart_rate"', "map")
    assert outcomes(take(store, watch(), zone=ZONE, mapping=nonsense, now_ms=NOW_MS + 1)) == ["refused"]
    assert store.dump_sha256() == before


def test_other_importers_read_the_file_again(store: Store, watch: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    take(store, watch(), zone=ZONE)
    before = store.dump_sha256()
    monkeypatch.setattr("uitknop.person.intake.PARSERS", "99")
    assert [(each.outcome, each.kept.n_aside) for each in take(store, watch(), now_ms=NOW_MS + 1)] == [("new", 0)]
    assert store.dump_sha256() == before
    (batch,) = (each for each in store.batches() if each.withdrawn_ms is None)
    assert batch.origin.parser == "99"


def test_what_was_said_of_a_file_is_kept_for_when_it_is_read_again(
    store: Store, clockless: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = people(tmp_path, "anna", "bram")
    take(store, clockless(), zone=ZONE, start_ms=START_MS)
    take(store, both, mapping=WHO, person="anna")
    before = store.dump_sha256()
    monkeypatch.setattr("uitknop.person.intake.PARSERS", "99")
    assert outcomes(take(store, clockless(), both, now_ms=NOW_MS + 1)) == ["new", "new"]
    assert store.dump_sha256() == before


def test_stopped_half_way_and_run_again_is_the_same_as_once(
    tmp_path: Path, store: Store, secret: Secret, watch: Write, strap: Write
) -> None:
    files = [watch(), strap("a.csv", 0, 6_000), strap("b.csv", 6_000, 9_000)]

    def stop(done: float, whole: float, name: str) -> None:
        if name == "b.csv":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(store, *files, zone=ZONE, on_progress=stop)
    assert len(store.batches()) == 2
    assert outcomes(take(store, *files, zone=ZONE)) == ["known", "known", "new"]
    once, _ = make_file(tmp_path / "once.uitknop", secret, now_ms=NOW_MS)
    with once:
        take(once, *files, zone=ZONE)
        assert once.dump_sha256() == store.dump_sha256()


def test_killed_in_the_middle_of_a_file_leaves_nothing_of_it(
    path: Path, store: Store, secret: Secret, ring: Any, strap: Write
) -> None:
    file = strap("long.csv", 0, 20_000)
    store.close()
    script = f"""
        import os, signal
        from pathlib import Path
        import uitknop.store.batch as batch
        from uitknop.person import Secret, open_file, take_in
        class Ring:
            def get(self, account): return {next(iter(ring.kept.values()))!r}
        add = batch.Batch.add
        def dies(self, recording):
            add(self, recording)
            os.kill(os.getpid(), signal.SIGKILL)
        batch.Batch.add = dies
        with open_file(Path({str(path)!r}), Secret(ring=Ring()), now_ms={NOW_MS}) as store:
            take_in(store, [Path({str(file)!r})], now_ms={NOW_MS})
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    with open_file(path, secret, now_ms=NOW_MS) as again:
        assert again.batches() == ()
        assert outcomes(take(again, file)) == ["new"]
        assert len(again.recordings()[0].beats or ()) == 20_000


def test_what_is_refused_is_told_and_the_rest_comes_in(store: Store, tmp_path: Path, watch: Write) -> None:
    broken = tmp_path / "broken.fit"
    broken.write_bytes(b"\x0e\x10no fit at all")
    taken = take(store, broken, watch(), tmp_path / "gone.csv", zone=ZONE)
    assert sorted(outcomes(taken)) == ["new", "refused", "refused"]
    assert all(each.why is not None for each in taken if each.outcome == "refused")
    assert len(store.batches()) == 1


def test_what_a_folder_holds_beside_recordings_is_left(store: Store, tmp_path: Path, watch: Write) -> None:
    folder = watch("folder/watch.csv").parent
    (folder / "notes.txt").write_text("dear diary\n", encoding="utf-8")
    assert sorted(outcomes(take(store, folder, zone=ZONE))) == ["new", "no_recording"]


def test_a_recording_without_a_clock_is_told_and_can_be_placed(store: Store, clockless: Write) -> None:
    (taken,) = take(store, clockless())
    assert (taken.outcome, taken.clockless) == ("new", ("morning.txt",))
    assert [each.clock for each in store.recordings()] == [None]
    (placed,) = take(store, clockless(), zone=ZONE, start_ms=START_MS, now_ms=NOW_MS + 1)
    assert (placed.outcome, placed.clockless) == ("new", ())
    (recording,) = store.recordings()
    assert recording.clock == ZONE
    assert recording.span is not None
    assert recording.span.start_ms == START_MS
    assert outcomes(take(store, clockless(), now_ms=NOW_MS + 2)) == ["known"]


def test_one_start_is_of_one_recording(store: Store, tmp_path: Path, clockless: Write) -> None:
    with pytest.raises(Malformed, match="one recording"):
        take(store, clockless(), clockless("b.txt", seed=4), start_ms=START_MS)
    with ZipFile(tmp_path / "two.zip", "w") as archive:
        for file in (clockless(), clockless("b.txt", seed=4)):
            archive.write(file, file.name)
    (both,) = take(store, tmp_path / "two.zip", start_ms=START_MS)
    assert both.outcome == "refused"
    assert store.batches() == ()


def people(tmp_path: Path, *names: str) -> Path:
    rows = [f"2026-03-02T0{7 + i // 60}:{i % 60:02d}:00Z,{60 + i % 7},{name}" for name in names for i in range(120)]
    path = tmp_path / f"{'-'.join(names)}.csv"
    path.write_text("\n".join(["time,heart_rate,who", *rows]) + "\n", encoding="utf-8")
    return path


WHO = parse_mapping('time = "time"\nheart_rate = "heart_rate"\nsubject = "who"', "map")


def test_a_file_stays_that_of_one_person(store: Store, tmp_path: Path) -> None:
    both = people(tmp_path, "anna", "bram")
    (refused,) = take(store, both, mapping=WHO)
    assert refused.outcome == "refused"
    assert "anna, bram" in str(refused.why)
    (chosen,) = take(store, both, mapping=WHO, person="anna")
    assert (chosen.outcome, chosen.kept) == ("new", Kept(120))
    (other,) = take(store, people(tmp_path, "bram"), mapping=WHO)
    assert other.outcome == "refused"
    assert {each.person for each in store.series()} == {"anna"}


def test_no_value_is_readable_on_the_disk_while_a_batch_is_open(store: Store, tmp_path: Path) -> None:
    planted = b"20260302planted-walk"
    export = tmp_path / "diary" / "tags.csv"
    export.parent.mkdir()
    rows = [f"2026-03-02T0{7 + i // 60}:{i % 60:02d}:00Z,{60 + i % 7},{planted.decode()}{i}" for i in range(120)]
    export.write_text("\n".join(["time,heart_rate,tag", *rows]) + "\n", encoding="utf-8")
    mapping = parse_mapping('time = "time"\nheart_rate = "heart_rate"\ntag = "tag"', "map")
    seen: list[str] = []

    def look(done: float, whole: float, name: str) -> None:
        for place in (store.path.parent, Path(os.environ.get("TMPDIR", "/tmp"))):
            for file in place.glob("**/*") if place == store.path.parent else place.glob("*uitknop*/**/*"):
                if file.is_file() and planted in file.read_bytes():
                    seen.append(file.name)

    (taken,) = take(store, export, mapping=mapping, on_progress=look)
    look(1, 1, "")
    assert taken.kept.n_new == 240
    assert any(planted.decode() in entry.value + entry.label for entry in store.entries())
    assert seen == []
