"""A backup holds everything and opens anywhere; what is not one, or was changed, changes nothing."""

from __future__ import annotations

import errno
import json
import random
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from uitknop.core import Entry, Recording
from uitknop.core.errors import Damaged, StoreError, UitknopError, WrongKey
from uitknop.person import Secret, back_up, make_file, open_file, restore, safe, take_in
from uitknop.person.place import aside_path, everything_at
from uitknop.store import KeyFile, Origin, Store, add_tap, inbox_path, keys_path

NOW_MS = 1_780_000_000_000
Write = Callable[..., Path]


@pytest.fixture
def full(store: Store, watch: Write, strap: Write) -> Store:
    take_in(store, [watch(), strap()], now_ms=NOW_MS, zone="UTC")
    return store


@pytest.fixture
def backup(full: Store, tmp_path: Path) -> Path:
    to = tmp_path / "mine.backup"
    assert back_up(full, to, now_ms=NOW_MS) == to.stat().st_size
    return to


def contents(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_backup_put_back_elsewhere_is_the_same_facts(
    full: Store, backup: Path, tmp_path: Path, secret: Secret
) -> None:
    other = tmp_path / "elsewhere/again/person.uitknop"
    assert restore(backup, other, secret) is None
    with open_file(other, secret, now_ms=NOW_MS) as again:
        assert again.dump_sha256() == full.dump_sha256()
        assert again.batches() == full.batches()
    assert [each.name for each in tmp_path.iterdir() if "uitknop-" in each.name] == []
    assert sorted(contents(other.parent)) == ["person.uitknop", "person.uitknop.keys"]


def test_a_backup_opens_with_the_recovery_key_on_a_computer_without_the_key_ring(
    tmp_path: Path, path: Path, secret: Secret, no_ring: object
) -> None:
    store, printed = make_file(path, secret, now_ms=NOW_MS)
    with store:
        back_up(store, tmp_path / "b", now_ms=NOW_MS)
    other = tmp_path / "new/person.uitknop"
    restore(tmp_path / "b", other, Secret(recovery=printed))
    open_file(other, Secret(recovery=printed), now_ms=NOW_MS).close()


def test_what_stood_there_is_kept_beside_it(full: Store, backup: Path, secret: Secret, watch: Write) -> None:
    path, before = full.path, full.dump_sha256()
    take_in(full, [watch("more.csv", "2026-03-05T07:00:00")], now_ms=NOW_MS + 1)
    after = full.dump_sha256()
    full.close()
    aside = restore(backup, path, secret)
    assert aside == aside_path(path, 1)
    with open_file(path, secret, now_ms=NOW_MS) as again:
        assert again.dump_sha256() == before
    assert restore(backup, path, secret) == aside_path(path, 2)
    with open_file(aside, secret, now_ms=NOW_MS) as kept:
        assert kept.dump_sha256() == after


def test_taps_that_wait_are_not_lost_by_a_restore(full: Store, backup: Path, secret: Secret) -> None:
    full.close()
    tap = Entry(NOW_MS, "UTC", "tag", "tea")
    add_tap(inbox_path(full.path), KeyFile.load(keys_path(full.path)).inbox_public_key, tap)
    restore(backup, full.path, secret)
    with open_file(full.path, secret, now_ms=NOW_MS) as again:
        assert again.entries() == (tap,)


def test_keys_of_a_file_that_was_moved_are_not_lost_by_a_restore(backup: Path, tmp_path: Path, secret: Secret) -> None:
    path = tmp_path / "there/person.uitknop"
    make_file(path, secret, now_ms=NOW_MS)[0].close()
    path.rename(tmp_path / "moved.uitknop")
    keys = keys_path(path).read_bytes()
    aside = restore(backup, path, secret)
    assert aside is not None
    assert keys_path(aside).read_bytes() == keys


def test_a_backup_never_replaces_anything(full: Store, backup: Path, tmp_path: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(StoreError, match="is there already"):
        back_up(full, backup, now_ms=NOW_MS)
    assert backup.read_bytes() == before
    with pytest.raises(StoreError, match="can't be written"):
        back_up(full, tmp_path / "gone/b", now_ms=NOW_MS)


def test_a_full_stick_is_told_by_the_name_of_the_backup(
    full: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_asked: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    (tmp_path / "stick").mkdir()
    with monkeypatch.context() as patched:
        patched.setattr("uitknop.store.backup.check_file", no_room)
        with pytest.raises(StoreError, match=r"holds mine\.zip is full"):
            back_up(full, tmp_path / "stick/mine.zip", now_ms=NOW_MS)
    assert list((tmp_path / "stick").iterdir()) == []
    for name in ("packed.zip", "person.uitknop", "person.uitknop.keys"):
        back_up(full, tmp_path / "stick" / name, now_ms=NOW_MS)


def test_a_stopped_backup_leaves_nothing(full: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("uitknop.person.safe._verify", stop)
    (tmp_path / "stick").mkdir()
    with pytest.raises(KeyboardInterrupt):
        back_up(full, tmp_path / "stick/b", now_ms=NOW_MS)
    assert list((tmp_path / "stick").iterdir()) == []


def test_wherever_it_is_cut_off_nothing_is_changed(full: Store, backup: Path, secret: Secret, tmp_path: Path) -> None:
    full.close()
    before, whole = contents(full.path.parent), backup.read_bytes()
    for share in (0.0, 0.001, 0.1, 0.5, 0.9, 0.999):
        cut = tmp_path / "cut"
        cut.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(StoreError):
            restore(cut, full.path, secret)
    assert contents(full.path.parent) == before


def test_whichever_byte_is_changed_it_is_refused_or_the_same(
    full: Store, backup: Path, secret: Secret, tmp_path: Path
) -> None:
    dump, whole = full.dump_sha256(), backup.read_bytes()
    full.close()
    before = contents(full.path.parent)
    chance = random.Random(5)
    places = [chance.randrange(len(whole)) for _ in range(20)]
    places += [chance.randrange(len(whole) - 400, len(whole)) for _ in range(60)]
    places += [chance.randrange(400) for _ in range(40)]
    n_refused = 0
    for number, place in enumerate(places):
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        (tmp_path / "changed").write_bytes(changed)
        other = tmp_path / f"{number}/person.uitknop"
        try:
            restore(tmp_path / "changed", other, secret)
        except StoreError:
            n_refused += 1
            assert not other.exists()
            continue
        with open_file(other, secret, now_ms=NOW_MS) as again:
            assert again.dump_sha256() == dump
    assert n_refused > 60
    assert contents(full.path.parent) == before


def test_what_is_no_backup_says_so(full: Store, secret: Secret, tmp_path: Path, watch: Write) -> None:
    full.close()
    before = contents(full.path.parent)
    foreign = tmp_path / "foreign.zip"
    with ZipFile(foreign, "w") as archive:
        archive.writestr("photo.jpg", b"x" * 100)
    packed = tmp_path / "packed.zip"
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps({"format": 1, "sha256": {}}))
        archive.writestr("person.uitknop", b"0" * 10_000_000)
        archive.writestr("person.uitknop.keys", b"{}")
    for what in (foreign, packed, watch(), tmp_path / "gone", tmp_path):
        with pytest.raises(StoreError, match="backup"):
            restore(what, full.path, secret)
    assert contents(full.path.parent) == before


def test_a_backup_of_a_newer_version_says_so(backup: Path, secret: Secret, tmp_path: Path) -> None:
    newer = tmp_path / "newer"
    with ZipFile(backup) as old, ZipFile(newer, "w") as archive:
        told = {**json.loads(old.read("manifest.json")), "format": 2}
        archive.writestr("manifest.json", json.dumps(told))
    with pytest.raises(StoreError, match="newer version"):
        restore(newer, tmp_path / "x/person.uitknop", secret)


def test_a_file_swapped_inside_a_backup_is_refused_though_its_digest_fits(
    backup: Path, secret: Secret, tmp_path: Path
) -> None:
    import hashlib

    swapped = tmp_path / "swapped"
    with ZipFile(backup) as old, ZipFile(swapped, "w") as archive:
        told = json.loads(old.read("manifest.json"))
        content = bytearray(old.read("person.uitknop"))
        content[len(content) // 2] ^= 1
        told["sha256"]["person.uitknop"] = hashlib.sha256(content).hexdigest()
        archive.writestr("manifest.json", json.dumps(told))
        archive.writestr("person.uitknop", bytes(content))
        archive.writestr("person.uitknop.keys", old.read("person.uitknop.keys"))
    with pytest.raises(Damaged):
        restore(swapped, tmp_path / "x/person.uitknop", secret)
    assert not (tmp_path / "x/person.uitknop").exists()


def test_another_passphrase_puts_nothing_back(full: Store, backup: Path, secret: Secret) -> None:
    full.close()
    before = contents(full.path.parent)
    with pytest.raises(UitknopError):
        restore(backup, full.path, Secret(passphrase="not the right one"))
    with pytest.raises(WrongKey):
        restore(backup, full.path, Secret(recovery="0" * 35))
    assert contents(full.path.parent) == before


def test_where_nothing_can_be_written_a_restore_says_so(backup: Path, secret: Secret, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match="can't be written"):
        restore(backup, tmp_path / "file/person.uitknop", secret)


def test_a_backup_shows_nothing_and_is_for_this_user_alone(store: Store, tmp_path: Path, secret: Secret) -> None:
    store.keep_setting("zone", "planted-zone")
    to = tmp_path / "b"
    back_up(store, to, now_ms=NOW_MS)
    assert b"planted-zone" not in to.read_bytes()
    assert to.stat().st_mode & 0o077 == 0
    assert [each for each in everything_at(store.path) if each.name.endswith("inbox") and each.exists()] == []


def test_while_another_has_the_file_open_nothing_is_put_back(full: Store, backup: Path, secret: Secret) -> None:
    """An import, a recording, or a window that only looks; and what it adds afterwards is where it belongs."""
    with full.batch(Origin("a", "a", "", "", "", 0)), pytest.raises(StoreError, match=r"has person\.uitknop open"):
        restore(backup, full.path, secret)
    with pytest.raises(StoreError, match=r"has person\.uitknop open"):
        restore(backup, full.path, secret)
    full.keep_setting("mark", "mine")
    full.close()
    with (
        open_file(full.path, secret, now_ms=NOW_MS, read_only=True) as looking,
        pytest.raises(StoreError, match=r"has person\.uitknop open"),
    ):
        restore(backup, looking.path, secret)
    assert not aside_path(full.path, 1).exists()
    with open_file(full.path, secret, now_ms=NOW_MS) as again:
        assert again.setting("mark") == "mine"


def test_nobody_opens_the_file_while_it_is_moved(
    full: Store, backup: Path, secret: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    full.close()

    def open_meanwhile(path: Path, *, taps_stay: bool) -> Path | None:
        with pytest.raises(StoreError, match="Another window or program"):
            open_file(path, secret, now_ms=NOW_MS, wait_s=0.05)
        return set_aside(path, taps_stay=taps_stay)

    set_aside = safe._set_aside
    with monkeypatch.context() as patched:
        patched.setattr(safe, "_set_aside", open_meanwhile)
        aside = restore(backup, full.path, secret)
    assert aside is not None
    ours = {each for path in (full.path, aside) for each in (path, keys_path(path))}
    assert set(full.path.parent.iterdir()) == ours
    with open_file(aside, secret, now_ms=NOW_MS) as kept, open_file(full.path, secret, now_ms=NOW_MS) as back:
        assert kept.dump_sha256() == back.dump_sha256()


def test_who_writes_to_a_file_of_another_key_finds_that_it_was_moved(
    backup: Path, tmp_path: Path, secret: Secret, watch: Write
) -> None:
    path = tmp_path / "there/person.uitknop"
    store, _ = make_file(path, Secret(passphrase="other words than these"), now_ms=NOW_MS)

    def write_meanwhile() -> None:
        with store.batch(Origin("a", "a", "", "", "", 0)) as batch:
            assert restore(backup, path, secret) == aside_path(path, 1)
            batch.add(Recording("diary", "d", "UTC", None, (), (Entry(NOW_MS, "UTC", "tag", "tea"),)))

    with store:
        with pytest.raises(StoreError, match="was moved or replaced"):
            write_meanwhile()
        with pytest.raises(StoreError, match="was moved or replaced"):
            take_in(store, [watch("late.csv")], now_ms=NOW_MS, zone="UTC")
        assert len(store.batches()) == 1
    with open_file(path, secret, now_ms=NOW_MS) as back:
        assert back.entries() == ()


@pytest.mark.parametrize("n_done", range(5))
def test_a_restore_that_is_killed_anywhere_hides_nothing_and_can_be_done_again(
    full: Store, backup: Path, secret: Secret, monkeypatch: pytest.MonkeyPatch, n_done: int
) -> None:
    path, dump, left = full.path, full.dump_sha256(), n_done
    full.close()

    def stop_before(step: Callable[..., Path]) -> Callable[..., Path]:
        def stopping(self: Path, target: Path) -> Path:
            nonlocal left
            if "person." in target.name:
                left -= 1
                if left < 0:
                    raise KeyboardInterrupt
            return step(self, target)

        return stopping

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", stop_before(Path.rename))
        patched.setattr(Path, "replace", stop_before(Path.replace))
        if n_done < 4:
            with pytest.raises(KeyboardInterrupt):
                restore(backup, path, secret)
        else:
            restore(backup, path, secret)
    if not path.exists():
        for ask in (make_file, open_file):
            with pytest.raises(StoreError, match=r"person\.before-1\.uitknop is: putting a backup back was broken off"):
                ask(path, secret, now_ms=NOW_MS)
        with open_file(aside_path(path, 1), secret, now_ms=NOW_MS) as kept:
            assert kept.dump_sha256() == dump
        restore(backup, path, secret)
    with open_file(path, secret, now_ms=NOW_MS) as again:
        assert again.dump_sha256() == dump
