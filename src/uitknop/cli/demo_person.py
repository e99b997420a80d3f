"""The made-up person of the demo: made once, kept in the user's cache, and lived with in a copy that is thrown away."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from uitknop import __version__
from uitknop.cli.demo_diary import answers_of
from uitknop.core.errors import StoreError
from uitknop.core.phrase import Phrase
from uitknop.core.timeline import zone_of

if TYPE_CHECKING:
    from uitknop.core import Entry
    from uitknop.person import Secret
    from uitknop.store import Store
    from uitknop.synthetic import Life, LivedDay

SEED, DAYS = 15, 98
NAME, KEY, ABOUT = "person.uitknop", "key", "about.json"
KEPT, MAKING, COPY = "demo-", ".making-", "uitknop-demo-"
"""How folders begin: what is kept in the cache, what is being made there, and a copy that is lived with."""

MADE_OF = ("core", "body", "synthetic", "signals", "rest", "store", "instruments", "walk/days.py", "walk/kept.py")
"""Rooms and modules whose code or data decides what stands in the file."""

UP_H = 8
"""The hour from which the last night is over."""

A_DAY_S = 86_400

Tell = Callable[[int, int], None]


class FolderRing:
    """A key ring of one folder: nothing in it is anybody's, and nothing may be asked of who only wants to look."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / KEY

    def get(self, account: str) -> str | None:
        """The secret, or None."""
        return self._path.read_text(encoding="ascii") if self._path.exists() else None

    def set(self, account: str, secret: str) -> None:
        """Keep a secret."""
        self._path.write_text(secret, encoding="ascii")

    def delete(self, account: str) -> None:
        """Forget a secret."""
        self._path.unlink(missing_ok=True)


def secret_in(folder: Path) -> Secret:
    """What opens the file in a folder."""
    from uitknop.person import Secret

    return Secret(ring=FolderRing(folder))


def cache_folder() -> Path:
    """Where this system keeps what can be made again (platformdirs)."""
    from platformdirs import user_cache_path

    return user_cache_path("uitknop", appauthor=False)


def place_of(cache: Path, zone: str) -> Path:
    """Where in the cache the person is, or will be; whoever travels gets one of the zone they are in."""
    return cache / f"{KEPT}{stamp_of(SEED, DAYS, zone)}"


def is_ready(kept: Path) -> bool:
    """Whether the person is there, whole."""
    return (kept / ABOUT).exists()


def get_ready(kept: Path, life: Life, tell: Tell) -> None:
    """Make the person, whole or not at all.

    Args:
        kept: from `place_of`.
        life: who it is.
        tell: told parts done and parts in all.
    Raises:
        StoreError: it can't be written.
    """
    cache = kept.parent
    try:
        shutil.rmtree(kept, ignore_errors=True)  # somebody emptied the cache in part
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix=MAKING) as workshop:
            made = Path(workshop) / "made"
            made.mkdir(mode=0o700)
            make(made, life, tell)
            with suppress(OSError):  # another start was quicker: what it made is the same
                made.rename(kept)
    except OSError as fault:
        raise StoreError(_NO_ROOM) from fault
    _sweep(cache, kept)


_NO_ROOM = Phrase(
    "The made-up person can't be kept: your cache folder can't be written, or there is no room. Make some room, and "
    "try again."
)


def make(folder: Path, life: Life, tell: Tell) -> None:
    """The person's file with its keys, all days in it and judged.

    Raises:
        StoreError: it can't be written.
    """
    from uitknop.person import judge_touched, make_file
    from uitknop.synthetic import live

    store, _ = make_file(folder / NAME, secret_in(folder), now_ms=0)
    with store:
        before: LivedDay | None = None
        for number, day in enumerate(live(life)):
            tell(number, 2 * life.days)
            _take_in(store, day, answers_of(day, before, life.days - 1 - number, life.zone))
            before = day
        _settle_in(store, life)
        judge_touched(store, on_progress=lambda done, total: tell(life.days + done, life.days + max(total, 1)))
    (folder / ABOUT).write_text(
        json.dumps({"last": str(life.first + timedelta(days=life.days - 1)), "zone": life.zone})
    )


def stamp_of(seed: int, days: int, zone: str) -> str:
    """Digest of the version, of the code that makes the person, and of who it is, but not of the day it is made on."""
    told = hashlib.sha256(repr((__version__, seed, days, zone)).encode())
    for name in MADE_OF:
        for path, content in sorted(_code_in(files("uitknop").joinpath(*name.split("/")), name)):
            told.update(path.encode() + b"\0" + content)
    told.update(Path(__file__).read_bytes())
    return told.hexdigest()[:16]


@contextmanager
def thrown_away(kept: Path) -> Iterator[Path]:
    """A folder with a copy of the person, gone at the end.

    Raises:
        StoreError: it can't be written.
    """
    _clear_copies()
    folder = Path(tempfile.mkdtemp(prefix=f"{COPY}{os.getpid()}-"))
    try:
        try:
            for path in kept.iterdir():
                shutil.copyfile(path, folder / path.name)
        except OSError as fault:
            raise StoreError(_NO_ROOM) from fault
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def last_day_before(now: datetime) -> date:
    """The last day that is over, with its night.

    >>> last_day_before(datetime(2026, 3, 2, 7, 0)), last_day_before(datetime(2026, 3, 2, 9, 0))
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 1))
    """
    return (now - timedelta(hours=UP_H)).date() - timedelta(days=1)


def behind_ms(folder: Path, now: datetime) -> int:
    """How far the person's days are behind those of the calendar, in ms: whole days by the clock on the wall.

    Args:
        folder: of the person.
        now: local time, without a zone.
    """
    about = json.loads((folder / ABOUT).read_text())
    zone = zone_of(about["zone"])
    then = now - (last_day_before(now) - date.fromisoformat(about["last"]))
    return round(1000 * (now.replace(tzinfo=zone).timestamp() - then.replace(tzinfo=zone).timestamp()))


def _take_in(store: Store, day: LivedDay, answered: tuple[Entry, ...]) -> None:
    """A day, as if its files had been taken in and its lines tapped."""
    from uitknop.core import Recording
    from uitknop.person.unlock import TAPS
    from uitknop.sources import PARSERS
    from uitknop.store import Origin

    at_ms = max(bout.span.end_ms for bout in day.truth)
    for recording, name in ((day.strap, "{}_RR.csv"), (day.night, "{}_night.fit"), (day.phone, "steps-{}.json")):
        named = name.format(day.day)
        digest = hashlib.sha256(named.encode()).hexdigest()
        with store.batch(Origin(named, digest, recording.source, PARSERS, "{}", at_ms)) as batch:
            batch.add(replace(recording, name=named))
    lines = tuple(sorted((*day.entries, *answered), key=lambda line: line.at_ms))
    with store.batch(Origin(TAPS, "", TAPS, "", "", at_ms)) as batch:
        batch.add(Recording(TAPS, TAPS, lines[0].zone, None, (), lines, "D"))


def _settle_in(store: Store, life: Life) -> None:
    """What the app remembers of somebody who has used it all the time: nothing of the first start is asked again."""
    from uitknop.web.resting import BESIDE, LAST, Resting
    from uitknop.web.today import COST_ASKED
    from uitknop.web.visit import STARTED

    first = datetime(life.first.year, life.first.month, life.first.day, UP_H, tzinfo=zone_of(life.zone))
    by_label = {label: beside for beside, label in BESIDE.items() if label in life.does}
    helps = max(by_label, key=lambda label: life.does[label])
    settings = {
        "zone": life.zone,
        STARTED: str(round(1000 * first.timestamp())),
        COST_ASKED: "yes",
        LAST: Resting(0, "supine", by_label[helps]).text,
    }
    for name, value in settings.items():
        store.keep_setting(name, value)


def _code_in(place: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    if place.is_dir():
        for each in place.iterdir():
            yield from _code_in(each, f"{name}/{each.name}")
    elif place.name.endswith((".py", ".toml")):
        yield name, place.read_bytes()


def _sweep(cache: Path, kept: Path) -> None:
    """What other versions kept, and what a stop left half made, long ago."""
    for other in cache.iterdir():
        old = other.name.startswith(KEPT) and other != kept
        half = other.name.startswith(MAKING) and time.time() - other.stat().st_mtime > A_DAY_S
        if old or half:
            shutil.rmtree(other, ignore_errors=True)


def _clear_copies() -> None:
    """Copies of demos that were killed: the program that lived in them is gone."""
    for copy in Path(tempfile.gettempdir()).glob(f"{COPY}*"):
        number = copy.name.removeprefix(COPY).partition("-")[0]
        if os.name == "posix" and number.isdecimal() and not _runs(int(number)):
            shutil.rmtree(copy, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
